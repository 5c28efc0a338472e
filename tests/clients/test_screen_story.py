"""/clients/<uuid>/story/: the few lines about a client, kept from the office and the portal."""

from typing import Any

import pytest
from django.db import ProgrammingError
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client, ClientSummary
from clients.services import write_summary
from tests.cast import Person

pytestmark = pytest.mark.django_db


def where(client: Client) -> str:
    return reverse("clients:story", args=[client.pk])


def form(person: Person, client: Client, version: int = 0, **given: str) -> dict[str, Any]:
    return {"scope": f"{person.membership.pk}:{client.pk}", "version": version, "summary": "Sleep first.", "story": "Nights.", **given}


def written(person: Person) -> list[tuple[str, str, int]]:
    with acting_as(person.actor):
        return list(ClientSummary.objects.values_list("summary", "story", "version"))


def test_it_is_written_once_and_changed(desk: Browser, tara: Person, ben: Client) -> None:
    long = "x" * 5000
    for _press in range(2):
        assert desk.post(where(ben), form(tara, ben, story=long)).status_code == 302
    assert written(tara) == [("Sleep first.", long, 1)]
    assert desk.post(where(ben), form(tara, ben, version=1, story="")).status_code == 302
    assert written(tara) == [("Sleep first.", "", 2)]


def test_an_older_form_shows_both_and_keeps_mine_on_the_second_press(desk: Browser, tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        write_summary(client=ben, version=0, summary="Theirs", story="", by=tara.actor)
    page = desk.post(where(ben), form(tara, ben, summary="Mine"))
    assert page.status_code == 409 and "Theirs" in page.content.decode() and page.context["form"]["summary"].value() == "Mine"
    assert desk.post(where(ben), form(tara, ben, version=page.context["form"]["version"].value(), summary="Mine")).status_code == 302
    assert written(tara)[0][0] == "Mine"


@pytest.mark.parametrize("given", [{"story": "x" * 5001}, {"story": "a\0b"}, {"version": "-1"}, {"version": ""}])
def test_bad_input_is_answered_and_kept(desk: Browser, tara: Person, ben: Client, given: dict[str, str]) -> None:
    page = desk.post(where(ben), {**form(tara, ben), **given})
    assert page.status_code == 200 and page.context["form"].errors and written(tara) == []


def test_a_supervisor_reads_the_office_and_the_client_do_not(vera: Person, ada: Person, tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(tara.actor):
        write_summary(client=ben, version=0, summary="Sleep first.", story="", by=tara.actor)
    browser = Browser()
    browser.force_login(vera.user)
    page = browser.get(where(ben)).content.decode()
    assert "Sleep first." in page and "<textarea" not in page
    assert browser.post(where(ben), form(vera, ben)).status_code == 404
    for person in (ada, ben_portal):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(person.actor):
            list(ClientSummary.objects.all())
