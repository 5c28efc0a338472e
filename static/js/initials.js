// Names or initials on a page others may see. A button [data-initials-toggle="words while initials show"]; names in [data-name].
// Kept for this tab only. Screen readers get initials too: the wish is that nobody beside hears the name.
const toggle = document.querySelector("[data-initials-toggle]");
const names = [...document.querySelectorAll("[data-name]")];
const KEY = "initials";

function initialsOf(name) {
  const letters = name.trim().split(/[\s\-]+/u).map((word) => [...word].find((sign) => /[\p{L}\p{N}]/u.test(sign))).filter(Boolean);
  const few = letters.length > 2 ? [letters[0], letters.at(-1)] : letters;
  return few.map((letter) => `${letter.toLocaleUpperCase()}.`).join(" ") || "?";
}

if (toggle) {
  const full = new Map(names.map((element) => [element, element.textContent]));
  const asNames = toggle.textContent;
  const show = (initials) => {
    for (const [element, name] of full) element.textContent = initials ? initialsOf(name) : name;
    toggle.setAttribute("aria-pressed", String(initials));
    toggle.textContent = initials ? toggle.dataset.initialsToggle : asNames;
  };
  toggle.hidden = false;
  show(sessionStorage.getItem(KEY) === "1");
  toggle.addEventListener("click", () => {
    const initials = toggle.getAttribute("aria-pressed") !== "true";
    if (initials) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
    show(initials);
  });
}
