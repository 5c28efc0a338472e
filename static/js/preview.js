// What the other person will see, while it is typed: [data-preview="id of the field"] shows its text (of a select, the chosen words).
// [data-preview-part] around it is hidden while there is nothing to show. Without script the page shows what it began with.
for (const place of document.querySelectorAll("[data-preview]")) {
  const field = document.getElementById(place.dataset.preview);
  if (!field) continue;
  const part = place.closest("[data-preview-part]") ?? place;
  const show = () => {
    const words = field.value === "" ? "" : (field.selectedOptions?.[0]?.textContent ?? field.value).trim();
    place.textContent = words;
    part.hidden = words === "";
  };
  field.addEventListener("input", show);
  field.addEventListener("change", show);
  addEventListener("pageshow", show);
}
