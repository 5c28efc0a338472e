// Leave fast: the link [data-exit], or Shift pressed three times alone. The page is blanked at once, the sign-in ended on the way
// (data-exit-signout, data-exit-token), and the neutral page takes this one's place in the history.
// Typing capitals never counts: a Shift counts only when nothing else was pressed while it was down, and never inside a field.
const link = document.querySelector("a[data-exit]");

function leave() {
  document.body.hidden = true;
  document.title = " ";
  const { exitSignout, exitToken } = link.dataset;
  if (exitSignout && exitToken) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: exitToken });
    fetch(exitSignout, { method: "POST", body, keepalive: true, redirect: "manual", credentials: "same-origin" }).catch(() => {});
  }
  location.replace(link.href);
}

if (link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    leave();
  });

  const live = document.createElement("p");
  live.className = "vh";
  live.setAttribute("role", "status");
  document.body.append(live);

  const NEEDED = 3;
  const WITHIN = 5000;
  let count = 0;
  let alone = false;
  let timer = 0;
  const forget = () => {
    count = 0;
    live.textContent = "";
  };
  const inField = (element) => element?.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      alone = false;
      forget();
      return;
    }
    if (event.repeat) return;
    alone = !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing || inField(event.target));
  });
  document.addEventListener("pointerdown", () => {
    alone = false;
    forget();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    if (!alone || inField(event.target)) {
      forget();
      return;
    }
    alone = false;
    count += 1;
    clearTimeout(timer);
    if (count >= NEEDED) {
      live.textContent = link.dataset.exitSaid;
      leave();
      return;
    }
    live.textContent = link.dataset.exitMore.replace("%s", String(NEEDED - count));
    timer = setTimeout(forget, WITHIN);
  });
}
