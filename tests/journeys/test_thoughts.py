"""A thought looked at on a phone with moments of one's own as facts, answered on the desk in its margin, read on the phone."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, base_url, expect
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking

THOUGHT = "A good mother would know what to do"
KEPT = "Laughed at myself"  # a moment that is kept private


def test_a_full_record_with_moments_as_facts_and_an_answer_in_its_margin(chrome: Browser) -> None:
    thought = f"{THOUGHT} {uuid.uuid4().hex[:6]}"
    reply = f"They run to you first. {uuid.uuid4().hex[:6]}"
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        begin(walk)
        before_the_facts(walk, thought)
        facts(walk)
        after_the_facts(walk)
        page = walk.page
        expect(page.get_by_role("heading", level=1)).to_have_text("From 9 to 4.")
        expect(page.locator("main")).to_contain_text("You believe it 7 of 10.")
        walk.stand("thought-end")
        for name in ("seen", "ratings", "words"):
            page.locator(f"input[name={name}][value=therapist]").check(force=True)
        walk.press("^Done$")
        page.wait_for_load_state("networkidle")
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.get_by_role("link", name="Mindset", exact=True).click()
        walk.stand("mindset-desk")
        page.get_by_role("link", name=re.compile(re.escape(thought))).click()
        expect(page.locator("main")).to_contain_text("She cries with Obi too")
        expect(page.locator("main")).to_contain_text("Rang the bank")
        expect(page.locator("main")).not_to_contain_text(KEPT)
        walk.stand("mindset-desk-thought")
        page.get_by_role("link", name=re.compile("^Answer")).click()
        page.locator("[name=text]").fill(reply)
        page.locator("main form").get_by_role("button").first.click()
        page.wait_for_load_state("networkidle")
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/mindset/", "mindset-mine")
        page.get_by_role("link", name=re.compile(re.escape(thought))).click()
        expect(page.locator("main")).to_contain_text(reply)
        walk.stand("mindset-thought-answered")


def begin(walk: Walk) -> None:
    page = walk.page
    page.goto(f"{base_url()}/portal/practise/thought_record/")
    fresh = page.get_by_role("button", name="Start fresh")
    (fresh if fresh.count() else page.get_by_role("button", name="Start")).click()


def say(walk: Walk, words: str) -> None:
    walk.page.locator("#answer").fill(words)
    walk.press("^Next$")


def rate(walk: Walk, number: int) -> None:
    walk.page.locator(f"input[name=answer][value='{number}']").check(force=True)
    walk.press("^Next$")


def before_the_facts(walk: Walk, thought: str) -> None:
    """What happened, a feeling at eight, the thought believed nine, a pattern, a fact for it."""
    page = walk.page
    say(walk, "Baby cried for an hour")
    page.locator("input[name=family]").first.check(force=True)
    page.locator("input[name=answer]").first.check(force=True)
    page.locator("input[name^='intensity-'][value='8']").first.check(force=True)
    walk.press("^Next$")
    say(walk, thought)
    rate(walk, 9)
    page.locator("input[name=answer]").first.check(force=True)
    walk.press("^Next$")
    say(walk, "She cried for an hour.")


def facts(walk: Walk) -> None:
    page = walk.page
    expect(page.locator(".pin")).to_contain_text("The thought. You believe it 9 of 10.")
    page.locator("#answer").fill("She cries with Obi too")
    for words in ("Rang the bank", KEPT):
        page.get_by_label(re.compile(words)).check(force=True)
        expect(page.locator(".add", has_text=words).locator("i")).to_have_text("Added", use_inner_text=True)
    walk.stand("thought-facts")
    walk.press("^Next$")


def after_the_facts(walk: Walk) -> None:
    """The fairer thought, and everything rated again."""
    walk.press("^Skip$")
    walk.stand("thought-fairer")
    say(walk, "Babies cry. I stayed and held her.")
    rate(walk, 7)
    rate(walk, 4)
    walk.page.locator("input[name^='intensity-'][value='4']").first.check(force=True)
    walk.press("^Next$")
    walk.press("^Skip$")
