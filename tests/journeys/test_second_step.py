"""A passkey from setting up to signing in, with Chromium's own virtual device; and the warning before a sign-in ends."""

import json
import re
import uuid
from typing import Any

import pytest

from tests.browser import DESK, PASSWORD, PHONE, Browser, Page, Visitor, base_url, expect, visitor

STILL_HERE = "**/accounts/still-here/"


@pytest.fixture(autouse=True)
def by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passkeys belong to a name, not to a number."""
    monkeypatch.setenv("BASE_URL", base_url().replace("127.0.0.1", "localhost"))


def with_passkeys(person: Visitor) -> None:
    """The device asks for a finger, and the finger is right."""
    device = person.context.new_cdp_session(person.page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "automaticPresenceSimulation": True}})


def join(chrome: Browser, person: Visitor) -> str:
    """A new colleague, so that nobody else's sign-in is changed; her address."""
    address = f"noor-{uuid.uuid4().hex[:8]}@example.org"
    with visitor(chrome, DESK) as ada:
        ada.sign_in("ada@example.org")
        page = ada.go("/clinic/people/")
        page.get_by_label("Name").fill("Noor")
        page.get_by_label("E-mail").fill(address)
        page.get_by_role("button", name="Invite").click()
        expect(page.locator("main")).to_contain_text(address)
    invitation = re.search(r"/invite/\S+", link_in_mail(person, address))
    assert invitation
    person.go(invitation[0])
    person.page.locator("input[type=password]").fill(PASSWORD)
    person.page.get_by_role("button", name="Accept and begin").click()
    expect(person.page.locator("main")).to_contain_text("No clients yet")
    return address


def link_in_mail(person: Visitor, address: str) -> str:
    person.page.goto(f"{base_url()}/dev/mail/")
    mail = person.page.locator("article", has_text=address).first
    expect(mail).to_be_visible()
    return mail.inner_text()


def sign_out(person: Visitor) -> Page:
    page = person.go("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    return person.check()


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_a_passkey_is_set_up_and_signs_in(device: dict[str, Any], chrome: Browser) -> None:
    with visitor(chrome, device) as noor:
        with_passkeys(noor)
        address = join(chrome, noor)
        page = noor.go("/accounts/second-step/")
        page.get_by_role("link", name="Add a passkey").click()
        noor.check()
        page.get_by_role("button", name="Add it").click()
        expect(page).to_have_url(re.compile("/accounts/second-step/recovery/"))
        noor.check()
        codes = page.locator(".codes li").all_inner_texts()
        assert len(codes) == 10
        for _time in range(2):
            page = sign_out(noor)
            page.get_by_role("button", name="Use a passkey").click()
            expect(page.locator("main")).to_contain_text("No clients yet")
        page = sign_out(noor)
        page.get_by_label("E-mail").fill(address)
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
        noor.check()
        page.get_by_label("Code").fill(f"{codes[0][:4]} {codes[0][4:]}")
        page.get_by_role("button", name="Go on").click()
        expect(page.locator("main")).to_contain_text("No clients yet")
        for path in ("/accounts/second-step/", "/accounts/second-step/app/", "/accounts/sessions/"):
            noor.go(path)


def server_says(page: Page, seconds: int, after_staying: int = 900) -> None:
    """What the server would answer when that much is left."""
    page.unroute(STILL_HERE)
    page.route(
        STILL_HERE,
        lambda route: route.fulfill(
            body=json.dumps({"seconds": after_staying if route.request.method == "POST" else seconds}), content_type="application/json"
        ),
    )


def test_the_page_warns_two_minutes_before_and_keeps_what_was_typed(chrome: Browser) -> None:
    with visitor(chrome, DESK) as tara:
        tara.page.clock.install()
        tara.sign_in("tara@example.org")
        page = tara.go("/clients/new/")
        warning = page.get_by_role("dialog")
        with page.expect_response("**/stay*.js"):
            page.clock.run_for(4000)
        server_says(page, 700)
        page.clock.fast_forward("13:05")
        expect(warning).not_to_be_visible()  # another tab was busy

        server_says(page, 119)
        page.clock.fast_forward("09:30")
        page.wait_for_timeout(300)
        expect(warning).not_to_be_visible()  # not before the last two minutes
        page.clock.fast_forward("00:15")
        expect(warning).to_be_visible()
        expect(warning).to_contain_text("1:5")
        tara.check()
        page.get_by_role("button", name="Stay signed in").click()
        expect(warning).not_to_be_visible()

        typed = "Somebody new, whose name is a long line of words to be kept"
        page.locator("input[name=called]").fill(typed)
        server_says(page, 119)
        page.clock.fast_forward("13:05")
        expect(warning).to_be_visible()
        tara.context.clear_cookies()
        server_says(page, 0)
        page.clock.fast_forward("02:05")
        expect(page).to_have_url(re.compile("/accounts/login/"))
        page.get_by_label("E-mail").fill("tara@example.org")
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator("main")).to_contain_text(typed)
