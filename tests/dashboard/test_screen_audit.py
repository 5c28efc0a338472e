"""/clinic/audit/: the trail of one clinic, looked up and checked; and every deed has words."""

import ast
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.sealing import seal_trails
from audit.models import AuditEvent
from clients.models import Client
from dashboard.verbs import VERBS
from tests import cast
from tests.cast import Person
from tests.house.source import app_files, tree

pytestmark = pytest.mark.django_db
Owner = Callable[[], Any]


@pytest.fixture
def office(ada: Person) -> Browser:
    browser = Browser()
    browser.force_login(ada.user)
    return browser


def looked_up(office: Browser, **asked: str) -> list[tuple[str, str, str]]:
    page = office.get(reverse("dashboard:trail"), asked)
    assert page.status_code == 200, page.content
    return [(line.who, line.what, line.about) for line in page.context["lines"]]


def test_it_is_looked_up_by_person_record_deed_and_day(office: Browser, tara: Person, ben: Client, cleo: Client) -> None:
    assert (tara.user.name, "added a client", "Ben") in looked_up(office)
    assert {about for _who, _what, about in looked_up(office, about=str(cleo.pk))} == {"Cleo"}
    assert {who for who, _what, _about in looked_up(office, who=str(tara.user.pk))} == {tara.user.name}
    assert {what for _who, what, _about in looked_up(office, what="client_added")} == {"added a client"}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert looked_up(office, since=tomorrow) == [] and len(looked_up(office, until=tomorrow)) >= 2


@pytest.mark.parametrize("asked", [{"who": "x"}, {"since": "31/31/2020"}, {"what": "a\0"}, {"after": "\0"}, {"about": "00000000-0000-0000-0000-000000000000"}])
def test_rough_input_is_answered(office: Browser, asked: dict[str, str]) -> None:
    assert office.get(reverse("dashboard:trail"), asked).status_code == 200


def test_it_comes_fifty_a_page_and_keeps_the_search(office: Browser, ada: Person, as_owner: Owner) -> None:
    with as_owner():
        for number in range(120):
            AuditEvent.objects.create(clinic_id=ada.actor.clinic_id, actor_id=ada.user.pk, actor_kind="admin", verb="invited", detail={"n": number})
    seen, address = [], "?what=invited"
    while address:
        page = office.get(reverse("dashboard:trail") + address)
        seen += [line.more for line in page.context["lines"]]
        address = f"?{page.context['older']}" if page.context["older"] else ""
    assert sorted(seen) == sorted(f"n: {number}" for number in range(120))


def test_the_seal_is_checked_and_a_kept_one_found(office: Browser, ada: Person, as_owner: Owner) -> None:
    with as_owner():
        AuditEvent.objects.create(clinic_id=ada.actor.clinic_id, verb="invited", at=Now() - timedelta(minutes=9))
    seal_trails()

    def check(kept: str = "") -> Any:
        return office.post(reverse("dashboard:trail"), {"scope": str(ada.membership.pk), "kept": kept})

    page = check()
    head = page.context["verdict"].head
    assert "The chain holds." in page.content.decode() and head in page.content.decode()
    assert "still part of it" in check(head).content.decode() and "is not in the chain" in check("0" * 64).content.decode()
    with as_owner():
        AuditEvent.objects.filter(at__lt=Now() - timedelta(minutes=8)).update(verb="role_ended")
        assert AuditEvent.objects.filter(verb="trail_verified").count() == 3
    assert "The chain is broken." in check().content.decode()


def test_another_clinics_trail_and_other_people_stay_out(office: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    _other, omar = cast.clinic("Otherwell", "Omar")
    for person in (tara, ben_portal):
        browser = Browser()
        browser.force_login(person.user)
        assert browser.get(reverse("dashboard:trail")).status_code in (403, 404)
    elsewhere = Browser()
    elsewhere.force_login(omar.user)
    page = elsewhere.get(reverse("dashboard:trail")).content.decode()
    assert "Ben" not in page and tara.user.name not in page


def verbs_in(source: ast.AST) -> set[str]:
    """Every deed that is written down as a plain string."""
    return {
        word.value.value
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_event"
        for word in node.keywords
        if word.arg == "verb" and isinstance(word.value, ast.Constant)
    }


def test_every_deed_has_words() -> None:
    found = {verb for path in app_files(".py") for verb in verbs_in(tree(path))}
    assert len(found) > 40 and found <= set(VERBS), f"Give these words in dashboard/verbs.py: {sorted(found - set(VERBS))}"
