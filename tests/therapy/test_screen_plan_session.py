"""/clients/<uuid>/sessions/plan/: booked by the clinic's clock, no two at once, moved and cancelled by version."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from tests.cast import Person
from therapy.models import TherapySession

pytestmark = pytest.mark.django_db
DAY = date(timezone.now().year + 1, 1, 11)


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def at(name: str, client: Client, *more: object) -> str:
    return reverse(f"therapy:{name}", args=[client.pk, *more])


def when(person: Person, client: Client, **given: Any) -> dict[str, str]:
    plain = {
        "scope": f"{person.membership.pk}:{client.pk}",
        "new_id": str(uuid7()),
        "minutes": "50",
        "format": "in_person",
        "date": DAY.isoformat(),
        "time": "10:00",
    }
    return {**plain, **given}


def book(person: Person, client: Client, **given: Any) -> Any:
    return signed_in(person).post(at("plan_session", client), when(person, client, **given))


def sessions(person: Person) -> list[TherapySession]:
    with acting_as(person.actor):
        return list(TherapySession.objects.order_by("starts_at"))


def test_booked_once_by_the_clinics_clock(tara: Person, ben: Client) -> None:
    page = signed_in(tara).get(at("plan_session", ben))
    assert page.status_code == 200 and page.context["form"]["minutes"].value() == 50
    fields = when(tara, ben, date=date(DAY.year, 7, 1).isoformat())
    for _press in range(2):
        assert signed_in(tara).post(at("plan_session", ben), fields).headers["Location"] == reverse("dashboard:record", args=[ben.pk])
    (session,) = sessions(tara)
    assert session.starts_at.utcoffset() == timedelta(0) and session.starts_at.hour == 9, "ten o'clock in London in summer"
    assert session.therapist_id == tara.user.pk


def test_ten_and_ten_fifty_go_together_ten_forty_nine_does_not(tara: Person, ben: Client, cleo: Client) -> None:
    assert book(tara, ben).status_code == 302
    page = book(tara, cleo, time="10:49")
    assert page.status_code == 200 and "10:00 to 10:50" in page.context["form"].errors["time"][0]
    assert book(tara, cleo, time="10:50").status_code == 302 and len(sessions(tara)) == 2


@pytest.mark.parametrize(("day", "clock", "minutes"), [("01-11", "23:30", "90"), ("10-31", "01:30", "60"), ("10-25", "01:30", "120"), ("03-28", "00:30", "60")])
def test_midnight_and_the_change_of_the_clocks_are_no_trouble(tara: Person, ben: Client, day: str, clock: str, minutes: str) -> None:
    assert book(tara, ben, date=f"{DAY.year}-{day}", time=clock, minutes=minutes).status_code == 302
    (session,) = sessions(tara)
    assert session.minutes == int(minutes)


ROUGH = [
    ("date", "0202-01-01"),
    ("date", "9999-12-31"),
    ("date", ""),
    ("time", "24:00"),
    ("minutes", "7,5"),
    ("minutes", "481"),
    ("format", "x"),
    ("new_id", ""),
]


@pytest.mark.parametrize(("field", "value"), ROUGH)
def test_rough_input_stands_beside_its_field(tara: Person, ben: Client, field: str, value: str) -> None:
    page = book(tara, ben, **{field: value})
    assert page.status_code == 200 and page.context["form"].errors and not sessions(tara)


def test_moved_and_an_older_form_is_told_where_it_stands(tara: Person, ben: Client, cleo: Client) -> None:
    book(tara, ben)
    book(tara, cleo, time="12:00")
    session, browser = sessions(tara)[0], signed_in(tara)
    address = at("session_move", ben, session.pk)
    page = browser.get(address)
    assert page.status_code == 200 and str(page.context["form"]["date"].value()) == DAY.isoformat()
    taken = browser.post(address, when(tara, ben, version="1", time="12:30"))
    assert taken.status_code == 200 and "12:00 to 12:50" in taken.context["form"].errors["time"][0]
    assert browser.post(address, when(tara, ben, version="1", time="15:00")).status_code == 302
    stale = browser.post(address, when(tara, ben, version="1", time="16:00"))
    assert stale.status_code == 409 and "15:00" in stale.content.decode() and str(stale.context["form"]["version"].value()) == "2"
    assert browser.post(address, when(tara, ben, version="2", time="16:00")).status_code == 302
    assert sorted(session.starts_at.hour for session in sessions(tara)) == [12, 16]


def test_cancelled_by_one_side_frees_the_time(tara: Person, ben: Client, cleo: Client) -> None:
    book(tara, ben)
    session, browser = sessions(tara)[0], signed_in(tara)
    fields = {"scope": f"{tara.membership.pk}:{ben.pk}", "version": "1"}
    assert browser.post(at("session_cancel", ben, session.pk), {**fields, "state": "no_show"}).status_code == 302
    assert sessions(tara)[0].state == "planned"
    for _press in range(2):
        assert browser.post(at("session_cancel", ben, session.pk), {**fields, "state": "cancelled_by_client"}).status_code == 302
    assert sessions(tara)[0].state == "cancelled_by_client" and book(tara, cleo).status_code == 302
    assert browser.get(at("session_move", ben, session.pk)).status_code == 404


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "vera", "ben_portal", "ada"])
def test_others_book_nothing(outsider: str, request: pytest.FixtureRequest, tara: Person, ben: Client) -> None:
    person = request.getfixturevalue(outsider)
    assert signed_in(person).get(at("plan_session", ben)).status_code == 404
    assert book(person, ben).status_code == 404 and not sessions(tara)
