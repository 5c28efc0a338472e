// Typing a page of paper back: Enter goes to the next field, as on a form of numbers; it never sends half a page. form[data-enter-next].
const form = document.querySelector("form[data-enter-next]");

form?.addEventListener("keydown", (event) => {
  const from = event.target;
  if (event.key !== "Enter" || event.isComposing || !from.matches("input, select")) return;
  event.preventDefault();
  const fields = [...form.elements].filter((each) => each.matches("input:not([type=hidden]), select, textarea, button") && each.tabIndex >= 0);
  fields[fields.indexOf(from) + 1]?.focus();
});
