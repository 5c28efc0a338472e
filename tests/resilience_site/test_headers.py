"""Every answer carries the headers that keep it private: of each address, of what is refused, of what breaks, of static files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.test import override_settings

from tests.access.addresses import addresses, missing
from tests.cast import Person
from tests.resilience_site import test_errors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
WANTED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
METHODS = ("get", "post", "head", "options", "delete")


def lacking(headers: Mapping[str, str], *, stored: bool = False) -> set[str]:
    """What this answer should say and does not."""
    policy = headers.get("Content-Security-Policy", "")
    holds = {name: headers.get(name) == value for name, value in WANTED.items()}
    holds["Referrer-Policy"] |= headers.get("Referrer-Policy") == "no-referrer"  # stricter: an address with a secret in it
    holds["Content-Security-Policy"] = "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    holds["Permissions-Policy"] = all(f"{device}=()" in headers.get("Permissions-Policy", "") for device in ("camera", "microphone", "geolocation"))
    holds["X-Request-Id"] = len(headers.get("X-Request-Id", "")) == 36
    holds["Cache-Control"] = stored or headers.get("Cache-Control") == "no-store"
    return {name for name, good in holds.items() if not good}


def test_every_address_by_every_method(tara: Person) -> None:
    wrong: list[str] = []
    codes = set()
    for address in addresses():
        for person in (None, tara.user):
            browser = Browser(raise_request_exception=False)
            if person:
                browser.force_login(person)
            for method in METHODS:
                answer: Any = getattr(browser, method)(address.url(missing(address)))
                codes.add(answer.status_code)
                wrong += [f"{method} {address.name} ({answer.status_code}): {name}" for name in lacking(answer.headers)]
    assert not wrong, "\n".join(wrong[:40])
    assert {200, 302, 404, 405} <= codes


@override_settings(ROOT_URLCONF=test_errors.__name__)
@pytest.mark.parametrize("kind", ["400", "403", "500"])
def test_what_breaks(kind: str) -> None:
    answer = Browser(raise_request_exception=False).get(f"/breaks/{kind}/")
    assert answer.status_code == int(kind) and not lacking(answer.headers)


def test_what_is_refused_before_any_view() -> None:
    refused = {
        "a foreign host": Browser().get("/accounts/login/", headers={"host": "evil.example"}),
        "a form without its token": Browser(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"}),
        "no such page": Browser().get("/no/such/page/"),
        "no slash": Browser().get("/accounts/login"),
    }
    assert {name: answer.status_code for name, answer in refused.items()} == {
        "a foreign host": 400,
        "a form without its token": 403,
        "no such page": 404,
        "no slash": 301,
    }
    assert {name: lacking(answer.headers) for name, answer in refused.items()} == dict.fromkeys(refused, set())


def test_a_static_file_may_be_stored_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "app.0123456789ab.css").write_text("a {}")
    with override_settings(STATIC_ROOT=str(tmp_path)):
        browser = Browser()
        there, gone = browser.get("/static/app.0123456789ab.css"), browser.get("/static/no.css")
    assert there.status_code == 200 and "max-age" in there.headers["Cache-Control"] and not lacking(there.headers, stored=True)
    assert gone.status_code == 404 and not lacking(gone.headers)


@pytest.mark.parametrize(
    ("left_out", "missed"),
    [
        ("core.middleware.HeadersMiddleware", {"Cache-Control", "Cross-Origin-Resource-Policy", "Permissions-Policy", "X-Robots-Tag"}),
        ("core.middleware.NumberMiddleware", {"X-Request-Id"}),
        ("csp.middleware.CSPMiddleware", {"Content-Security-Policy"}),
        ("django.middleware.security.SecurityMiddleware", {"Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Content-Type-Options"}),
    ],
)
def test_leaving_one_out_is_seen(left_out: str, missed: set[str]) -> None:
    with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if name != left_out]):
        assert lacking(Browser().get("/healthz").headers) == missed
