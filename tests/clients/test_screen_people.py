"""/clinic/people/: the office sees who works here, invites, withdraws, sends again, ends a role and gives it back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Invitation, Membership
from audit.models import AuditEvent
from clients.models import Client
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
PEOPLE = "/clinic/people/"


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def form_for(person: Person, **given: Any) -> dict[str, Any]:
    plain = {"scope": str(person.membership.pk), "new_id": str(uuid7()), "name": "Eve", "email": " Eve@Example.org", "role": "therapist"}
    return {**plain, **given}


def scope(person: Person) -> dict[str, str]:
    return {"scope": str(person.membership.pk)}


def invitations() -> list[tuple[str, str, str]]:
    with as_role(connection, "app_owner"):
        return list(Invitation.objects.order_by("created_at").values_list("email", "role", "state"))


def newest() -> Invitation:
    with as_role(connection, "app_owner"):
        return Invitation.objects.latest("created_at")


def test_it_lists_the_staff_with_their_roles_and_nobody_else(ada: Person, tara: Person, ben_portal: Person, olu: Person) -> None:
    with as_role(connection, "app_owner"):
        Membership.objects.create(user=ada.user, clinic=ada.membership.clinic, role="therapist")
    page = signed_in(ada).get(PEOPLE)
    found = {member.user.name: [role.role for role in member.roles] for member in page.context["members"]}
    assert found == {"Ada": ["admin", "therapist"], "Tara": ["therapist"]}
    text = page.content.decode()
    assert "tara@example.org" in text and "ben@example.org" not in text and "olu@example.org" not in text


def test_inviting_sends_one_link_in_one_role(ada: Person, django_capture_on_commit_callbacks: Any) -> None:
    browser, given = signed_in(ada), form_for(ada)
    with django_capture_on_commit_callbacks() as callbacks:
        assert browser.post(PEOPLE, given).headers["Location"] == PEOPLE
        assert browser.post(PEOPLE, given).headers["Location"] == PEOPLE
    assert invitations() == [("eve@example.org", "therapist", "sent")] and len(callbacks) == 1
    text = browser.get(PEOPLE).content.decode()
    assert "eve@example.org" in text and newest().token not in text


def test_sending_again_closes_the_earlier_link(ada: Person) -> None:
    browser = signed_in(ada)
    browser.post(PEOPLE, form_for(ada))
    again = reverse("clients:invite_again", args=[newest().pk])
    assert browser.get(again).status_code == 405
    assert browser.post(again, scope(ada)).headers["Location"] == PEOPLE
    assert invitations() == [("eve@example.org", "therapist", "withdrawn"), ("eve@example.org", "therapist", "sent")]


def test_withdrawing_takes_it_off_the_list(ada: Person) -> None:
    browser = signed_in(ada)
    browser.post(PEOPLE, form_for(ada))
    browser.post(reverse("clients:withdraw_staff", args=[newest().pk]), scope(ada))
    assert invitations() == [("eve@example.org", "therapist", "withdrawn")] and not browser.get(PEOPLE).context["invitations"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "a\0b"), ("name", "\u200b"), ("email", "no address"), ("email", "a\0@example.org"), ("email", "a@example.org\nBcc: x@example.org"),
     ("role", "client"), ("role", "boss"), ("new_id", "x")],
)  # fmt: skip
def test_rough_input_is_answered_beside_the_field(ada: Person, field: str, value: str) -> None:
    page = signed_in(ada).post(PEOPLE, form_for(ada, **{field: value}))
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field} and not invitations()


def test_a_role_somebody_has_is_refused_and_another_one_is_not(ada: Person, tara: Person) -> None:
    browser = signed_in(ada)
    page = browser.post(PEOPLE, form_for(ada, email="TARA@example.org"))
    assert page.context["form"].errors.keys() == {"email"} and not invitations()
    browser.post(PEOPLE, form_for(ada, email="TARA@example.org", role="admin"))
    assert invitations() == [("tara@example.org", "admin", "sent")]


def change(browser: Browser, admin: Person, membership: Membership, active: str) -> Any:
    return browser.post(reverse("clients:change_role", args=[membership.pk]), {**scope(admin), "active": active}, follow=False)


def test_an_ended_role_closes_the_desk_at_once_and_can_be_given_back(ada: Person, tara: Person) -> None:
    office, desk = signed_in(ada), signed_in(tara)
    assert desk.get("/clients/new/").status_code == 200
    change(office, ada, tara.membership, "no")
    assert desk.get("/clients/new/").headers["Location"].startswith("/accounts/login/")
    again = signed_in(tara)
    assert again.get("/clients/new/").status_code == 404 and "no clinic is open" in again.get("/").content.decode()
    change(office, ada, tara.membership, "yes")
    assert signed_in(tara).get("/clients/new/").status_code == 200
    with as_role(connection, "app_owner"):
        assert list(AuditEvent.objects.filter(verb__startswith="role_").order_by("at").values_list("verb", flat=True)) == ["role_ended", "role_given_back"]


def test_a_clinic_keeps_an_admin(ada: Person, tara: Person) -> None:
    office = signed_in(ada)
    change(office, ada, ada.membership, "no")
    assert "needs an admin" in office.get(PEOPLE).content.decode() and Membership.objects.get(pk=ada.membership.pk).active
    second = cast.member(ada.membership.clinic, "admin", "Una")
    change(office, ada, ada.membership, "no")
    assert not Membership.objects.get(pk=ada.membership.pk).active and Membership.objects.get(pk=second.membership.pk).active


def test_what_is_not_the_clinics_staff_is_not_there(ada: Person, olu: Person, ben_portal: Person, ben: Client) -> None:
    office = signed_in(ada)
    for membership in (olu.membership, ben_portal.membership):
        assert change(office, ada, membership, "no").status_code == 404 and Membership.objects.get(pk=membership.pk).active
    with as_role(connection, "app_owner"):
        client_invitation = Invitation.objects.get(role="client")
    for name in ("clients:invite_again", "clients:withdraw_staff"):
        assert office.post(reverse(name, args=[client_invitation.pk]), scope(ada)).status_code == 404


@pytest.mark.parametrize("who", ["tara", "ben_portal"])
def test_only_the_office_finds_these_pages(who: str, ada: Person, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    signed_in(ada).post(PEOPLE, form_for(ada))
    browser = signed_in(person)
    assert browser.get(PEOPLE).status_code == 404 and browser.post(PEOPLE, form_for(person)).status_code == 404
    assert change(browser, person, ada.membership, "no").status_code == 404
    assert browser.post(reverse("clients:withdraw_staff", args=[newest().pk]), scope(person)).status_code == 404
    assert [state for _email, _role, state in invitations()][-1] == "sent"
