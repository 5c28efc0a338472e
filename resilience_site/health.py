"""Is the process alive (/healthz), and can it do its work (/readyz)? Answers hold no version, no name and no reason: those are in the log."""

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from access.readiness import database_answers, migrations_applied, wall_stands
from core.gates import public_view
from core.tasks import BEAT_MAX_AGE, beat_age

log = logging.getLogger(__name__)
SECONDS = 2  # how long the broker may take to answer


def broker_answers() -> bool:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as broker:
        return bool(broker.ping())


def scheduler_beats() -> bool:
    """Scheduler, broker and a worker did something together a short while ago."""
    age = beat_age()
    return age is not None and age <= BEAT_MAX_AGE


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "wall": wall_stands,
    "broker": broker_answers,
    "scheduler": scheduler_beats,
}


def holds(name: str) -> bool:
    """A check that breaks has not held."""
    try:
        return CHECKS[name]()
    except Exception:
        log.warning("Not ready: %s", name, exc_info=True)
        return False


@public_view
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@public_view
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything holds, else 503; one boolean for each part."""
    found = {name: holds(name) for name in CHECKS}
    return JsonResponse(found, status=200 if all(found.values()) else 503)
