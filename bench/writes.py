"""Written entries, through the web as a browser sends them, against a bare Django view that writes one row and its line on the trail."""

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test.utils import override_settings
from django.urls import path

from access.acting import acting_as
from accounts.models import Membership
from audit.models import AuditEvent
from bench import place
from bench.clinics import Practice
from bench.measure import compared
from bench.pages import browser_of
from bench.report import Report
from clients.models import CheckIn
from core.actor import Actor
from core.gates import public_view
from core.ids import uuid7
from homework.models import ExerciseRun, ExerciseVersion
from homework.selectors import exercise_of
from homework.services.runs import start_run

NUMBERS = count()


@public_view
def bare(request: HttpRequest) -> HttpResponse:
    """What any Django view does that knows who is signed in."""
    with transaction.atomic():
        about = {"client_id": request.POST["client"], "clinic_id": request.POST["clinic"], "created_by_id": request.user.pk}
        row = CheckIn(id=uuid7(), mood=int(request.POST["mood"]), **about)
        row.save(force_insert=True)
        AuditEvent.objects.create(verb="bench", clinic_id=row.clinic_id, actor_id=request.user.pk, object_id=row.pk, client_id=row.client_id)
    return HttpResponse(status=204)


urlpatterns = [path("bare/", bare)]


def against_a_bare_one(practice: Practice, rounds: int, report: Report) -> None:
    browser, scope = browser_of(practice.client.portal_user), scope_of(practice)
    calls = {"check-in": partial(check_in, browser, scope), "step": step_saver(practice, browser, scope)}
    ours = compared(calls, rounds)
    with place.owner():
        bare_cost = compared({"bare": partial(post_bare, browser_of(practice.client.portal_user), practice)}, rounds)["bare"]
    report.head(f"A written entry, CPU in all, ms, against a bare Django view with session, row and trail: {bare_cost.cpu:.1f}")
    for name, said in (("check-in", "a check-in tapped"), ("step", "a step of an exercise saved")):
        report.ratio(said, ours[name].cpu / bare_cost.cpu, 1.5, f"{ours[name].cpu:.1f} (app {ours[name].app:.1f}, database {ours[name].database:.1f})")


def scope_of(practice: Practice) -> str:
    with place.owner():
        return f"{Membership.objects.get(user=practice.client.portal_user).pk}:{practice.client.pk}"


@override_settings(ROOT_URLCONF=__name__)
def post_bare(browser: Browser, practice: Practice) -> None:
    answer = browser.post("/bare/", {"client": practice.client.pk, "clinic": practice.clinic.pk, "mood": next(NUMBERS) % 5 + 1})
    assert answer.status_code == 204, answer.status_code


def check_in(browser: Browser, scope: str) -> None:
    """The first of the day makes it, later ones change it: each writes the row, its copy on the axis and the trail."""
    answer = browser.post("/portal/check-in/", {"scope": scope, "new_id": str(uuid7()), "mood": next(NUMBERS) % 5 + 1})
    assert answer.status_code == 302, answer.status_code


def step_saver(practice: Practice, browser: Browser, scope: str) -> Callable[[], None]:
    """Saves the first rating of a run, another one each time."""
    client = practice.client
    assert client.portal_user_id is not None
    by = Actor("portal", client.portal_user_id, client.clinic_id)
    with acting_as(by):
        version = ExerciseVersion.objects.select_related("exercise").get(exercise__key="slow_breathing", current=True)
        run: ExerciseRun = start_run(client=client, new_id=uuid7(), exercise_version=version, assignment=None, by=by)
    step = next(exercise_of(version).pairs())[0].id

    def save() -> None:
        fields: dict[str, Any] = {"scope": scope, "step": step, "version": "", "answer": next(NUMBERS) % 10, "button": "next"}
        answer = browser.post(f"/portal/run/{run.pk}/", fields)
        assert answer.status_code == 302, answer.status_code

    return save
