"""The gates: the same 404 for foreign and missing, a trail for what was refused, nothing kept of what went wrong, forms that stay in their place."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path

from access.gates import clinic_view
from access.permissions import Permission
from audit.models import AuditEvent
from clients.gates import client_view, portal_view
from clients.models import Client, Episode
from resilience_site.urls import urlpatterns as product
from tests import cast
from tests.cast import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@client_view(Permission.CONTACT_READ, kinds=("therapist", "admin"))
def look(request: HttpRequest, client: Client) -> HttpResponse:
    return HttpResponse(f"{client.called} {request.can_write}")  # type: ignore[attr-defined]


@client_view(Permission.CONTACT_WRITE)
def write(request: HttpRequest, client: Client, how: str) -> Any:
    """Writes, and then ends as it is told."""
    Client.objects.filter(pk=client.pk).update(gp="written")
    if how == "caught":
        try:
            with transaction.atomic():
                Episode.objects.create(client=client, clinic_id=uuid4(), started_on="2026-01-01")
        except DatabaseError:
            return HttpResponse(status=500)
    if how == "template":
        return TemplateResponse(request, engines["django"].from_string("{{ broken.explode }}"), {"broken": Broken()})
    ends: dict[str, Any] = {"404": Http404, "403": PermissionDenied, "error": RuntimeError}
    if how in ends:
        raise ends[how]
    return HttpResponse(status=int(how.removeprefix("answer-")))


class Broken:
    def explode(self) -> None:
        raise RuntimeError("while rendering")


@clinic_view(Permission.LIBRARY_READ, kinds=("therapist", "admin"))
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.membership.role} of {request.membership.clinic_id}")  # type: ignore[attr-defined]


@portal_view
def today(request: HttpRequest, client: Client) -> HttpResponse:
    return HttpResponse(f"{client.called} {client.clinic_id}")


PROBES = [
    path("probe/<uuid:client_id>/look/", look, name="look"),
    path("probe/<uuid:client_id>/write/<str:how>/", write, name="write"),
    path("probe/desk/", desk, name="desk"),
    path("probe/today/", today, name="today"),
]
urlpatterns = [*PROBES, *product]


def browser_of(person: Person) -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client | None = None) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}" if client else str(person.membership.pk)}


def refusals(as_owner: Any) -> list[tuple[Any, ...]]:
    with as_owner():
        rows = AuditEvent.objects.filter(verb="refused").order_by("at")
        return [(row.actor_id, row.detail["view"], row.detail["method"], row.detail["status"]) for row in rows]


def test_foreign_and_missing_are_the_same_page(tara: Person, sam: Person, olu: Person, fay: Person, ben: Client, dana: Client) -> None:
    pia = cast.client_of(olu, "Pia")
    bodies = set()
    for person, client_id in ((tara, dana.pk), (tara, pia.pk), (tara, uuid4()), (sam, ben.pk), (fay, ben.pk), (olu, ben.pk), (olu, uuid4())):
        for act in ("look/", "write/answer-200/"):
            answer = browser_of(person).get(f"/probe/{client_id}/{act}")
            assert answer.status_code == 404
            bodies.add((answer.content, tuple(sorted((name, value) for name, value in answer.headers.items() if name != "X-Request-Id"))))
    assert len(bodies) == 1, "the answers differ"
    assert browser_of(tara).get(f"/probe/{ben.pk}/look/").content == b"Ben True"


def test_a_supervisor_reads_and_does_not_write(vera: Person, ben: Client) -> None:
    browser = browser_of(vera)
    assert browser.get(f"/probe/{ben.pk}/look/").content == b"Ben False"
    assert browser.post(f"/probe/{ben.pk}/write/answer-200/", scope(vera, ben)).status_code == 404


def test_a_role_without_the_permission_gets_the_same_404(ben_portal: Person, ada: Person, tara: Person, ben: Client) -> None:
    assert browser_of(ben_portal).get(f"/probe/{ben.pk}/look/").status_code == 404
    assert browser_of(ben_portal).get("/probe/desk/").status_code == 404
    assert browser_of(tara).get("/probe/today/").status_code == 404
    assert browser_of(ada).get(f"/probe/{ben.pk}/write/answer-200/").status_code == 404
    assert browser_of(ada).get(f"/probe/{ben.pk}/look/").status_code == 200


def test_a_refusal_is_on_the_trail_without_its_ids(tara: Person, dana: Client, ben_portal: Person, as_owner: Any) -> None:
    browser_of(tara).get(f"/probe/{dana.pk}/look/")
    browser_of(ben_portal).get("/probe/desk/")
    browser_of(tara).post("/probe/desk/")
    assert refusals(as_owner) == [(tara.user.pk, "look", "GET", 404), (ben_portal.user.pk, "desk", "GET", 404), (tara.user.pk, "desk", "POST", 400)]


@pytest.mark.parametrize(
    ("how", "status", "kept"),
    [
        ("answer-200", 200, True), ("answer-302", 302, True), ("answer-409", 409, True), ("answer-422", 422, True),
        ("answer-403", 403, False), ("answer-404", 404, False), ("answer-405", 405, False), ("answer-500", 500, False),
        ("404", 404, False), ("403", 403, False), ("error", 500, False), ("template", 500, False), ("caught", 500, False),
    ],
)  # fmt: skip
def test_what_went_wrong_keeps_nothing(how: str, status: int, kept: bool, tara: Person, ben: Client, as_owner: Any) -> None:
    assert browser_of(tara).post(f"/probe/{ben.pk}/write/{how}/", scope(tara, ben)).status_code == status
    with as_owner():
        assert (Client.objects.get(pk=ben.pk).gp == "written") is kept
    assert [each for each in refusals(as_owner) if each[1] == "write"] == ([(tara.user.pk, "write", "POST", status)] if status in (403, 404) else [])


def test_a_form_without_its_scope_is_refused(tara: Person, ben: Client, as_owner: Any) -> None:
    browser = browser_of(tara)
    for data in ({}, {"scope": ""}, {"scope": "rough"}, {"scope": f"{uuid4()}:rough"}, {"scope": str(tara.membership.pk)}):
        assert browser.post(f"/probe/{ben.pk}/write/answer-200/", data).status_code == 400, data
    with as_owner():
        assert Client.objects.get(pk=ben.pk).gp == ""


def test_a_form_made_for_another_client_is_refused(tara: Person, ben: Client, cleo: Client, dana: Client, as_owner: Any) -> None:
    """Two tabs: Cleo's form sent to Ben's address writes nowhere; a client who is not hers is not there."""
    browser = browser_of(tara)
    assert browser.post(f"/probe/{ben.pk}/write/answer-200/", scope(tara, cleo)).status_code == 400
    assert browser.post(f"/probe/{dana.pk}/write/answer-200/", scope(tara, ben)).status_code == 404
    with as_owner():
        assert not Client.objects.filter(gp="written").exists()
    assert refusals(as_owner) == [(tara.user.pk, "write", "POST", 400), (tara.user.pk, "write", "POST", 404)]


def test_a_form_made_for_another_membership_acts_there_or_nowhere(tara: Person, sam: Person, olu: Person, ben: Client, as_owner: Any) -> None:
    """Tara works in Olu's clinic too, and has that chosen in the other tab: a form made here still acts here, a stranger's acts nowhere."""
    away = Person(cast.member(olu.membership.clinic, "therapist", "Tara").membership)
    browser = browser_of(tara)
    session = browser.session
    session["membership"] = str(away.membership.pk)
    session.save()
    assert browser.get("/probe/desk/").content.decode().endswith(str(olu.membership.clinic_id))
    assert browser.post("/probe/desk/", scope(tara)).content.decode().endswith(str(tara.membership.clinic_id))
    assert browser.post("/probe/desk/", scope(away)).content.decode().endswith(str(olu.membership.clinic_id))
    assert browser.post("/probe/desk/", scope(sam)).status_code == 404
    assert browser.post(f"/probe/{ben.pk}/write/answer-200/", {"scope": f"{away.membership.pk}:{ben.pk}"}).status_code == 404
    with as_owner():
        assert Client.objects.get(pk=ben.pk).gp == ""


def test_other_methods_reach_no_view(tara: Person, ben: Client, as_owner: Any) -> None:
    browser = browser_of(tara)
    for method in ("put", "patch", "delete", "options", "trace"):
        assert getattr(browser, method)(f"/probe/{ben.pk}/write/answer-200/").status_code == 405, method
    assert browser.head(f"/probe/{ben.pk}/look/").status_code == 200
    with as_owner():
        assert Client.objects.get(pk=ben.pk).gp == ""


def test_opening_a_record_is_noted_once_each_time(tara: Person, ben: Client, as_owner: Any) -> None:
    browser_of(tara).get(f"/probe/{ben.pk}/look/")
    with as_owner():
        row = AuditEvent.objects.get(verb="record_opened")
    assert (row.actor_id, row.client_id, row.actor_kind) == (tara.user.pk, ben.pk, "therapist") and row.request_id


def test_somebody_whose_membership_ended_gets_nothing(tara: Person, ben: Client, as_owner: Any) -> None:
    browser = browser_of(tara)
    assert browser.get(f"/probe/{ben.pk}/look/").status_code == 200
    with as_owner():
        type(tara.membership).objects.filter(pk=tara.membership.pk).update(active=False)
    assert browser.get(f"/probe/{ben.pk}/look/").status_code == 302, "her sessions ended with it"
    browser = browser_of(tara)
    assert browser.get(f"/probe/{ben.pk}/look/").status_code == 404
    with as_owner():
        type(tara.user).objects.filter(pk=tara.user.pk).update(is_active=False)
    assert browser.get(f"/probe/{ben.pk}/look/").status_code == 302


def test_the_client_gets_her_own_record_of_the_clinic_she_acts_in(ben_portal: Person, ben: Client, olu: Person) -> None:
    """Also when she is a client of two clinics."""
    pia = cast.client_of(olu, "Benedict")
    there = cast.portal_sign_in_of(olu, pia, ben_portal.user)
    browser = browser_of(ben_portal)
    assert browser.post("/probe/today/", scope(ben_portal)).content.decode() == f"Ben {ben.clinic_id}"
    assert browser.post("/probe/today/", scope(there)).content.decode() == f"Benedict {pia.clinic_id}"


@override_settings(LOGIN_URL="/accounts/login/")
def test_nobody_signed_in_is_sent_to_the_door(ben: Client, db: None) -> None:
    for address in (f"/probe/{ben.pk}/look/", "/probe/desk/", "/probe/today/"):
        answer = Browser().get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={address}")


def test_a_page_that_answers_a_form_is_an_opening_too(tara: Person, vera: Person, ben: Client, as_owner: Any) -> None:
    """Otherwise whoever sends a form to a page for reading would read it with no trace; and who may only read sends none."""
    answers = [browser_of(person).post(f"/clients/{ben.pk}/{page}", scope(person, ben)) for person in (tara, vera) for page in ("", "timeline/", "notes/")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404, 404]
    assert browser_of(tara).post(f"/probe/{ben.pk}/write/answer-302/", scope(tara, ben)).status_code == 302
    with as_owner():
        assert list(AuditEvent.objects.filter(verb="record_opened").values_list("actor_id", flat=True)) == [tara.user.pk] * 3
