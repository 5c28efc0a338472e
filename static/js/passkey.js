// Passkeys. form[data-passkey="create" or "get"]: pressing its button asks the device, and sends the answer in the field named credential.
// The server's question is in the page (data-passkey-options, the id of a JSON script) or asked for when needed (data-passkey-url).
// Without script, or on a device without passkeys, the form stays hidden and [data-passkey-none] says so.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const known = (list) => list?.map((each) => ({ ...each, id: decode(each.id) }));

async function question(form) {
  const { passkeyOptions, passkeyUrl } = form.dataset;
  if (passkeyOptions) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const answer = await fetch(passkeyUrl, { headers: { Accept: "application/json", "X-Background": "1" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function create({ creation_options: { publicKey } }) {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
}

async function get({ request_options: { publicKey } }) {
  return navigator.credentials.get({
    publicKey: { ...publicKey, challenge: decode(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  });
}

function asText(credential) {
  const { response } = credential;
  const said = { clientDataJSON: encode(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = encode(response.attestationObject);
    said.transports = response.getTransports?.() ?? [];
  } else {
    said.authenticatorData = encode(response.authenticatorData);
    said.signature = encode(response.signature);
    said.userHandle = response.userHandle ? encode(response.userHandle) : null;
  }
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: encode(credential.rawId),
    response: said,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

function bind(form) {
  const said = form.querySelector("[data-passkey-said]");
  let busy = false;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    said.hidden = true;
    try {
      const asked = await question(form);
      const credential = await (form.dataset.passkey === "create" ? create(asked) : get(asked));
      form.elements.namedItem("credential").value = asText(credential);
      form.submit();
    } catch {
      said.hidden = false; // cancelled, not known here, or no answer: the person may try again
      busy = false;
    }
  });
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const each of document.querySelectorAll("[data-passkey-none]")) each.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) bind(form);
}
