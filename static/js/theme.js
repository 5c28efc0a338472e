// Light, dark or as the device, without loading a page: form[data-theme-form] with buttons named theme. Without script the form is sent.
const root = document.documentElement;
for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    const chosen = event.submitter?.value;
    if (!["system", "light", "dark"].includes(chosen)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const secure = location.protocol === "https:" ? "; secure" : "";
    if (chosen === "system") {
      delete root.dataset.theme;
      document.cookie = `theme=; path=/; max-age=0; samesite=lax${secure}`;
    } else {
      root.dataset.theme = chosen;
      document.cookie = `theme=${chosen}; path=/; max-age=31536000; samesite=lax${secure}`;
    }
    for (const button of form.querySelectorAll("[name=theme]")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  });
}
