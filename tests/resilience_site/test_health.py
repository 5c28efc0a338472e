"""/healthz and /readyz."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from celery.signals import beat_init
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser

from core.tasks import BEAT_KEY, BEAT_MAX_AGE, beat
from resilience_site import celery  # noqa: F401  (its signals)
from tests.support import as_role

pytestmark = pytest.mark.django_db
PARTS = {"database", "migrations", "wall", "broker", "scheduler"}


@pytest.fixture(autouse=True)
def a_beat() -> Iterator[None]:
    beat()
    yield
    cache.delete(BEAT_KEY)


def ready() -> tuple[int, dict[str, bool]]:
    answer = Browser().get("/readyz")
    return answer.status_code, answer.json()


def test_alive_is_one_plain_word() -> None:
    answer = Browser().get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"ok", "text/plain; charset=utf-8")
    assert Browser().post("/healthz").status_code == 405


def test_alive_asks_nobody(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Browser().get("/healthz").status_code == 200


def test_ready_is_a_boolean_for_each_part_and_nothing_else() -> None:
    status, found = ready()
    assert status == 200 and found == dict.fromkeys(PARTS, True)


def test_a_silent_scheduler_is_not_ready() -> None:
    cache.set(BEAT_KEY, time.time() - BEAT_MAX_AGE - 1)
    assert ready() == (503, {**dict.fromkeys(PARTS, True), "scheduler": False})
    cache.delete(BEAT_KEY)
    assert ready()[1]["scheduler"] is False


def test_the_scheduler_beats_as_soon_as_it_starts() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        before = broker.llen("celery")
        beat_init.send(sender=None)
        new = broker.lrange("celery", 0, broker.llen("celery") - before - 1)
    assert len(new) == 1 and json.loads(new[0])["headers"]["task"] == "core.tasks.beat"


def test_a_broker_that_does_not_answer_is_not_ready(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert ready() == (503, {**dict.fromkeys(PARTS, True), "broker": False})


def test_another_secret_does_not_fit_the_wall(settings: Any) -> None:
    settings.SECRET_KEY = "another secret, which the wall was not built with"
    assert ready() == (503, {**dict.fromkeys(PARTS, True), "wall": False})


def test_a_migration_that_is_missing_is_not_ready() -> None:
    with as_role(connection, "app_owner"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'clients'")
    assert ready() == (503, {**dict.fromkeys(PARTS, True), "migrations": False})
