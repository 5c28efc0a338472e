"""The life of a client's care in a browser: waits, begins, ends with a summary, is read by the client for a while, begins again."""

import re
import uuid

from tests.browser import DESK, PASSWORD, PHONE, Browser, Visitor, expect, visitor
from tests.journeys.test_main_job import press


def test_from_the_waiting_list_to_a_second_beginning(chrome: Browser) -> None:
    name, address = f"Lou {uuid.uuid4().hex[:6]}", f"lou-{uuid.uuid4().hex[:8]}@example.org"
    with visitor(chrome, DESK) as tara, visitor(chrome, PHONE) as lou:
        tara.sign_in("tara@example.org")
        record = put_on_the_waiting_list(tara, name)
        begin(tara, record, "Begin care")
        invite_and_accept(tara, lou, record, address)
        end(tara, record)
        page = lou.go("/portal/")
        expect(page.locator("main")).not_to_contain_text("How are you right now?")
        expect(page.locator("main")).to_contain_text(re.compile("read", re.I))
        begin(tara, record, "Summary, and beginning again")
        page = lou.go("/portal/")
        expect(page.locator("main")).to_contain_text("How are you right now?")


def put_on_the_waiting_list(tara: Visitor, name: str) -> str:
    page = tara.go("/clients/new/")
    page.get_by_label("Called").fill(name)
    page.get_by_label("On the waiting list").check(force=True)
    tara.check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("body")).to_contain_text("Waiting: care has not begun yet.")
    found = re.search(r"/clients/[0-9a-f-]{36}/", page.url)
    assert found
    return found[0]


def begin(tara: Visitor, record: str, link: str) -> None:
    page = tara.go(record)
    page.get_by_role("link", name=link).click()
    tara.check()
    page.get_by_role("button", name="Begin care").click()
    expect(page.locator("body")).to_contain_text("Care has begun.")
    tara.check()


def invite_and_accept(tara: Visitor, lou: Visitor, record: str, address: str) -> None:
    page = tara.go(f"{record}portal/")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name=re.compile("invit", re.I)).click()
    tara.check()
    lou.go(lou.link_in_mail(address))
    lou.page.locator("input[type=password]").fill(PASSWORD)
    press(lou.page, "Accept and begin")
    expect(lou.page.locator("main")).to_contain_text("How are you right now?")


def end(tara: Visitor, record: str) -> None:
    page = tara.go(f"{record}care/")
    page.get_by_label("Discharge").check(force=True)
    page.get_by_label("Why").select_option("completed")
    page.get_by_role("button", name="End care").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("body")).to_contain_text("Care has ended. This is the summary")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).not_to_be_visible()
    expect(page.locator("nav").first).not_to_be_visible()
    page.emulate_media(media="screen")
    tara.check()
