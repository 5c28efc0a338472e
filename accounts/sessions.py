"""Where sessions are kept, and when they end: a time after the last thing a person did, and a time after signing in at the latest.

A request that a page sends by itself says so (ON_ITS_OWN) and keeps nobody signed in.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import BrowserSession, Membership, Role

ON_ITS_OWN = ("X-Autosave", "X-Background")  # headers of requests nobody pressed for
SINCE = "signed_in_at"  # in the session: seconds since 1970
SEEN_EVERY = timedelta(seconds=15)  # the row is written no more often than this
NOT_SIGNED_IN = timedelta(days=1)  # as long as typed text is kept (access.kept)


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without anything done, and how long after signing in at most."""

    idle: timedelta
    longest: timedelta


STAFF = Limits(timedelta(minutes=15), timedelta(hours=12))
PORTAL = Limits(timedelta(minutes=30), timedelta(days=30))


def limits_of(user_id: Any) -> Limits:
    return limits_for(frozenset(Membership.objects.filter(user_id=user_id, active=True).values_list("role", flat=True)))


def limits_for(roles: frozenset[str]) -> Limits:
    """The stricter ones for whoever works in a clinic, and for whoever belongs nowhere."""
    return PORTAL if roles == {Role.CLIENT.value} else STAFF


def hash_key(key: str) -> str:
    """What the table holds of a cookie: SHA-256 in hex."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


class SessionStore(SessionBase):
    """Django's own interface. The middleware says whether a person pressed something, and on what device."""

    by_hand = True
    device = ""
    ends_at: datetime | None = None  # of a session that is signed in, once it was read
    roles: frozenset[str] | None = None  # of the person in the clinics, once a gate has asked

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        row = BrowserSession.objects.filter(key_hash=hash_key(self.session_key or ""), ends_at__gt=now).first()
        if row is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(row.data)
        if row.user_id is not None:
            if self.by_hand and now - row.seen_at >= SEEN_EVERY:
                row.seen_at, row.ends_at = now, self.end_of(data)
                BrowserSession.objects.filter(pk=row.pk).update(seen_at=row.seen_at, ends_at=row.ends_at)
            self.ends_at = row.ends_at
        return data

    def end_of(self, data: dict[str, Any]) -> datetime:
        """When a session with this content ends if nothing is done from now on."""
        if SESSION_KEY not in data:
            return timezone.now() + NOT_SIGNED_IN
        limits = limits_of(data[SESSION_KEY]) if self.roles is None else limits_for(self.roles)
        return min(timezone.now() + limits.idle, datetime.fromtimestamp(data[SINCE], UTC) + limits.longest)

    def exists(self, session_key: str) -> bool:
        return BrowserSession.objects.filter(key_hash=hash_key(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError when the session has been ended meanwhile."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = self.row_of(data)
        if not must_create:
            if not BrowserSession.objects.filter(key_hash=hash_key(self.session_key)).update(**values):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                BrowserSession.objects.create(key_hash=hash_key(self.session_key), **values)
        except IntegrityError as error:
            raise CreateError from error
        return None

    def row_of(self, data: dict[str, Any]) -> dict[str, Any]:
        user_id = data.get(SESSION_KEY)
        if user_id is None:
            self.ends_at = None
            data.pop(SINCE, None)
        else:
            data.setdefault(SINCE, timezone.now().timestamp())
        keeps = self.ends_at is not None and not self.by_hand
        ends_at = self.ends_at if keeps else self.end_of(data)
        if user_id is not None:
            self.ends_at = ends_at
        values = {"data": self.encode(data), "user_id": user_id, "ends_at": ends_at}
        if self.device:
            values["device"] = self.device
        return values if keeps else {**values, "seen_at": timezone.now()}

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            BrowserSession.objects.filter(key_hash=hash_key(key)).delete()

    @property
    def seconds_left(self) -> int | None:
        """Until this session ends; None when nobody is signed in or the page never asked who is."""
        return None if self.ends_at is None else max(0, int((self.ends_at - timezone.now()).total_seconds()))

    @classmethod
    def clear_expired(cls) -> None:
        BrowserSession.objects.filter(ends_at__lte=timezone.now()).delete()


def save_at_once(session: SessionBase) -> None:
    """Django saves none with an answer of 500."""
    session.save()
