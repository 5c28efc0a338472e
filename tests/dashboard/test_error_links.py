"""Every link above a form that came back leads to something in the page that takes the focus: a field, or the first of its radios."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.models import Client
from core.ids import uuid7
from dashboard.forms.session_log import LogForm
from tests.cast import Person
from tests.homework.agreed import agree
from tests.homework.browsing import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
FOCUS = re.compile(r"^<(input|select|textarea)\b|tabindex")
WRONG = {
    "dashboard:session_new": {"attendance": "x", "risk": "x", "focus": "x", "felt": "x", "date": "x", "format": "x", "note_format": "x", "risk_note": "a\0b"},
    "therapy:goal_add": {"text": "", "baseline": "x", "importance": "9", "step_1": "\u200b"},
    "therapy:plan_session": {"date": "x", "time": "", "minutes": "0", "format": "x"},
    "clients:team": {"therapist": "x", "kind": "x", "ends_on": "x"},
    "clients:contact": {"version": "1", "called": "", "phone_ok": "x", "phone_checked": "x", "birth_date": "x"},
    "clients:add": {"called": "", "email_ok": "x", "timezone": "x"},
    "clients:people": {"name": "", "email": "x", "role": "x"},
}


def leads(html: str) -> list[str]:
    """The ids the summary's links name; each is checked to be there once and to take the focus."""
    summary = html.split('<div class="summary"')[1].split("</div>")[0]
    found = re.findall(r'href="#([^"]*)"', summary)
    for each in found:
        tags = re.findall(rf'<[^>]*\bid="{re.escape(each)}"[^>]*>', html)
        assert len(tags) == 1 and FOCUS.search(tags[0]), (each, tags)
    return found


def sent_back(person: Person, address: str, scope: str, fields: dict[str, Any]) -> str:
    browser = Browser()
    browser.force_login(person.user)
    page: HttpResponse = browser.post(address, {"scope": scope, "new_id": str(uuid7()), **fields})
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("name", WRONG)
def test_of_a_staff_form(name: str, ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    plain = name in ("clients:add", "clients:people")
    person = ada if name == "clients:people" else tara
    address, scope = (reverse(name), f"{person.membership.pk}:") if plain else (reverse(name, args=[ben.pk]), f"{tara.membership.pk}:{ben.pk}")
    found = leads(sent_back(person, address, scope, WRONG[name]))
    radios = {"clients:people": "role", "clients:add": "email_ok", "clients:contact": "phone_ok", "clients:team": "kind", "therapy:goal_add": "baseline"}
    first = radios.get(name, "format" if name == "therapy:plan_session" else "attendance")
    assert f"id_{first}_0" in found and len(found) >= 2


def test_of_the_risk_row_of_the_log(tara: Person, ben: Client) -> None:
    """Refused alone it is named beside Save, too; among others it is in the list."""
    form = LogForm({"risk": "", "attendance": "attended"}, zone_name="Europe/London")
    form.add_error("risk", "Please tap one.")
    rows = render_to_string("dashboard/session_rows.html", {"form": form}) + render_to_string("dashboard/session_when.html", {"form": form})
    html = render_to_string("components/error_summary.html", {"form": form}) + rows + str(form["note_format"])
    assert "id_risk_0" in leads(html)


def test_of_a_sheet_of_homework(desk: Browser, ben: Client) -> None:
    address = f"/clients/{ben.pk}/homework/assign/?exercise=worst_best_likely"
    fields = {**form_of(desk.get(address), "sheet-open"), "per_week": ["0"], "confidence": ["11"], "look_at_on": ["x"], "reason": ["\u200b"]}
    assert "id_confidence" in leads(desk.post(address, fields).content.decode())


def test_of_the_clients_own_forms(tara: Person, ben: Client, ben_portal: Person) -> None:
    scope = f"{ben_portal.membership.pk}:{ben.pk}"
    task = agree(tara, ben, "activity_plan", look_at_on=timezone.localdate())
    wrong = {"choice": "x" * 21, "barrier": "x" * 41, "until": "x"}
    assert len(leads(sent_back(ben_portal, reverse("portal:not_today", args=[task.pk]), scope, wrong))) == 3
    browser = Browser()
    browser.force_login(ben_portal.user)
    browser.post(reverse("portal:check_in"), {"scope": scope, "new_id": str(uuid7()), "mood": "4"})
    assert leads(sent_back(ben_portal, reverse("portal:check_in"), scope, {"note": "\u200b", "visibility": "x"})) == ["id_note", "id_visibility_0"]
