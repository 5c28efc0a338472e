"""Identifiers: UUID version 7 made in Python before the insert. Nothing is ever ordered by them; they only settle a tie."""

import hashlib
import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    return _version_7((milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10), "big"))


def uuid7_within(batch: uuid.UUID, words: str) -> uuid.UUID:
    """The same id each time for the same words of the same batch: the batch's time, then a digest."""
    digest = hashlib.sha256(batch.bytes + words.encode()).digest()
    return _version_7(batch.int >> 80 << 80 | int.from_bytes(digest[:10], "big"))


def _version_7(value: int) -> uuid.UUID:
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
