"""Log lines: numbered by their request, through tasks too, and without a word of what was typed or stands in a row."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from celery import shared_task
from celery.app.trace import build_tracer
from django.db import DataError
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path

from accounts.models import User
from core.gates import public_view
from core.ids import uuid7
from core.logs import REQUEST_ID, JsonLine, NoContent
from resilience_site import celery
from resilience_site import urls as site

pytestmark = pytest.mark.django_db
CANARY = "canary77001"
log = logging.getLogger("tests.views")


@public_view
def breaks(request: HttpRequest, how: str) -> HttpResponse:
    log.info("at work")
    fails(how, request.POST.get("words", CANARY))
    return HttpResponse()


def fails(how: str, words: str) -> None:
    if how == "row":  # PostgreSQL quotes a value that it cannot work with
        User.objects.create(email="somebody@example.org", name=words)
        list(User.objects.annotate(number=Cast("name", IntegerField())).values_list("number"))
    raise ValueError(f"cannot work with {words}")


@shared_task
def failing(how: str) -> str:
    log.info("at work")
    if how == "well":
        return CANARY
    fails(how, CANARY)
    return ""


urlpatterns = [path("breaks/<str:how>/", breaks), *site.urlpatterns]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the handler of the settings would print."""
    printed = StringIO()
    handler = logging.StreamHandler(printed)
    handler.addFilter(NoContent())
    handler.setFormatter(JsonLine())
    loggers = [logging.getLogger(name) for name in ("", "django")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.handlers.insert(0, handler)  # a filter changes the record for those that come after
        logger.setLevel(logging.INFO)
    yield printed
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def run(how: str, number: str) -> None:
    """As the worker does with a message."""
    task_id = str(uuid7())
    build_tracer(failing.name, failing, app=celery.app)(task_id, [how], {}, {"id": task_id, "request_id": number})


def read(lines: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("how", ["words", "row"])
def test_a_view_that_breaks(how: str, lines: StringIO) -> None:
    answer = Browser(raise_request_exception=False).post(f"/breaks/{how}/?words={CANARY}", {"words": CANARY})
    said = read(lines)
    assert answer.status_code == 500 and CANARY not in answer.content.decode()
    assert CANARY not in lines.getvalue()
    assert {line["request_id"] for line in said} == {answer.headers["X-Request-Id"]}
    assert {"tests.views", "django.request"} <= {line["logger"] for line in said}
    wrong = next(line["message"] for line in said if line["level"] == "ERROR")
    assert f"/breaks/{how}/" in wrong and ("DataError" if how == "row" else "ValueError") in wrong and "test_logs.py:" in wrong, "enough to find it"


@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_has_the_number_of_its_own_request(lines: StringIO) -> None:
    numbers = [Browser().get(address).headers["X-Request-Id"] for address in ("/no/such/page/", "/neither/")]
    assert [(line["request_id"], line["message"]) for line in read(lines)] == [
        (numbers[0], "Not Found: /no/such/page/"),
        (numbers[1], "Not Found: /neither/"),
    ]


@pytest.mark.parametrize("how", ["words", "row", "well"])
def test_a_task_that_breaks(how: str, lines: StringIO) -> None:
    number = str(uuid7())
    run(how, number)
    said = read(lines)
    assert CANARY not in lines.getvalue()
    assert said and {line["request_id"] for line in said} == {number}
    end = said[-1]["message"]
    assert "test_logs.failing" in end and {"words": "ValueError", "row": "DataError", "well": "succeeded"}[how] in end
    assert REQUEST_ID.get() == ""


def test_without_the_filter_it_would_be_there(lines: StringIO) -> None:
    for logger in (logging.getLogger(), logging.getLogger("django")):
        logger.handlers[0].filters.clear()
    run("row", "")
    assert CANARY in lines.getvalue()


def test_the_settings_print_through_both(settings: Any) -> None:
    console = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["filters"][console["filters"][0]]["()"] == "core.logs.NoContent"
    assert settings.LOGGING["formatters"][console["formatter"]]["()"] == "core.logs.JsonLine"


def test_the_database_does_quote_rows() -> None:
    """What makes the filter needed."""
    with pytest.raises(DataError, match=CANARY):
        fails("row", CANARY)
