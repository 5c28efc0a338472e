"""The record: four pillars at equal size, what works from what she shares, one axis; the same 404 for what is not yours and what is not there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, TimelineEntry
from clients.pillars import Pillar
from clients.services import record_check_in
from core.ids import uuid7
from dashboard.pages.record import entry_title
from dashboard.pillars import PILLARS
from tests.cast import Person

pytestmark = pytest.mark.django_db
SOME_ID = "01a217a2-8010-716f-9a1d-eb111641108a"  # fixed: both workers of a run must name the same cases


def url(client: Client) -> str:
    return f"/clients/{client.pk}/"


def test_four_pillars_in_their_fixed_order(client: Browser, tara: Person, ben: Client) -> None:
    client.force_login(tara.user)
    html = client.get(url(ben)).content.decode()
    places = [html.index(f'id="pillar-{pillar}"') for pillar in Pillar.values]
    assert places == sorted(places)
    assert html.count("Nothing here yet.") == 4


TABS = ("", "timeline/", "goals/", "homework/", "notes/", "contact/", "team/", "portal/")


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_says_who_it_is_about(client: Browser, tara: Person, ben: Client, tab: str) -> None:
    today = timezone.localdate()
    with acting_as(tara.actor):
        born = today.replace(year=today.year - 34, day=min(today.day, 28))
        Client.objects.filter(pk=ben.pk).update(pronouns="he/him", birth_date=born, started_on=today - timedelta(days=16 * 7 + 1))
    client.force_login(tara.user)
    head = client.get(url(ben) + tab).content.decode().split('<nav class="tabs"')[0].split("<h1")[1]
    assert "<bdi>he/him</bdi>, 34. Week 16" in head
    assert ("with <bdi>Tara</bdi>" in head) == (tab == "")


def test_every_tab_does_without_what_is_not_known(client: Browser, tara: Person, ben: Client) -> None:
    client.force_login(tara.user)
    head = client.get(f"{url(ben)}team/").content.decode().split('<nav class="tabs"')[0]
    assert '<p class="muted">Week ' in head


def test_a_line_of_the_axis_is_a_sentence_whatever_it_is_about() -> None:
    """Each kind that a service writes has words of its own; a goal's level has its sign, and 0 has none."""
    kinds = ("exercise", "first_part", "assigned", "not_today", "care_note", "homework_finished", "homework_stopped", "homework_replaced")
    said = [entry_title(TimelineEntry(kind=kind, item_key="clouds"), {"clouds": "Thoughts like clouds"}) for kind in kinds]
    assert all("Thoughts like clouds" in line for line in said) and len(set(said)) == len(kinds)
    assert [entry_title(TimelineEntry(kind="goal", value=level), {}) for level in (-1.0, 0.0, 1.0)] == ["Goal rated \u22121", "Goal rated 0", "Goal rated +1"]
    assert entry_title(TimelineEntry(kind="session_not_held"), {}) == "Session, not held"


def test_none_of_the_four_is_left_out() -> None:
    assert [pillar for pillar, _summarise in PILLARS] == Pillar.values


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "ben_portal", "ada"])
def test_not_yours_and_not_there_are_the_same_page(client: Browser, outsider: str, request: pytest.FixtureRequest, ben: Client) -> None:
    client.force_login(request.getfixturevalue(outsider).user)
    foreign, missing = client.get(url(ben)), client.get(f"/clients/{uuid7()}/")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_the_supervisor_reads_and_may_not_write(client: Browser, vera: Person, ben: Client) -> None:
    client.force_login(vera.user)
    html = client.get(url(ben)).content.decode()
    assert "Log a session" not in html
    assert client.get(f"/clients/{ben.pk}/sessions/new/").status_code == 404


def test_opening_it_is_on_the_trail(client: Browser, tara: Person, ben: Client) -> None:
    client.force_login(tara.user)
    client.get(url(ben))
    with acting_as(tara.actor):
        opened = AuditEvent.objects.get(verb="record_opened", client_id=ben.pk)
    assert opened.actor_id == tara.user.pk


def test_private_entries_are_a_number_and_nothing_else(client: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=1, by=ben_portal.actor, visibility="only_me")
        record_check_in(client=ben, new_id=uuid7(), mood=4, by=ben_portal.actor)
    client.force_login(tara.user)
    html = client.get(url(ben)).content.decode()
    assert "1 entry is private to <bdi>Ben</bdi>" in html
    assert "Check-in: 4 of 5" in html and "Check-in: 1 of 5" not in html


def test_the_axis_pages_by_place(client: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    now = timezone.now()
    with acting_as(ben_portal.actor):
        for day in range(60):
            row = record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
            TimelineEntry.objects.filter(source_id=row.pk).update(occurred_at=now - timedelta(days=day))
    client.force_login(tara.user)
    first = client.get(f"{url(ben)}timeline/")
    assert first.content.decode().count("Check-in") == 50
    second = client.get(f"{url(ben)}timeline/", {"after": str(first.context["older"])})
    assert second.content.decode().count("Check-in") == 10


@pytest.mark.parametrize(
    "rough", ["not a place", "2026-13-45T00:00:00+00:00_x", f"2026-11-24T10:00:00_{SOME_ID}", f"0001-01-01T00:00:00+14:00_{SOME_ID}", "_", "\0_"]
)
def test_a_rough_place_is_a_page_all_the_same(client: Browser, tara: Person, ben: Client, rough: str) -> None:
    client.force_login(tara.user)
    assert client.get(f"{url(ben)}timeline/", {"after": rough}).status_code == 200


def test_rows_of_one_moment_are_each_on_one_page(client: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    """Such as a day's entries typed in from paper: none is lost where one page ends, none is shown twice."""
    now = timezone.now()
    with acting_as(ben_portal.actor):
        for _number in range(120):
            record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
        TimelineEntry.objects.filter(client=ben).update(occurred_at=now)
    client.force_login(tara.user)
    address, shown = f"{url(ben)}timeline/", []
    while address:
        page = client.get(address).content.decode()
        shown.append(page.count("Check-in"))
        older = re.search(r'href="(\?after=[^"]*)"', page)
        address = f"{url(ben)}timeline/{older[1]}" if older else ""
    assert shown == [50, 50, 20]


def test_a_constant_number_of_statements(client: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    client.force_login(tara.user)
    client.get(url(ben))
    with CaptureQueriesContext(connection) as empty:
        client.get(url(ben))
    with acting_as(ben_portal.actor):
        for _number in range(20):
            record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
    with CaptureQueriesContext(connection) as full:
        client.get(url(ben))
    assert len(empty) == len(full), [query["sql"][:120] for query in full]
