// A page that the browser took from its back/forward memory is asked for again, so that after signing out nothing of it is seen.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.hidden = true;
  location.reload();
});
// What warns before a sign-in ends is needed much later than the page: it is fetched when the page has come to rest.
const warning = document.querySelector("[data-stay-script]");
if (warning) setTimeout(() => import(warning.dataset.stayScript), 3000);
