// Read aloud, where the device can: a button [data-listen="selector"], with data-listen-stop="word while it speaks". Hidden otherwise.
const voice = window.speechSynthesis;

for (const button of voice && window.SpeechSynthesisUtterance ? document.querySelectorAll("[data-listen]") : []) {
  const idle = button.textContent;
  let speaking = false;
  const set = (on) => {
    speaking = on;
    button.textContent = on ? button.dataset.listenStop || idle : idle;
    button.setAttribute("aria-pressed", String(on));
  };
  button.hidden = false;
  set(false);
  button.addEventListener("click", () => {
    voice.cancel();
    if (speaking) {
      set(false);
      return;
    }
    const text = textOf(document.querySelector(button.dataset.listen));
    if (!text) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = document.documentElement.lang;
    words.rate = 0.92;
    words.onend = words.onerror = () => set(false);
    set(true);
    voice.speak(words);
  });
  addEventListener("pagehide", () => voice.cancel());
}

// what is seen and said, without fields, buttons and drawings; what a person typed is not read out
function textOf(element) {
  if (!element) return "";
  const parts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      parts.push(node.textContent);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches("svg, button, textarea, select, script, [hidden], [aria-hidden=true]")) return;
      node.childNodes.forEach(walk);
      if (node.matches("p, li, h1, h2, h3, label, legend, div")) parts.push(". ");
    }
  };
  walk(element);
  return parts.join("").replace(/\s+/g, " ").replace(/([.?!:,])(\s*\.)+/g, "$1").trim();
}
