"""The worker and the scheduler: `celery -A resilience_site worker`, `celery -A resilience_site beat`."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience_site.settings")
app = Celery("resilience_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_unsafe_worker(**kwargs: object) -> None:
    from access.checks import refuse_unsafe_start

    refuse_unsafe_start()


@beat_init.connect
def first_beat(**kwargs: object) -> None:
    """Ready at once, and not only after the first interval."""
    from core.tasks import BEAT_MAX_AGE, beat

    beat.apply_async(expires=BEAT_MAX_AGE)
