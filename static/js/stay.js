// Says two minutes before that the sign-in ends. dialog[data-stay="seconds"], its form keeps signed in, data-stay-door is the way back in.
//
// Typing and pointing count as being here and are told to the server once a minute; a page lying still asks only (X-Background), which
// keeps nobody signed in. At the end a form that was being written is sent: the server keeps its text and gives it back after signing in
// (docs/decisions/0005). Otherwise the page makes room for the door, so that nothing of it stays on the screen.
const dialog = document.querySelector("dialog[data-stay]");
const WARN = 120;
const TELL_EVERY = 60;

function start() {
  const form = dialog.querySelector("form");
  const left = dialog.querySelector("[data-stay-left]");
  const last = dialog.querySelector("[data-stay-last]");
  let endsAt = performance.timeOrigin + Number(dialog.dataset.stay) * 1000; // bfcache.js fetches this script when the page has come to rest
  let timer = 0;
  let tick = 0;
  let active = false;
  let told = Date.now();
  let written = null;

  const seconds = () => Math.round((endsAt - Date.now()) / 1000);

  async function ask(options) {
    const answer = await fetch(form.action, { credentials: "same-origin", redirect: "error", ...options });
    if (!answer.ok) throw new Error(String(answer.status));
    endsAt = Date.now() + (await answer.json()).seconds * 1000;
  }
  const look = () => ask({ headers: { "X-Background": "1" } });
  const tell = () => ask({ method: "POST", body: new FormData(form) });

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(check, Math.max(1, seconds() - WARN + 1) * 1000);
  }
  async function check() {
    await look().catch(() => {}); // another tab may have been busy; without an answer our own clock counts
    if (seconds() <= 0) return leave();
    if (seconds() > WARN + 5) {
      close();
      return plan();
    }
    if (!dialog.open) dialog.showModal();
    clearInterval(tick);
    tick = setInterval(count, 1000);
    count();
  }
  async function count() {
    const now = Math.max(0, seconds());
    left.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
    if (now > 0) return;
    clearInterval(tick);
    check();
  }
  function close() {
    clearInterval(tick);
    if (dialog.open) dialog.close();
  }
  function leave() {
    clearInterval(tick);
    document.body.classList.add("gone");
    if (written?.isConnected) HTMLFormElement.prototype.submit.call(written);
    else location.replace(`${dialog.dataset.stayDoor}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  async function stay() {
    told = Date.now();
    await tell().catch(() => {});
    if (seconds() <= 0) return leave();
    if (seconds() <= WARN + 5) {
      last.hidden = false; // the longest time is over: nothing prolongs it
      return;
    }
    close();
    plan();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stay();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  document.addEventListener("input", (event) => {
    const near = event.target.closest?.("form");
    if (near?.method === "post" && near !== form && near.elements.namedItem("scope")) written = near;
  });
  document.addEventListener("submit", () => (written = null));
  for (const kind of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(kind, (event) => (active ||= event.isTrusted && !dialog.open), { passive: true, capture: true });
  }
  setInterval(() => {
    if (!active || Date.now() - told < TELL_EVERY * 1000) return;
    active = false;
    told = Date.now();
    tell().then(plan, () => {});
  }, 5000);
  // a laptop that was closed: timers stood still meanwhile
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && seconds() < WARN) check();
  });
  plan();
}

if (dialog) start();
