"""Wrong passwords slow down the address that is tried, not the house it is tried from (case G03)."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from django.test import override_settings

from tests import cast
from tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def source() -> Iterator[str]:
    """A network address that no other test has used: the counts outlive a test."""
    yield f"198.18.{random.randrange(256)}.{random.randrange(256)}"


@pytest.fixture
def bo(ada: Person, request: pytest.FixtureRequest) -> Person:
    """Named after the test, so that its counts are its own."""
    return cast.member(ada.membership.clinic, "therapist", f"bo.{request.node.name.lower()}")


def sign_in(address: str, password: str, source: str, **headers: str) -> Any:
    return Browser(REMOTE_ADDR=source, headers=headers).post(LOGIN, {"login": address, "password": password})


def wrong(person: Person, source: str, times: int, **headers: str) -> list[Any]:
    return [sign_in(person.user.email, f"wrong {number}", source, **headers) for number in range(times)]


def said(answer: Any) -> str:
    return str(answer.context["form"].non_field_errors())


def test_twenty_wrong_passwords_for_one_leave_the_others_of_the_house_alone(bo: Person, tara: Person, ada: Person, source: str) -> None:
    answers = wrong(bo, source, 20)
    assert "do not fit together" in said(answers[0]) and "many tries" in said(answers[19])
    clients = [cast.member(ada.membership.clinic, "therapist", f"colleague{number}") for number in range(10)]
    for person in (tara, ada, *clients):
        assert sign_in(person.user.email, PASSWORD, source).headers["Location"] == "/"


def test_the_slowed_person_is_told_how_long_and_the_reset_stays_open(bo: Person, source: str) -> None:
    wrong(bo, source, 6)
    for where in (source, "198.51.100.7"):
        answer = sign_in(bo.user.email, PASSWORD, where)
        assert answer.status_code == 200 and "wait 5 minutes" in said(answer) and "by e-mail works at once" in said(answer)
    assert Browser(REMOTE_ADDR=source).post("/accounts/password/reset/", {"email": bo.user.email}).status_code == 302


def test_letter_case_and_blanks_do_not_escape(bo: Person, source: str) -> None:
    for number in range(5):
        sign_in(bo.user.email.upper() + " " * number, "wrong", source)
    assert "many tries" in said(sign_in(bo.user.email, PASSWORD, source))


def test_another_spelling_of_this_host_does_not_escape(bo: Person, source: str) -> None:
    """A `Host:` header may name any port, in any letter case, and is the visitor's own word."""
    for number in range(5):
        sign_in(bo.user.email, "wrong", source, host=f"TestServer:{number + 1}")
    assert "many tries" in said(sign_in(bo.user.email, PASSWORD, source))


def test_an_unknown_address_is_slowed_alike(source: str, ada: Person) -> None:
    nobody = f"nobody-{source}@example.org"
    answers = [sign_in(nobody, "wrong", source) for _time in range(6)]
    assert "many tries" not in said(answers[4]) and "many tries" in said(answers[5])


def test_a_right_password_in_between_does_not_count(bo: Person, source: str) -> None:
    for _round in range(3):
        wrong(bo, source, 1)
        assert sign_in(bo.user.email, PASSWORD, source).status_code == 302


def test_a_forged_header_does_not_escape(bo: Person, ada: Person, source: str) -> None:
    """61 sign-ins a minute from one machine are too many, whatever address it claims to have."""
    answers = [sign_in(f"x{number}@example.org", "", source, x_forwarded_for=f"192.0.2.{number}") for number in range(61)]
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    assert answers[60].status_code == 429 and answers[60].headers["Retry-After"] == "60" and "Please wait a little" in answers[60].content.decode()


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_the_header_of_the_configured_proxy_counts(ada: Person, source: str) -> None:
    proxy = "10.0.0.1"
    for number in range(61):
        last = sign_in(f"x{number}@example.org", "", proxy, x_forwarded_for=f"6.6.6.{number}, {source}")
    assert last.status_code == 429, "the last hop is the proxy's word, what stands before it is the visitor's"
    assert sign_in("y@example.org", "", proxy, x_forwarded_for="203.0.113.254").status_code == 200
