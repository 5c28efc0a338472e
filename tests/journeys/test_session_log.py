"""Typing a session log in a real browser: the field is what was typed, the caret stays, "saved" is said when it is true, an older tab is told."""

import re
import time
from typing import Any

from tests.browser import DESK, PHONE, Browser, Page, Visitor, expect, visitor

LINE = "Breathing has become checking, and he knows it. We looked at the morning on the train, and at what he would tell a friend. New plan: test it once."


def log_page(person: Visitor, name: str) -> Page:
    """Tara at the log of one of her clients."""
    person.sign_in("tara@example.org")
    person.page.get_by_role("link", name=name).first.click()
    person.page.get_by_role("link", name="Log a session").click()
    return person.check()


def slow(page: Page, seconds: float) -> None:
    """Every autosave is answered late."""

    def wait(route: Any) -> None:
        answer = route.fetch()
        time.sleep(seconds)
        route.fulfill(response=answer)

    page.route("**/autosave/", wait)


def test_the_field_is_what_was_typed_while_answers_come_late(chrome: Browser) -> None:
    with visitor(chrome, DESK) as tara:
        page = log_page(tara, "Cleo")
        slow(page, 1.5)
        line = page.get_by_label("One line")
        line.press_sequentially(LINE, delay=66)
        assert line.input_value() == LINE
        assert page.evaluate("document.activeElement.selectionStart") == len(LINE)
        state = page.locator("[data-autosave-state]")
        expect(state).to_have_text(re.compile(r"Draft saved at \d\d:\d\d"), timeout=15000)
        line.press("Control+Home")
        line.press_sequentially("Well. ")
        expect(state).not_to_have_class(re.compile("saved"))
        page.unroute("**/autosave/")
        page.route("**/autosave/", lambda route: route.abort())
        expect(state).to_contain_text("Not saved", timeout=15000)
        assert line.input_value() == f"Well. {LINE}" and page.evaluate("document.activeElement.selectionStart") == len("Well. ")
        page.unroute("**/autosave/")
        page.get_by_role("button", name="Try again").click()
        expect(state).to_have_text(re.compile(r"Draft saved at \d\d:\d\d"), timeout=15000)
        page.reload()
        expect(page.get_by_label("One line")).to_have_value(f"Well. {LINE}")
        tara.check()
        tara.problems = [problem for problem in tara.problems if "ERR_FAILED" not in problem]  # the network was off on purpose


def test_an_older_tab_is_told_and_keeps_its_text(chrome: Browser) -> None:
    with visitor(chrome, DESK) as tara:
        first = log_page(tara, "Ben")
        second = tara.context.new_page()
        second.goto(first.url)
        first.get_by_label("One line").fill("From the first tab.")
        expect(first.locator(".state.saved")).to_be_visible(timeout=15000)
        second.get_by_label("One line").fill("From the second tab.")
        expect(second.locator("[data-autosave-state]")).to_contain_text("Not saved: this log was saved in another window", timeout=15000)
        expect(second.locator(".both")).to_contain_text("From the first tab.")
        expect(second.locator(".both")).to_contain_text("From the second tab.")
        assert second.get_by_label("One line").input_value() == "From the second tab."


def test_taps_make_the_note_and_risk_is_waited_for(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as tara:
        page = log_page(tara, "Ben")
        expect(page.locator("[data-pick-missing]")).to_contain_text("One tap is missing: risk")
        note = page.locator(".lnote")
        page.locator("label", has_text="Problem solving").click()
        expect(note).to_contain_text("Did: Problem solving.", timeout=15000)
        expect(note).to_contain_text("waits for your tap")
        note.get_by_role("button", name="Edit Assessment").click()
        note.get_by_label("Assessment").fill("In my own words.")
        page.locator("label", has_text="Asked, no concern").click()
        expect(note).to_contain_text("Risk: Asked, no concern today.", timeout=15000)
        assert note.get_by_label("Assessment").input_value() == "In my own words."
        expect(page.locator("[data-pick-missing]")).to_be_hidden()
        page.locator("label", has_text="No-show").click()
        expect(page.locator("#id_risk_row")).to_be_hidden()
        page.locator("label", has_text="Attended").click()
        tara.check()
        page.get_by_role("button", name="Save and sign").click()
        expect(page.locator(".snote")).to_contain_text("In my own words.")
        expect(page.locator(".snote")).to_contain_text("Signed by")
        tara.check()
