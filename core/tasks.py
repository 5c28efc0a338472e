"""The scheduler's sign of life, which /readyz reads."""

import time

from celery import shared_task
from django.core.cache import cache

BEAT_KEY = "scheduler-beat"
BEAT_MAX_AGE = 90  # seconds; beat sends one every 20


@shared_task
def beat() -> None:
    cache.set(BEAT_KEY, time.time(), timeout=3600)


def beat_age() -> float | None:
    """Seconds since scheduler and worker last did something together; None when never."""
    last = cache.get(BEAT_KEY)
    return None if last is None else time.time() - last
