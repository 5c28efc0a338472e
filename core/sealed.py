"""Words that are encrypted in the database: whoever reads a copy of it without the keys of this machine reads nothing of them.

AES-256-GCM. A sealed text begins with the id of its key and is bound to its row (`about`), so that it opens nowhere else. The first of
`settings.SEALING_KEYS` seals and every one of them opens: a new key is put in front, and an old one stays until nothing is sealed with it.
"""

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class Unreadable(Exception):
    """The key is not there, or this is not the row it was sealed for, or somebody changed it."""


def seal(text: str, *, about: str) -> str:
    key_id, key = _keys()[0]
    nonce = os.urandom(NONCE)
    closed = AESGCM(key).encrypt(nonce, text.encode(), _bound(key_id, about))
    return f"{key_id}:{base64.b64encode(nonce + closed).decode()}"


def unseal(sealed: str, *, about: str) -> str:
    """Raises Unreadable."""
    key_id, _colon, rest = sealed.partition(":")
    key = dict(_keys()).get(key_id)
    if key is None:
        raise Unreadable
    try:
        box = base64.b64decode(rest, validate=True)
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], _bound(key_id, about)).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def newest_key() -> str:
    """The id with which everything sealed from now on begins."""
    return _keys()[0][0]


def _keys() -> list[tuple[str, bytes]]:
    """(id, key) of each secret; without any of their own, the site's secret and those before it."""
    secrets = settings.SEALING_KEYS or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [(hashlib.sha256(b"sealed, id:" + secret.encode()).hexdigest()[:8], hashlib.sha256(b"sealed:" + secret.encode()).digest()) for secret in secrets]


def _bound(key_id: str, about: str) -> bytes:
    return f"{key_id}:{about}".encode()
