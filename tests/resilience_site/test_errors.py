"""The pages that say something went wrong: neutral words, the request's id, nothing of what broke."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path

from core.gates import public_view
from core.ids import uuid7
from resilience_site import urls as site
from tests.cast import Person

pytestmark = pytest.mark.django_db
SECRET = "what somebody wrote"


@public_view
def breaks(request: HttpRequest, kind: str) -> HttpResponse:
    raise {"400": SuspiciousOperation(SECRET), "403": PermissionDenied(SECRET), "500": ValueError(SECRET)}[kind]


urlpatterns = [path("breaks/<str:kind>/", breaks), *site.urlpatterns]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("kind", ["400", "403", "500"])
def test_a_page_says_what_to_do_and_gives_a_number(kind: str) -> None:
    answer = Browser(raise_request_exception=False).get(f"/breaks/{kind}/")
    text = answer.content.decode()
    assert answer.status_code == int(kind) and answer.headers["X-Request-Id"] in text
    assert SECRET not in text and "Error" not in text and "breaks" not in text and "<h1>" in text
    assert "Content-Security-Policy" in answer.headers and answer.headers["Cache-Control"] == "no-store"


def test_not_there_is_the_same_page_every_time() -> None:
    one, two = Browser().get("/no/such/page/"), Browser().get("/neither/")
    assert one.status_code == two.status_code == 404 and one.content == two.content
    assert one.headers["X-Request-Id"] != two.headers["X-Request-Id"] and one.headers["X-Request-Id"] not in one.content.decode()


def test_exit_signs_out_from_there_too(tara: Person) -> None:
    browser = Browser(enforce_csrf_checks=True)
    assert "data-exit-signout" not in browser.get("/no/such/page/").content.decode()
    browser.force_login(tara.user)
    browser.get("/accounts/profile/")  # any page with a form: the cookie is there
    one, two = browser.get("/no/such/page/"), browser.get(f"/clients/{uuid7()}/")
    assert one.status_code == two.status_code == 404 and one.content == two.content
    where = re.search(r'data-exit-signout="([^"]+)" data-exit-token="(\w+)"', one.content.decode())
    assert where
    assert browser.post(where[1], {"csrfmiddlewaretoken": where[2][::-1]}).status_code == 403 and "_auth_user_id" in browser.session
    assert browser.post(where[1], {"csrfmiddlewaretoken": where[2]}).status_code == 302 and "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "where", ["/\0/", "/%00/", "/%ff/", "/clients/\u202e/", "/?next=%00", "/accounts/login/?next=%00", "/invite/%00/", "/clients/new/?a=%ff", "/%F0%9F%99%82/"]
)
def test_rough_addresses_never_break_anything(where: str) -> None:
    assert Browser().get(where).status_code < 500


@pytest.mark.parametrize("host", ["evil.example", "a b", "x" * 300, "", "[::", "testserver:99999999"])
def test_a_foreign_host_is_refused_neutrally(host: str) -> None:
    answer = Browser().get("/accounts/login/", headers={"host": host})
    assert answer.status_code in (200, 400) and "DisallowedHost" not in answer.content.decode() and "ALLOWED_HOSTS" not in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_the_broken_page_does_not_ask_who_is_signed_in(django_assert_num_queries: object) -> None:
    """That is in the database, which may be what broke."""
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Browser(raise_request_exception=False).get("/breaks/500/").status_code == 500
