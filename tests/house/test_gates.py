"""Every view has one gate: checked at the start, refused at request time, and the list of allauth's views is pinned."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import URLPattern, get_resolver, path
from django.views.decorators.http import require_POST

from access.checks import check_gates, patterns
from access.middleware import ALLAUTH_VIEWS
from clients.gates import portal_view
from core.gates import public_view, signed_in_view

GATES = ("public", "signed_in", "clinic:", "client:", "portal")
CALLED: list[str] = []


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view whose author forgot the gate."""
    CALLED.append("forgotten")
    return HttpResponse("open")


@public_view
def remembered(request: HttpRequest) -> HttpResponse:
    CALLED.append("remembered")
    return HttpResponse("open")


urlpatterns = [path("forgotten/", forgotten, name="forgotten"), path("remembered/", remembered, name="remembered")]


def ungated(found: list[URLPattern]) -> list[str]:
    """Patterns whose view names no gate that the house knows."""
    views = [(pattern, getattr(pattern.callback, "gate", "")) for pattern in found if pattern.name not in ALLAUTH_VIEWS]
    return [f"{pattern.pattern} has no gate: put one on its view (docs/architecture.md, Gate)." for pattern, gate in views if not gate.startswith(GATES)]


@pytest.fixture(autouse=True)
def nothing_called() -> Iterator[None]:
    CALLED.clear()
    yield


def test_every_url_has_one_gate() -> None:
    found = list(patterns(get_resolver()))
    assert len(found) >= len(ALLAUTH_VIEWS)
    assert not ungated(found), "\n".join(ungated(found))


def covered(view: object) -> bool:
    return hasattr(getattr(view, "__wrapped__", None), "gate")


def test_the_gate_is_outermost() -> None:
    """Kept text comes back on GET, also at an address that takes POST alone."""
    assert not (wrong := [p for p in patterns(get_resolver()) if covered(p.callback)]), f"{wrong}: write the gate above require_POST and the like."
    assert covered(require_POST(portal_view(lambda request: HttpResponse())))


def test_allauth_views_are_these_and_no_others() -> None:
    """They work as `app_web` outside every gate, so each was looked at: a new one needs the same look."""
    from accounts import sign_in_urls

    assert set("""
        account_login account_logout account_inactive account_change_password account_reset_password account_reset_password_done
        account_reset_password_from_key account_reset_password_from_key_done account_reauthenticate mfa_index mfa_authenticate mfa_reauthenticate
        mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes mfa_login_webauthn mfa_add_webauthn
        mfa_reauthenticate_webauthn mfa_remove_webauthn
    """.split()) == ALLAUTH_VIEWS == {pattern.name for pattern in sign_in_urls.urlpatterns}  # fmt: skip
    foreign = {pattern.name for pattern in patterns(get_resolver()) if pattern.callback.__module__.startswith("allauth")}
    assert foreign <= ALLAUTH_VIEWS, f"{foreign - ALLAUTH_VIEWS} came in with an include(): list allauth's pages one by one."


@override_settings(ROOT_URLCONF=__name__)
def test_a_forgotten_gate_stops_the_start() -> None:
    assert [(error.id, "forgotten/" in error.msg) for error in check_gates()] == [("access.E001", True)]
    assert len(ungated(urlpatterns)) == 1


@override_settings(ROOT_URLCONF=__name__)
def test_a_forgotten_gate_is_refused_at_request_time() -> None:
    """By the middleware, before the view is called; a gated view beside it answers."""
    browser = Browser()
    assert browser.get("/forgotten/").status_code == 404 and browser.post("/forgotten/").status_code == 404 and not CALLED
    assert browser.get("/remembered/").content == b"open" and CALLED == ["remembered"]


def test_a_second_gate_is_refused() -> None:
    """The outer one alone would be checked."""
    for outer in (public_view, signed_in_view, portal_view):
        assert outer(lambda request: HttpResponse()).gate  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="one is enough"):
        public_view(signed_in_view(lambda request: HttpResponse()))
    with pytest.raises(TypeError, match="one is enough"):
        portal_view(public_view(lambda request: HttpResponse()))
