// A page that the browser took from its back/forward memory is asked for again, so that after signing out nothing of it is seen.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.hidden = true;
  location.reload();
});
