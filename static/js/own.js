// The client's screens beside an exercise that is being written: drawn again by the server while somebody types. form[data-own-preview="URL"], #preview.
//
// It reads the form and writes only the preview. One request at a time; without script the Preview button does the same.
const form = document.querySelector("form[data-own-preview]");
const place = document.getElementById("preview");
const WAIT = 500; // after the last key
let timer = 0;
let busy = false;
let again = false;

async function draw() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  try {
    const answer = await fetch(form.dataset.ownPreview, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "error",
      credentials: "same-origin",
      headers: { "X-Requested-With": "fetch", "X-Autosave": "preview" },
    });
    if (answer.ok) {
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
      const top = place.scrollTop;
      place.replaceChildren(...drawn.body.childNodes);
      place.scrollTop = top;
    }
  } catch {
    // the preview stays as it was; what is typed is not touched
  } finally {
    busy = false;
    if (again) draw();
  }
}

if (form && place) {
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
