"""The clinic's settings: each section saved alone, beside a list of what the set-up lacks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import Clinic
from audit.models import AuditEvent
from clients.models import Client
from tests import cast
from tests.cast import Person
from tests.clients.test_screen_people import scope

pytestmark = pytest.mark.django_db
PAGE = "/clinic/settings/"
CLINIC = {"name": "Lanternbrook", "phone": "020 7946 0958", "country": "IE", "timezone": "Europe/Dublin"}


class Office(Browser):
    def __init__(self, ada: Person) -> None:
        super().__init__()
        self.force_login(ada.user)
        self.ada = ada

    def save(self, section: str, fields: dict[str, Any], version: int | None = None) -> Any:
        now = version or Clinic.objects.get(pk=self.ada.membership.clinic_id).version
        named = {f"{section}-{name}": value for name, value in {"version": now, **fields}.items()}
        return self.post(PAGE, {**scope(self.ada), "section": section, **named})


@pytest.fixture
def office(ada: Person) -> Office:
    return Office(ada)


def clinic_now(office: Office) -> Clinic:
    return Clinic.objects.get(pk=office.ada.membership.clinic_id)


def test_each_section_is_saved_and_the_trail_says_what_changed(office: Office, as_owner: Callable[[], Any]) -> None:
    assert office.save("clinic", CLINIC).headers["Location"] == PAGE + "#clinic"
    assert office.save("care", {"session_minutes": 45, "portal_days_after_discharge": 30, "works_with_minors": "yes"}).status_code == 302
    clinic = clinic_now(office)
    assert (clinic.phone, clinic.country, clinic.timezone, clinic.session_minutes) == ("020 7946 0958", "IE", "Europe/Dublin", 45)
    assert clinic.works_with_minors and clinic.portal_days_after_discharge == 30 and clinic.version == 3
    with as_owner():
        details = {event.detail["field"]: event.detail for event in AuditEvent.objects.filter(verb="clinic_changed")}
    assert details["session_minutes"] == {"field": "session_minutes", "from": 50, "to": 45}
    assert details["phone"] == {"field": "phone"}, "The trail keeps no words."


@pytest.mark.parametrize(
    ("section", "field", "typed"),
    [
        ("clinic", "name", ""),
        ("clinic", "country", "XX"),
        ("clinic", "timezone", "Mars/Olympus"),
        ("care", "session_minutes", "0"),
        ("care", "portal_days_after_discharge", "-1"),
        ("care", "works_with_minors", "perhaps"),
        ("sign_in", "second_factor_required", ""),
        ("hours", "day_0", "nine to five"),
        ("hours", "day_0", "9:00"),
        ("hours", "day_0", "17:00-9:00"),
        ("hours", "day_0", "9-12, 11-14"),
        ("hours", "day_0", "9-25"),
        ("hours", "holidays", "Christmas"),
        ("hours", "holidays", "2026-02-30 a day too many"),
    ],
    ids=[f"{number}" for number in range(14)],
)
def test_bad_input_is_answered_beside_the_field_and_stays(office: Office, section: str, field: str, typed: str) -> None:
    rest = {**CLINIC, "session_minutes": 50, "portal_days_after_discharge": 90, "works_with_minors": "no"}
    answer = office.save(section, {**rest, field: typed})
    form = answer.context["forms"][section]
    assert answer.status_code == 200 and list(form.errors) == [field] and (form[field].value() or "") == typed
    assert clinic_now(office).version == 1


def test_an_older_page_is_refused_with_both_texts(office: Office) -> None:
    office.save("clinic", CLINIC)
    late = office.save("clinic", {**CLINIC, "phone": "0800 1"}, version=1)
    page = late.content.decode()
    assert late.status_code == 409 and "020 7946 0958" in page and "0800 1" in page
    assert clinic_now(office).phone == "020 7946 0958"
    again = {name: late.context["forms"]["clinic"][name].value() for name in ("version", *CLINIC)}
    assert office.save("clinic", again, version=again["version"]).status_code == 302 and clinic_now(office).phone == "0800 1"


def test_opening_hours_and_holidays_are_written_as_one_says_them(office: Office) -> None:
    days = "2026-12-26  Boxing Day \n\n2026-12-25\n2026-12-26 twice"
    for week in ({"day_0": "9-12:30, 14.00–18", "day_4": "8:00-24"}, {"day_0": "14.00–18,9-12:30"}):
        assert office.save("hours", {**week, "holidays": days}).status_code == 302
    clinic = clinic_now(office)
    assert clinic.opening_hours == [[["09:00", "12:30"], ["14:00", "18:00"]], [], [], [], [], [], []]
    assert clinic.holidays == [["2026-12-25", ""], ["2026-12-26", "Boxing Day"]]
    page = office.get(PAGE).content.decode()
    assert 'value="09:00-12:30, 14:00-18:00"' in page and "2026-12-26 Boxing Day" in page
    office.save("hours", {})
    assert clinic_now(office).opening_hours == [] == clinic_now(office).holidays


def test_the_checklist_names_what_is_missing_and_forgets_what_is_done(office: Office, ben: Client) -> None:
    page = office.get(PAGE)
    assert {"A second admin", "Opening hours", "A phone number that is answered"} <= {step.title for step in page.context["missing"]}
    assert "Help now says beside the phone number" in page.content.decode()
    cast.member(office.ada.membership.clinic, "admin", "Eva")
    office.save("clinic", CLINIC)
    office.save("hours", {"day_1": "9-17"})
    done = {step.title for step in office.get(PAGE).context["done"]}
    assert {"A second admin", "Opening hours", "A phone number that is answered", "A therapist for everybody in care"} <= done


def test_only_the_office(tara: Person, ben_portal: Person) -> None:
    for person in (tara, ben_portal):
        assert Office(person).get(PAGE).status_code == Office(person).save("clinic", CLINIC).status_code == 404
