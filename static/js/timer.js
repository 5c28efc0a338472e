// A timed step (components/timer.html). The clock decides, not the ticks: a locked phone does not stop it, and coming back shows
// where it is. Pause, half a minute more, Skip is the page's own button. Spoken only at the start, half way and at the end, and cues.
// With reduced motion the circle becomes words and a count.
const still = matchMedia("(prefers-reduced-motion: reduce)");

function bind(box) {
  const data = box.dataset;
  const find = (name) => box.querySelector(`[data-timer-${name}]`);
  const every = (name, text) => box.querySelectorAll(`[data-timer-${name}]`).forEach((element) => (element.textContent = text));
  const hide = (name, yes) => find(name).toggleAttribute("hidden", yes); // an SVG has no .hidden
  const pattern = (data.timerPattern || "").split(" ").map(Number);
  const breathing = pattern.length === 4 && pattern[0] > 0 && pattern[2] > 0;
  const round = breathing ? pattern.reduce((sum, part) => sum + part, 0) : 0;
  const cues = readCues(data.timerCues);
  const shown = find("cue");
  const text = shown.textContent;
  const done = find("done");
  const next = document.querySelector("[data-timer-next]");
  const pause = find("pause");
  const more = document.querySelector("[data-timer-more]");
  let total = Number(data.timer) || 0;
  let begun = now(); // when the running part began
  let before = 0; // seconds run before the last pause
  let running = true;
  let ended = false;
  let halfSaid = false;
  let frame = 0;

  // performance.now() stands still on some phones while they sleep; the wall clock does not. Whichever says more is right,
  // and a wall clock put back by hand never takes time away.
  function now() {
    return { wall: Date.now(), run: performance.now() };
  }
  function elapsed() {
    if (!running) return before;
    const passed = Math.max(Date.now() - begun.wall, performance.now() - begun.run, 0) / 1000;
    return Math.min(before + passed, total);
  }
  function readCues(json) {
    try {
      return JSON.parse(json || "[]").filter((cue) => cue.at >= 0 && cue.say).sort((a, b) => a.at - b.at);
    } catch {
      return [];
    }
  }
  function span(words, seconds) {
    return words.replace("{m}", String(Math.floor(seconds / 60))).replace("{s}", String(Math.floor(seconds % 60)));
  }
  function left(seconds) {
    const whole = Math.ceil(seconds);
    return span(whole >= 60 ? data.saidLeft : data.saidLeftS, whole);
  }
  function announce(words) {
    find("live").textContent = words;
  }
  function part(at) {
    let t = at % round;
    const names = [data.saidIn, data.saidHold, data.saidOut, data.saidHold];
    for (let i = 0; i < 4; i += 1) {
      if (t < pattern[i]) return { i, word: names[i], left: Math.ceil(pattern[i] - t), share: t / pattern[i] };
      t -= pattern[i];
    }
    return { i: 3, word: names[3], left: 1, share: 1 };
  }
  function draw() {
    const at = elapsed();
    done.value = String(Math.round(at));
    find("left").textContent = running || ended ? left(total - at) : `${data.saidPaused} ${left(total - at)}`;
    const cue = cues.findLast((one) => one.at <= at);
    const words = cue ? cue.say : text;
    if (shown.textContent !== words) {
      shown.textContent = words;
      if (cue) announce(words);
    }
    if (breathing && !ended) {
      const step = part(at);
      every("word", step.word);
      every("count", String(step.left));
      const grown = [step.share, 1, 1 - step.share, 0][step.i];
      const eased = (1 - Math.cos(Math.PI * grown)) / 2;
      find("field").setAttribute("r", (92 + 54 * eased).toFixed(1));
    }
    if (!halfSaid && !ended && total >= 60 && at >= total / 2) {
      halfSaid = true;
      announce(data.saidHalf);
    }
    if (at >= total && !ended) finish();
  }
  function finish() {
    ended = true;
    running = false;
    before = total;
    announce(data.saidEnd);
    find("left").textContent = data.saidEnd;
    pause.hidden = true;
    if (breathing) {
      hide("circle", true);
      hide("words", true);
    }
    if (next) {
      next.disabled = false;
      next.textContent = next.dataset.timerNext || next.textContent;
    }
  }
  function loop() {
    draw();
    if (!ended && running && breathing && !still.matches) frame = requestAnimationFrame(loop);
  }
  function face() {
    hide("circle", !breathing || still.matches || ended);
    hide("words", !breathing || !still.matches || ended);
    cancelAnimationFrame(frame);
    loop();
  }

  pause.addEventListener("click", () => {
    if (ended) return;
    if (running) {
      before = elapsed();
      running = false;
      pause.textContent = data.saidGo;
      announce(data.saidPaused);
    } else {
      begun = now();
      running = true;
      pause.textContent = data.saidPause;
    }
    face();
  });
  if (more) {
    more.hidden = false;
    more.addEventListener("click", () => {
      if (ended) {
        ended = false;
        running = true;
        begun = now();
        pause.hidden = false;
      }
      total += 30;
      announce(left(total - elapsed()));
      face();
    });
  }
  still.addEventListener("change", face);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && face());
  addEventListener("pageshow", face);
  setInterval(() => !ended && draw(), 500);
  find("buttons").hidden = false;
  announce(span(data.saidStart, total));
  face();
}

for (const box of document.querySelectorAll("[data-timer]")) if (Number(box.dataset.timer) > 0) bind(box);
