// The kind reply to what got in the way, at once: radios with data-say, [data-reply] with [data-reply-words], [data-reply-said] (a hidden
// field that tells the server the reply was read) and [data-reply-only="key"] for what belongs to one answer. Without script the server shows it after Save.
const box = document.querySelector("[data-reply]");

for (const radio of box ? document.querySelectorAll("[data-say]") : []) {
  radio.addEventListener("change", () => {
    box.hidden = false;
    box.querySelector("[data-reply-words]").textContent = radio.dataset.say;
    box.querySelector("[data-reply-said]").value = "true";
    for (const row of box.querySelectorAll("[data-reply-only]")) row.hidden = row.dataset.replyOnly !== radio.value;
  });
}
