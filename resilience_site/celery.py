"""The worker and the scheduler: `celery -A resilience_site worker`, `celery -A resilience_site beat`."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import beat_init, before_task_publish, setup_logging, task_postrun, task_prerun, worker_init
from django.conf import settings

from core.ids import uuid7
from core.logs import REQUEST_ID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience_site.settings")
app = Celery("resilience_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(**kwargs: object) -> None:
    dictConfig(settings.LOGGING)


@before_task_publish.connect
def number_task(headers: dict[str, Any], **kwargs: object) -> None:
    """A task belongs to the request it was asked for in; one of the scheduler's begins a number of its own."""
    headers["request_id"] = REQUEST_ID.get() or str(uuid7())


@task_prerun.connect
def take_number(task: Any, **kwargs: object) -> None:
    REQUEST_ID.set(task.request.get("request_id") or "")


@task_postrun.connect
def put_number_down(**kwargs: object) -> None:
    REQUEST_ID.set("")


@worker_init.connect
def refuse_unsafe_worker(**kwargs: object) -> None:
    from access.checks import refuse_unsafe_start

    refuse_unsafe_start()


@beat_init.connect
def first_beat(**kwargs: object) -> None:
    """Ready at once, and not only after the first interval."""
    from core.tasks import BEAT_MAX_AGE, beat

    beat.apply_async(expires=BEAT_MAX_AGE)
