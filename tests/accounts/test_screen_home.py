"""Where a day begins, working in another role, light or dark, one's own profile."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from access.gates import SESSION_KEY
from accounts.models import User
from audit.models import AuditEvent
from tests import cast
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def test_signed_out_the_start_is_the_sign_in_page() -> None:
    assert Browser().get("/").headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize(("who", "home"), [("tara", "/caseload/"), ("ada", "/clinic/"), ("ben_portal", "/portal/")])
def test_signed_in_the_start_is_the_home_of_the_role(who: str, home: str, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/").headers["Location"] == home


def test_somebody_without_a_role_is_told_so(ada: Person) -> None:
    with as_role(connection, "app_owner"):
        User.objects.create_user("nobody@example.org", "a quiet lantern 7", name="Nobody")
    browser = Browser()
    browser.force_login(User.objects.get(email="nobody@example.org"))
    page = browser.get("/")
    assert page.status_code == 200 and "no clinic is open to you" in page.content.decode()


def test_she_switches_to_another_of_her_roles(ada: Person) -> None:
    """Ada is admin of one clinic and therapist in another: the choice is kept, and the next page is that role's home."""
    other, _omar = cast.clinic("Otherwell", "Omar")
    with as_role(connection, "app_owner"):
        from accounts.services import add_member

        second = add_member(clinic=other, role="therapist", name="Ada", email=ada.user.email, password=None)
    browser = signed_in(ada)
    answer = browser.post(reverse("accounts:switch"), {"membership": str(second.pk)})
    assert answer.headers["Location"] == "/caseload/"
    assert browser.session[SESSION_KEY] == str(second.pk)
    assert browser.get("/").headers["Location"] == "/caseload/"
    browser.post(reverse("accounts:switch"), {"membership": str(ada.membership.pk)})
    assert browser.get("/").headers["Location"] == "/clinic/"


@pytest.mark.parametrize("wanted", ["", "nonsense", "a\0b", "00000000-0000-0000-0000-000000000000"])
def test_switching_to_what_is_not_hers_is_refused(tara: Person, wanted: str) -> None:
    browser = signed_in(tara)
    assert browser.post(reverse("accounts:switch"), {"membership": wanted}).status_code == 404
    assert SESSION_KEY not in browser.session


def test_switching_to_somebody_elses_membership_is_refused(tara: Person, sam: Person) -> None:
    browser = signed_in(tara)
    assert browser.post(reverse("accounts:switch"), {"membership": str(sam.membership.pk)}).status_code == 404
    assert browser.get(reverse("accounts:switch")).status_code == 405


def test_signed_out_switching_leads_to_the_sign_in_page(tara: Person) -> None:
    answer = Browser().post(reverse("accounts:switch"), {"membership": str(tara.membership.pk)})
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_the_theme_is_kept_in_a_cookie() -> None:
    browser = Browser()
    answer = browser.post(reverse("accounts:theme"), {"theme": "dark", "next": "/help-now/?a=1"})
    assert answer.headers["Location"] == "/help-now/?a=1" and answer.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in browser.get("/accounts/login/").content.decode()
    assert browser.post(reverse("accounts:theme"), {"theme": "system"}).cookies["theme"]["max-age"] == 0
    assert "data-theme" not in browser.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "", "evil", "///evil.example", "\0"])
def test_the_theme_leads_nowhere_else(back: str) -> None:
    answer = Browser().post(reverse("accounts:theme"), {"theme": "purple", "next": back})
    assert answer.headers["Location"] == "/" and answer.cookies["theme"].value == ""


@pytest.mark.parametrize("name", ["B", "x" * 180, "'Olu O’Neill-ʻOkina", "محمد", "👩🏽‍🦱 Mei", "A\u202eb"])
def test_a_name_is_kept_exactly(tara: Person, name: str) -> None:
    browser = signed_in(tara)
    answer = browser.post(reverse("accounts:profile"), {"name": name, "timezone": "Europe/Kiev", "locale": "en-gb"})
    assert answer.headers["Location"] == reverse("accounts:profile")
    user = User.objects.get(pk=tara.user.pk)
    assert (user.name, user.timezone, user.locale) == (name, "Europe/Kyiv", "en-gb")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\0b"),
        ("name", "\u200b\u200d"),
        ("name", "x" * 201),
        ("name", "a\nb"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "a\0b"),
        ("locale", "tlh"),
    ],
)
def test_a_rough_profile_is_answered_beside_the_field(tara: Person, field: str, value: str) -> None:
    given = {"name": "Tara T", "timezone": "Europe/London", "locale": "en-gb", field: value}
    page = signed_in(tara).post(reverse("accounts:profile"), given)
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field}
    assert f'id="id_{field}_error"' in page.content.decode()
    assert User.objects.get(pk=tara.user.pk).name == "Tara"


def test_a_changed_profile_is_on_the_trail(tara: Person) -> None:
    signed_in(tara).post(reverse("accounts:profile"), {"name": "Tara T", "timezone": "Europe/London", "locale": "en-gb"})
    with as_role(connection, "app_owner"):
        assert AuditEvent.objects.filter(verb="profile_changed", actor_id=tara.user.pk).count() == 1


def test_a_client_is_not_asked_for_a_clock_which_is_on_her_record(ben_portal: Person) -> None:
    browser = signed_in(ben_portal)
    assert 'name="timezone"' not in browser.get(reverse("accounts:profile")).content.decode()
    browser.post(reverse("accounts:profile"), {"name": "Benno", "timezone": "Asia/Tokyo", "locale": "en-gb"})
    user = User.objects.get(pk=ben_portal.user.pk)
    assert (user.name, user.timezone) == ("Benno", "")


@pytest.mark.parametrize("who", ["tara", "ada", "ben_portal"])
def test_everybody_has_a_profile_page(who: str, request: pytest.FixtureRequest) -> None:
    page = signed_in(request.getfixturevalue(who)).get(reverse("accounts:profile"))
    assert page.status_code == 200 and "Change password" in page.content.decode()
