// A Show button beside a password: data-reveal="id of the input", data-reveal-hide="word while it shows".
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  const word = button.querySelector("[data-reveal-word]");
  if (!input) continue;
  const show = word.textContent;
  const set = (open) => {
    input.type = open ? "text" : "password";
    word.textContent = open ? button.dataset.revealHide : show;
    button.setAttribute("aria-pressed", String(open));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    set(input.type === "password");
    input.focus();
  });
  // a shown password is never sent or kept by the browser as plain text
  input.form?.addEventListener("submit", () => set(false));
}
