// Keeps a draft on the server while somebody writes. form[data-autosave="URL"], with a line [data-autosave-state] (autosave_state.html).
//
// It reads fields and never writes one: text and caret stay as the person has them. The one exception is the hidden `version`,
// which follows the server's answer. One request at a time: while one is under way, newer text waits for its answer.
// "Saved" is said only when the server said so and nothing was typed since. The header X-Autosave numbers what this page sends, so that
// the server knows a late one. The form hears of each answer: event `autosaved`, or `autosave-refused` for an older tab, detail = the answer.
const WAIT = 1500; // after the last key
const LONGEST = 10000; // and at least this often while somebody types without a pause
const GIVE_UP = 20000;

function bind(form) {
  const line = form.querySelector("[data-autosave-state]") || document.querySelector("[data-autosave-state]");
  const said = line?.dataset ?? {};
  let timer = 0;
  let since = 0;
  let busy = false;
  let again = false;
  let stopped = false;
  let sent = 0;
  let last = snapshot();

  function snapshot() {
    const data = new FormData(form);
    for (const name of [...data.keys()]) if (data.get(name) instanceof File) data.delete(name);
    return new URLSearchParams(data);
  }
  // what counts as a change: everything but the tokens and the version, which follows the server
  function words(data) {
    const copy = new URLSearchParams(data);
    for (const name of ["csrfmiddlewaretoken", "scope", "version"]) copy.delete(name);
    return copy.toString();
  }
  function say(text, kind = "", extra = null) {
    if (!line) return;
    line.classList.toggle("saved", kind === "saved");
    line.classList.toggle("trouble", kind === "trouble");
    const now = [text, extra?.textContent].filter(Boolean).join(" ");
    if (line.dataset.now === now) return; // announced only when it changes
    line.dataset.now = now;
    line.replaceChildren(document.createTextNode(extra ? `${text} ` : text), ...(extra ? [extra] : []));
  }
  function failed(answer) {
    const retry = document.createElement("button");
    retry.type = "button";
    retry.textContent = said.saidRetry || "Try again";
    retry.addEventListener("click", () => save());
    say(answer?.message || said.saidFailed || "Not saved. Your text is still here.", "trouble", retry);
  }
  function tell(name, answer) {
    form.dispatchEvent(new CustomEvent(name, { detail: answer }));
  }
  function refused(answer) {
    stopped = true;
    let link = null;
    if (answer.url && new URL(answer.url, location.href).origin === location.origin) {
      link = document.createElement("a");
      link.href = answer.url;
      link.textContent = answer.link || said.saidLink || "Look at both";
    }
    say(answer.message || said.saidFailed || "Not saved. Your text is still here.", "trouble", link);
    tell("autosave-refused", answer);
  }

  async function save() {
    clearTimeout(timer);
    since = 0;
    if (stopped) return;
    if (busy) {
      again = true;
      return;
    }
    const body = snapshot();
    busy = true;
    again = false;
    const hurry = new AbortController();
    const clock = setTimeout(() => hurry.abort(), GIVE_UP);
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        signal: hurry.signal,
        redirect: "error",
        keepalive: document.visibilityState === "hidden" && body.toString().length < 60000, // the page may be closing
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "fetch", "X-Autosave": String((sent += 1)) },
      });
      const answer = await response.json().catch(() => null);
      if (response.status === 409) {
        refused(answer || {});
      } else if (!response.ok || !answer?.saved_at) {
        failed(answer);
      } else {
        last = body;
        const version = form.elements.namedItem("version");
        if (version?.type === "hidden" && answer.version !== undefined) version.value = answer.version;
        if (words(snapshot()) === words(body)) say((said.saidSaved || "Draft saved at {time}").replace("{time}", answer.saved_at), "saved");
        else again = true;
        tell("autosaved", answer);
      }
    } catch {
      failed();
    } finally {
      clearTimeout(clock);
      busy = false;
    }
    if (again && !stopped) later();
  }
  function later() {
    clearTimeout(timer);
    since ||= Date.now();
    if (!stopped) timer = setTimeout(save, Math.max(0, Math.min(WAIT, since + LONGEST - Date.now())));
  }
  function changed(event) {
    if (event.isComposing) return; // an unfinished character is not yet text
    if (words(snapshot()) === words(last) && !busy) return;
    line?.classList.remove("saved");
    later();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("compositionend", () => setTimeout(() => changed({}), 0));
  // sending the form itself is the real save; nothing may arrive after it
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    stopped = true;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  // the page goes to the background with words not yet saved: do not wait
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !stopped && !busy && words(snapshot()) !== words(last)) save();
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) bind(form);
