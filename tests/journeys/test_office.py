"""The clinic's admin: invites a colleague, who joins; and never sees a record."""

import re
import uuid

from tests.browser import DESK, PASSWORD, Browser, expect, visitor


def test_a_colleague_is_invited_and_joins(chrome: Browser) -> None:
    address = f"noor-{uuid.uuid4().hex[:8]}@example.org"
    with visitor(chrome, DESK) as ada:
        page = ada.sign_in("ada@example.org")
        expect(page).to_have_url(re.compile("/clinic/$"))
        ada.check()
        page.get_by_role("link", name="People", exact=True).click()
        expect(page).to_have_url(re.compile("/clinic/people/$"))
        page.get_by_label("Name").fill("Noor")
        page.get_by_label("E-mail").fill(address)
        page.get_by_role("button", name="Invite").click()
        ada.check()
        expect(page.locator("main")).to_contain_text(address)
        ada.page.goto(ada.page.url.replace("/clinic/people/", "/caseload/"))
        expect(page.locator("main")).not_to_contain_text("Ben")
    with visitor(chrome, DESK) as noor:
        noor.go(noor.link_in_mail(address))
        noor.page.locator("input[type=password]").fill(PASSWORD)
        noor.page.get_by_role("button", name="Accept and begin").click()
        noor.check()
        expect(noor.page.locator("main")).to_contain_text("No clients yet")


def test_leaving_shows_nothing_to_who_comes_after(chrome: Browser) -> None:
    """After sign-out neither Back nor a reopened tab shows a record."""
    with visitor(chrome, DESK) as tara:
        page = tara.sign_in("tara@example.org")
        page.get_by_role("link", name="Ben").first.click()
        expect(page).to_have_url(re.compile("/clients/[0-9a-f-]{36}/$"))
        record = page.url
        page.locator("details.who > summary").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(re.compile("/accounts/login/"))  # Back during a sign-out would leave a page that is not there yet
        page.go_back()
        expect(page.locator("body")).not_to_contain_text("Ben")
        page.goto(record)
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
