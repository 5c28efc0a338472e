"""The pages about people in a real browser, at both sizes: nothing scrolls sideways, axe finds nothing, names stay whole."""

import re
import uuid

import pytest

from tests.browser import DESK, PASSWORD, PHONE, Browser, Visitor, expect, visitor

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 5  # 175 letters without a blank


def add(tara: Visitor, name: str) -> str:
    """A new client; answers the record's path."""
    page = tara.go("/clients/new/")
    page.get_by_label("Called").fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    tara.check()
    record = re.search(r"/clients/[0-9a-f-]{36}/", page.url)
    assert record, page.url
    return record[0]


@pytest.mark.parametrize(("device", "name"), [(PHONE, LONG), (DESK, "\u202eעברית'אב 👩🏽‍🦱")], ids=["phone, long", "desk, right-to-left"])
def test_a_name_fits_every_page_about_her(chrome: Browser, device: dict[str, object], name: str) -> None:
    with visitor(chrome, device) as tara:
        tara.sign_in("tara@example.org")
        record = add(tara, name)
        for page in ("contact/", "team/", "portal/"):
            expect(tara.go(record + page).locator("h1")).to_have_text(name)
        expect(tara.go(f"{record}contact/").get_by_label("Called")).to_have_value(name)


def test_an_error_is_found_by_the_keyboard_and_keeps_what_was_typed(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as tara:
        tara.sign_in("tara@example.org")
        page = tara.go("/clients/new/")
        page.get_by_label("Called").fill("Eve")
        page.get_by_label("E-mail", exact=False).first.fill("eve@example")
        page.get_by_label("Born").fill("2990-01-01")
        page.evaluate("document.querySelector('form.people').noValidate = true")
        page.get_by_role("button", name="Add", exact=True).click()
        tara.check()
        expect(page.get_by_role("alert")).to_contain_text("2 things to change")
        page.get_by_role("alert").get_by_role("link", name="E-mail").click()
        expect(page.get_by_label("E-mail", exact=False).first).to_be_focused()
        expect(page.get_by_label("Called")).to_have_value("Eve")
        described = page.locator("#id_birth_date").get_attribute("aria-describedby") or ""
        assert "id_birth_date_error" in described.split()


def test_an_invitation_opened_by_somebody_else_is_used_by_the_right_person(chrome: Browser) -> None:
    """Sam opens Eve's link while signed in; he is told, signs out by one press, and Eve goes on in the same browser."""
    address = f"eve-{uuid.uuid4().hex[:8]}@example.org"
    with visitor(chrome, DESK) as tara:
        tara.sign_in("tara@example.org")
        page = tara.go(f"{add(tara, 'Eve')}portal/")
        page.get_by_label("E-mail").fill(address)
        page.get_by_role("button", name="Send the invitation").click()
        tara.check()
        link = tara.link_in_mail(address)
    with visitor(chrome, PHONE) as both:
        both.sign_in("sam@example.org")
        page = both.go(link)
        expect(page.locator("main")).to_contain_text("e•••@example.org")
        expect(page.locator("main")).not_to_contain_text(address)
        page.get_by_role("button", name="Sign out and go on").click()
        both.check()
        page.get_by_label("Choose a password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Accept and begin").click()
        both.check()
        expect(page).to_have_url(re.compile("/portal/$"))
        expect(both.go("/accounts/profile/").locator("main")).to_contain_text(address)


def test_a_text_outlives_the_sign_in(chrome: Browser) -> None:
    """The session ends while Tara types; she signs in again and saves by one press."""
    text = "Rosa, sister, 020 7946 0102. Says: call after six. " * 3
    with visitor(chrome, DESK) as tara:
        tara.sign_in("tara@example.org")
        record = add(tara, f"Eve {uuid.uuid4().hex[:4]}")
        page = tara.go(f"{record}contact/")
        page.get_by_label("Emergency contact").fill(text)
        tara.context.clear_cookies(name=re.compile("session"))
        page.get_by_role("button", name="Save").click()
        page.get_by_label("E-mail").fill("tara@example.org")
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        tara.check()
        expect(page.locator("blockquote.voice")).to_have_text(text.strip())
        page.get_by_role("button", name="Save it").click()
        expect(tara.go(f"{record}contact/").get_by_label("Emergency contact")).to_have_value(text.strip())


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_the_door_are_well_made(chrome: Browser, device: dict[str, object]) -> None:
    with visitor(chrome, device, color_scheme="dark") as anybody:
        for path in ("/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/invite/none/", "/no/such/page/", "/dev/mail/"):
            anybody.go(path)
        anybody.sign_in("ada@example.org")
        for path in ("/clinic/people/", "/accounts/profile/", "/accounts/password/change/", "/accounts/logout/"):
            anybody.go(path)
