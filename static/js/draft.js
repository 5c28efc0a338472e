// The draft note beside the session log. After each autosave the server's lines replace the old ones; text that the person writes
// herself is never touched. Edit opens a field in place, with the lines as its first text. A note of an older tab is shown with both texts.
const form = document.querySelector("form[data-autosave]");
const rows = [...document.querySelectorAll("[data-draft-row]")];
const part = (row, name) => row.querySelector(`[data-draft-${name}]`);
const field = (row) => row.querySelector("textarea");

function open(row) {
  const lines = [...part(row, "lines").querySelectorAll("[data-line]")];
  field(row).value = lines.map((line) => line.textContent).join("\n");
  for (const line of lines) line.closest("li").remove();
  part(row, "own").hidden = false;
  part(row, "edit")?.remove();
  field(row).focus();
  field(row).dispatchEvent(new Event("input", { bubbles: true }));
}

for (const row of rows) {
  part(row, "edit")?.addEventListener("click", (event) => {
    event.preventDefault();
    open(row);
  });
}

form?.addEventListener("autosaved", (event) => {
  const { lines } = event.detail;
  if (!lines) return;
  for (const row of rows) {
    const html = lines[row.dataset.draftRow];
    row.hidden = html === undefined && !field(row).value;
    if (html !== undefined) part(row, "lines").innerHTML = html;
  }
});

form?.addEventListener("autosave-refused", (event) => {
  const place = document.querySelector("[data-autosave-both]");
  if (!place || !event.detail.both) return;
  place.innerHTML = event.detail.both;
  place.scrollIntoView({ block: "nearest" });
});
