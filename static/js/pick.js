// Rows of choices (choice_row.html). Keys 1 to 6 choose in the row that has the focus; what is still missing is named beside Save.
// fieldset[data-pick]; data-pick-need="risk": its name in the sentence. [data-pick-missing]: where the sentence stands, with
// data-said-one="One tap is missing:" and data-said-many="{n} taps are missing:".
const rows = [...document.querySelectorAll("[data-pick]")];
const place = document.querySelector("[data-pick-missing]");

for (const row of rows) {
  row.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-6]$/.test(event.key)) return;
    const options = row.querySelectorAll("input[type=radio], input[type=checkbox]");
    const option = options[Number(event.key) - 1];
    if (!option || option.disabled || !event.target.matches("input[type=radio], input[type=checkbox]")) return;
    event.preventDefault();
    option.focus();
    option.click();
  });
}

function tell() {
  const missing = rows.filter((row) => row.dataset.pickNeed && !row.querySelector("input:checked"));
  for (const row of rows) if (row.dataset.pickNeed) row.classList.toggle("need", missing.includes(row));
  if (!place) return;
  const words = missing.map((row) => row.dataset.pickNeed).join("|");
  if (place.dataset.now === words) return;
  place.dataset.now = words;
  place.hidden = missing.length === 0;
  if (!missing.length) {
    place.replaceChildren();
    return;
  }
  const sentence = missing.length === 1 ? place.dataset.saidOne || "One tap is missing:" : (place.dataset.saidMany || "{n} taps are missing:").replace("{n}", missing.length);
  const links = missing.flatMap((row, i) => {
    const link = document.createElement("a");
    link.href = `#${row.id}`;
    link.textContent = row.dataset.pickNeed.toLocaleLowerCase();
    link.addEventListener("click", (event) => {
      event.preventDefault();
      row.scrollIntoView({ block: "center" });
      row.querySelector("input").focus();
    });
    return i ? [document.createTextNode(", "), link] : [link];
  });
  place.replaceChildren(document.createTextNode(`${sentence} `), ...links);
}
document.addEventListener("change", tell);
addEventListener("pageshow", tell);
tell();
