"""Breaking the glass: an admin reads one record for a few hours, and everybody whom it concerns can see it."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from accounts.sessions import SINCE
from audit.models import AuditEvent
from clients.models import CareAssignment, CheckIn, Client, ClientSummary
from clients.selectors import emergencies
from clients.services import break_glass, end_glass, end_staff_role, write_summary
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7
from dashboard.verbs import VERBS
from tests import cast
from tests.access.addresses import addresses
from tests.access.canaries import fill_record, put_canaries
from tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
WHY = "She rang, and nobody else is here."
Owner = Callable[[], Any]


def reader(admin: Person) -> Actor:
    """As the gate lets her act."""
    return Actor("therapist", admin.user.pk, admin.actor.clinic_id)


def office(admin: Person, *, signed_in: float = 0) -> Browser:
    """Her browser; `signed_in` seconds ago."""
    browser = Browser()
    browser.force_login(admin.user)
    session = browser.session
    session[SINCE] = time.time() - signed_in
    session.save()
    return browser


@pytest.fixture
def eva(ada: Person) -> Person:
    """A second admin."""
    return cast.member(ada.membership.clinic, "admin", "Eva")


def sent(admin: Person, who: Client, **changes: Any) -> dict[str, Any]:
    fields = {"scope": str(admin.membership.pk), "new_id": str(uuid7()), "client": str(who.pk), "reason": "away", "why": WHY, "hours": "2"}
    return {**fields, **changes}


def about_one_client() -> Iterator[str]:
    """Names of the addresses under /clients/<uuid>/ that need no other id."""
    return (each.name for each in addresses() if each.gate.startswith("client:") and each.parameters == ("client_id",))


def visible(admin: Person) -> set[UUID]:
    with acting_as(reader(admin)):
        return set(Client.objects.values_list("pk", flat=True))


# ---- the wall


def test_an_admin_reads_this_record_alone_until_it_ends(ada: Person, eva: Person, ben: Client, cleo: Client, as_owner: Owner) -> None:
    assert visible(ada) == set(), "without a reason nothing is open"
    glass = cast.emergency(ada, ben)
    assert visible(ada) == {ben.pk}
    assert visible(eva) == set(), "nor for another admin"
    with acting_as(reader(ada)):
        assert Client.objects.filter(pk=ben.pk).exists()
        with as_owner():
            CareAssignment.objects.filter(pk=glass.pk).update(ends_at=timezone.now() - timedelta(seconds=1), starts_at=timezone.now() - timedelta(hours=1))
        assert not Client.objects.filter(pk=ben.pk).exists(), "the next statement is blind, in an open transaction too"


def test_she_writes_nothing_in_it(ada: Person, tara: Person, ben: Client, as_owner: Owner) -> None:
    with acting_as(tara.actor):
        write_summary(client=ben, version=0, summary="as it was", story="", by=tara.actor)
    cast.emergency(ada, ben)

    def change(by: Actor) -> int:
        with acting_as(by):
            return Client.objects.filter(pk=ben.pk).update(gp="x") + ClientSummary.objects.filter(client=ben).update(summary="x")

    assert change(reader(ada)) == 0
    with pytest.raises(ProgrammingError), acting_as(reader(ada)):
        ClientSummary.objects.bulk_create([ClientSummary(client=ben, clinic_id=ben.clinic_id, created_by=ada.user)])
    assert change(tara.actor) == 2, "the same by the therapist works"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_at": timedelta(hours=4, minutes=1)}, IntegrityError),
        ({"reason": ""}, IntegrityError),
        ({"why": ""}, IntegrityError),
        ({"starts_at": timedelta(hours=1), "ends_at": timedelta(hours=2)}, ProgrammingError),
        ({"therapist": "sam"}, ProgrammingError),
        ({}, None),
    ],
    ids=["five hours", "no reason", "no words", "ahead", "for somebody else", "as it is meant"],
)
def test_the_database_holds_the_limits_itself(changes: dict[str, Any], refusal: type[DatabaseError] | None, ada: Person, sam: Person, ben: Client) -> None:
    now = timezone.now()
    moments = {"starts_at": timedelta(), "ends_at": timedelta(hours=4)} | {key: value for key, value in changes.items() if key.endswith("_at")}
    row = CareAssignment(client=ben, clinic_id=ben.clinic_id, kind="break_glass", reason=changes.get("reason", "away"), why=changes.get("why", WHY))
    row.therapist = sam.user if "therapist" in changes else ada.user
    row.created_by, row.starts_at, row.ends_at = ada.user, now + moments["starts_at"], now + moments["ends_at"]
    if refusal is None:
        with acting_as(ada.actor):
            row.save(force_insert=True)
    else:
        with pytest.raises(refusal), acting_as(ada.actor):
            row.save(force_insert=True)


def test_it_is_ended_and_never_prolonged(ada: Person, ben: Client) -> None:
    glass = cast.emergency(ada, ben)
    for changes in ({"ends_at": glass.ends_at + timedelta(hours=1)}, {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=4)}):
        with pytest.raises(ProgrammingError), acting_as(ada.actor):
            CareAssignment.objects.filter(pk=glass.pk).update(**changes)
    with acting_as(ada.actor):
        assert end_glass(assignment=glass, by=ada.actor) and not end_glass(assignment=glass, by=ada.actor)
    assert visible(ada) == set()


def test_ending_the_role_ends_it(ada: Person, eva: Person, ben: Client) -> None:
    cast.emergency(eva, ben)
    with acting_as(ada.actor):
        end_staff_role(membership=eva.membership, by=ada.actor)
    assert visible(eva) == set()


# ---- the service


def test_who_may_not_and_what_is_refused(ada: Person, tara: Person, olu: Person, ben: Client) -> None:
    def try_it(person: Person, **changes: Any) -> CareAssignment:
        given: dict[str, Any] = {"reason": "away", "why": WHY, "hours": 1, **changes}
        with acting_as(person.actor):
            return break_glass(client=ben, new_id=uuid7(), by=person.actor, **given)

    for person in (tara, olu):
        with pytest.raises(PermissionDenied):
            try_it(person)
    for changes, field in (({"hours": 5}, "hours"), ({"hours": 0}, "hours"), ({"reason": "curious"}, "reason"), ({"why": "  "}, "why")):
        with pytest.raises(Refused) as refused:
            try_it(ada, **changes)
        assert refused.value.field == field
    try_it(ada)
    with pytest.raises(Refused):
        try_it(ada)


def test_the_trail_says_it_in_words(ada: Person, ben: Client) -> None:
    glass = cast.emergency(ada, ben, hours=3)
    with acting_as(ada.actor):
        end_glass(assignment=glass, by=ada.actor)
        found = AuditEvent.objects.filter(client_id=ben.pk, verb__startswith="emergency").order_by("at").values_list("verb", "detail", "actor_id")
        assert list(found) == [
            ("emergency_opened", {"reason": "away", "hours": 3}, ada.user.pk),
            ("emergency_ended", {}, ada.user.pk),
        ]
    assert {verb for verb, _detail, _who in found} <= VERBS.keys()


# ---- the page that opens it


def test_opening_a_record_shows_it_with_a_banner(ada: Person, ben: Client) -> None:
    browser = office(ada)
    assert b"Ben" in browser.get(reverse("clients:emergency")).content
    fields = sent(ada, ben)
    for _press in range(2):
        answer = browser.post(reverse("clients:emergency"), fields)
        assert answer.headers["Location"] == reverse("dashboard:record", args=[ben.pk])
    with acting_as(ada.actor):
        glass = CareAssignment.objects.get(kind="break_glass")
        assert glass.ends_at is not None and glass.ends_at - glass.starts_at == timedelta(hours=2)
    page = browser.get(reverse("dashboard:record", args=[ben.pk]))
    assert page.status_code == 200 and f"until {timezone.localtime(glass.ends_at):%H:%M}" in page.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize(("field", "value"), [("client", ""), ("reason", ""), ("why", " "), ("hours", "9"), ("why", "x" * 501)])
def test_what_is_missing_is_said_beside_its_field(field: str, value: str, ada: Person, ben: Client) -> None:
    page = office(ada).post(reverse("clients:emergency"), sent(ada, ben, **{field: value}))
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field}
    assert visible(ada) == set()


def test_whoever_signed_in_a_while_ago_signs_in_again_and_the_text_is_kept(ada: Person, ben: Client) -> None:
    address = reverse("clients:emergency")
    assert office(ada, signed_in=290).get(address).status_code == 200
    browser = office(ada, signed_in=310)
    asked = browser.get(address)
    assert asked.status_code == 302 and asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    wrong = browser.post(reverse("account_reauthenticate"), {"password": "not this one", "next": address})
    assert wrong.status_code == 200 and browser.get(address).status_code == 302
    refused = browser.post(address, sent(ada, ben))
    assert refused.headers["Location"].startswith(reverse("account_reauthenticate")) and visible(ada) == set()
    back = browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address})
    assert back.headers["Location"] == address
    kept = browser.get(address)
    assert WHY in kept.content.decode()
    assert browser.post(address, sent(ada, ben)).headers["Location"] == reverse("dashboard:record", args=[ben.pk])


def test_nobody_else_has_that_page(tara: Person, ben_portal: Person) -> None:
    for person in (tara, ben_portal):
        assert office(person).get(reverse("clients:emergency")).status_code == 404


# ---- reading


def test_every_page_of_the_record_has_the_banner_and_no_form_of_it_does_anything(
    ada: Person, tara: Person, ben: Client, ben_portal: Person, library: None
) -> None:
    fill_record(tara, ben, ben_portal)
    browser, names = office(ada), list(about_one_client())
    before = {name: browser.get(reverse(name, args=[ben.pk])).status_code for name in names}
    assert set(before.values()) == {404}, "and without the glass none is there"
    cast.emergency(ada, ben)
    read = 0
    for name in names:
        address = reverse(name, args=[ben.pk])
        page = browser.get(address)
        assert page.status_code in (200, 404, 405), name
        if page.status_code == 200:
            read += 1
            text = page.content.decode()
            assert "You read this record in an emergency" in text, name
            assert text.count('method="post"') == text.count("/end/") + text.count('action="/accounts/'), f"{name} offers a form"
        assert browser.post(address, {"scope": f"{ada.membership.pk}:{ben.pk}", "note": "x"}).status_code == 404, name
    assert read >= 10


def test_what_stays_closed(ada: Person, tara: Person, ben: Client, ben_portal: Person, library: None, as_owner: Owner) -> None:
    fill_record(tara, ben, ben_portal)
    cast.emergency(ada, ben)
    record = put_canaries(ben, as_owner)
    closed = {canary.word for canary in record.canaries if canary.private or canary.author}
    browser = office(ada)
    said = "".join(browser.get(reverse(name, args=[ben.pk])).content.decode() for name in about_one_client())
    assert not {word for word in closed if word in said}
    assert {word for word in record.words(private=False) - closed if word in said}, "and what is shared is read"
    with acting_as(reader(ada)):
        assert CheckIn.objects.exists() and not CheckIn.objects.filter(visibility="only_me").exists()


def test_after_its_end_the_record_is_as_if_it_were_not_there(ada: Person, ben: Client) -> None:
    browser, glass = office(ada), cast.emergency(ada, ben)
    missing = browser.get(reverse("dashboard:record", args=[uuid7()]))
    scope = {"scope": f"{ada.membership.pk}:{ben.pk}"}
    assert browser.post(reverse("clients:end_emergency", args=[glass.pk]), scope).headers["Location"] == reverse("dashboard:clinic")
    closed = browser.get(reverse("dashboard:record", args=[ben.pk]))
    assert (closed.status_code, closed.content) == (missing.status_code, missing.content) and closed.status_code == 404


def test_another_admin_may_end_it_and_a_therapist_may_not(ada: Person, eva: Person, tara: Person, ben: Client) -> None:
    glass = cast.emergency(ada, ben)
    address = reverse("clients:end_emergency", args=[glass.pk])
    assert office(tara).post(address, {"scope": str(tara.membership.pk)}).status_code == 404
    assert visible(ada) == {ben.pk}
    office(eva).post(address, {"scope": str(eva.membership.pk)})
    assert visible(ada) == set()


def test_an_ended_therapist_who_is_admin_does_not_read_by_an_old_assignment(ada: Person, ben: Client, as_owner: Owner) -> None:
    """Only the glass opens a record to the office: a co-therapy that was left over does not."""
    with as_owner():
        row = CareAssignment(client=ben, clinic_id=ben.clinic_id, therapist=ada.user, kind="co", starts_at=timezone.now() - timedelta(days=1))
        row.save(force_insert=True)
    assert office(ada).get(reverse("dashboard:record", args=[ben.pk])).status_code == 404


# ---- who is told


def test_the_team_the_office_and_the_client_see_it(ada: Person, eva: Person, tara: Person, ben: Client, cleo: Client, ben_portal: Person) -> None:
    desk, portal = office(tara), office(ben_portal)
    places = {"record": reverse("dashboard:record", args=[ben.pk]), "team": reverse("clients:team", args=[ben.pk]), "caseload": reverse("dashboard:caseload")}
    said = "opened this record in an emergency"
    assert all(said not in desk.get(place).content.decode() for place in places.values())
    assert "in an emergency" not in portal.get(reverse("portal:privacy")).content.decode()
    cast.emergency(ada, ben)
    office(ada).get(places["record"])
    pages = {name: desk.get(place).content.decode() for name, place in places.items()}
    assert said in pages["record"] and WHY in pages["record"]
    assert said in pages["caseload"] and WHY not in pages["caseload"]
    assert "Opened in an emergency" in pages["team"] and WHY in pages["team"]
    assert said not in desk.get(reverse("dashboard:record", args=[cleo.pk])).content.decode()
    review = office(eva).get(reverse("dashboard:clinic")).content.decode()
    assert WHY in review and 'by <bdi class="voice">Ada' in review
    hers = portal.get(reverse("portal:privacy")).content.decode()
    assert "Opened in an emergency" in hers and "the therapist cannot be reached" in hers and "clinic office, in an emergency" in hers
    assert WHY not in hers and not mail.outbox


def test_the_client_does_not_get_the_words(ada: Person, ben: Client, ben_portal: Person) -> None:
    cast.emergency(ada, ben)
    with acting_as(ben_portal.actor):
        assert [one.why for one in emergencies(None, why=False, client=ben)] == [""]
        with pytest.raises(ProgrammingError), transaction.atomic():
            emergencies(None, client=ben)
    assert connection.is_usable()


def test_an_old_one_leaves_the_desk_and_stays_on_the_team_page(ada: Person, tara: Person, ben: Client, as_owner: Owner) -> None:
    glass = cast.emergency(ada, ben)
    with as_owner():
        before = timezone.now() - timedelta(days=31)
        CareAssignment.objects.filter(pk=glass.pk).update(starts_at=before - timedelta(hours=1), ends_at=before)
    desk = office(tara)
    assert "in an emergency" not in desk.get(reverse("dashboard:record", args=[ben.pk])).content.decode()
    assert "in an emergency" in desk.get(reverse("clients:team", args=[ben.pk])).content.decode()
