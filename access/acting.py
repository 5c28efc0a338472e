"""`with acting_as(actor):` - the only way to clinical rows."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.db import connection, transaction

from core.actor import KINDS, Actor

TOKEN_SECONDS = 120  # a transaction lives 30 at most (access/roles.sql)


@cache
def wall_key(secret: str) -> bytes:
    """The 32-byte key that actor tokens are signed with; its HMAC pads are kept in `sec.key`, out of reach of the web's login."""
    return hashlib.sha256(b"wall:" + secret.encode()).digest()


def make_token(actor: Actor, *, now: float | None = None) -> str:
    """`kind:user:clinic:expires:hmac`, as `sec.actor` in wall.sql reads it."""
    expires = int((time.time() if now is None else now) + TOKEN_SECONDS)
    message = f"{actor.kind}:{actor.user_id}:{actor.clinic_id}:{expires:010d}"
    signature = hmac.new(wall_key(settings.SECRET_KEY), message.encode(), hashlib.sha256).hexdigest()
    return f"{message}:{signature}"


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """One transaction (a savepoint when nested) in which the connection works as `app_<kind>` for this actor.

    Both settings are transaction-local: the end of the outermost transaction undoes them, and so does a rollback; a nested one restores what was bound before.
    """
    if actor.kind not in KINDS:
        raise ValueError(f"nobody acts as {actor.kind}")
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('role'), current_setting('app.actor', true), set_config('role', %s, true), set_config('app.actor', %s, true)",
                [f"app_{actor.kind}", make_token(actor)],
            )
            role_before, actor_before = cursor.fetchone()[:2]
        yield
        if nested and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, true), set_config('app.actor', %s, true)", [role_before, actor_before or ""])
