// One send per press. The button that was pressed still goes with the form; everything is usable again when the page comes back.
const sent = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  // after the browser has taken the form's data, so that a named button is part of it
  setTimeout(() => {
    for (const button of form.elements) if (button.type === "submit") button.setAttribute("aria-disabled", "true");
    form.setAttribute("aria-busy", "true");
  });
});

function usable() {
  for (const form of sent) {
    form.removeAttribute("aria-busy");
    for (const button of form.elements) if (button.type === "submit") button.removeAttribute("aria-disabled");
  }
  sent.clear();
}
addEventListener("pageshow", usable);
// the server did not answer, or the answer was a file: after a while one may try again
addEventListener("submit", () => setTimeout(() => document.visibilityState === "visible" && usable(), 10000));
