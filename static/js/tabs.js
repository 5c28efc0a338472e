// A row of tabs wider than the phone opens with the current one in view. The page itself does not move.
for (const tabs of document.querySelectorAll(".tabs")) {
  const here = tabs.querySelector('[aria-current="page"]');
  if (here) tabs.scrollLeft += here.getBoundingClientRect().left - tabs.getBoundingClientRect().left - (tabs.clientWidth - here.offsetWidth) / 2;
}
