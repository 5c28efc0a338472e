"""A device with passkeys, in software: it answers the questions of our pages as a browser would. Its counter stays at 0, as synced passkeys' do."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

UP_UV = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Device:
    def __init__(self, host: str = "testserver", counter: int = 0) -> None:
        self.host, self.counter = host, counter
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.user_handle = os.urandom(32), ""

    def client_data(self, kind: Any, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=websafe_decode(challenge), origin=f"https://{self.host}")

    def answer(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        shown = websafe_encode(self.id)
        return json.dumps({"type": "public-key", "id": shown, "rawId": shown, "response": response, "clientExtensionResults": extensions})

    def create(self, options: dict[str, Any]) -> str:
        asked = options["creation_options"]["publicKey"]
        self.user_handle = asked["user"]["id"]
        client = self.client_data(CollectedClientData.TYPE.CREATE, asked["challenge"])
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        about = AuthenticatorData.create(sha256(self.host.encode()), UP_UV | AuthenticatorData.FLAG.AT, self.counter, credential)
        made = AttestationObject.create("none", about, {})
        return self.answer({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(made)}, {"credProps": {"rk": True}})

    def get(self, options: dict[str, Any]) -> str:
        asked = options["request_options"]["publicKey"]
        client = self.client_data(CollectedClientData.TYPE.GET, asked["challenge"])
        about = AuthenticatorData.create(sha256(self.host.encode()), UP_UV, self.counter)
        signature = self.key.sign(about + client.hash, ec.ECDSA(SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": about, "signature": signature}
        return self.answer({**{name: websafe_encode(value) for name, value in response.items()}, "userHandle": self.user_handle}, {})
