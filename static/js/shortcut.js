// "/" goes to the search field, Esc leaves it and closes an open menu. Never while somebody types. [data-shortcut="/"]
const field = document.querySelector('[data-shortcut="/"]');
const typing = (element) => element?.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
let before = null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "/" && field && !typing(event.target)) {
    event.preventDefault();
    before = document.activeElement;
    field.focus();
    field.select();
  } else if (event.key === "Escape") {
    const menu = document.querySelector("details.who[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.target === field) {
      field.blur();
      if (before && before !== document.body) before.focus();
    }
  }
});

// a click beside the menu closes it
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) if (!menu.contains(event.target)) menu.open = false;
});
