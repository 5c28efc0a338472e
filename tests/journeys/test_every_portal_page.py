"""Every page of the portal, on a phone and on a desk, in light and in dark; see test_every_page.py. A new client each time, so that nobody's demo changes."""

import re
import uuid
from typing import Any

import pytest

from tests.browser import DESK, PASSWORD, PHONE, Browser, base_url
from tests.journeys.walk import PORTAL_TOUCH, Walk, walking

pytestmark = [pytest.mark.full, pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])]
RECORD = re.compile(r"/clients/[0-9a-f-]{36}/")
MORE = ("talk/", "talk/?about=progress", "replies/", "strengths/", "strengths/choose/", "reminders/", "privacy/")
AGREED = ("eating_rhythm", "slow_breathing")


def test_what_a_client_has_after_a_while(chrome: Browser, device: dict[str, Any]) -> None:
    with walking(chrome, device, PORTAL_TOUCH, "ben@example.org") as walk:
        pages = ["", "check-in/?change=1", "practise/", "practise/?fit=low", "practise/?fit=short&pillar=strengths", "me/", *MORE]
        pages += [f"coping/{path}" for path in ("", "plan/", "add/", "history/", "ways/mindfulness/", "ways/problems/")]
        pages += [f"selfcare/kind/{path}" for path in ("", "catch/", "enough/")] + ["reading/", "reading/14/"]
        pages += [f"selfcare/{path}" for path in ("", "?back=1", "plan/", "add/?part=leisure&idea=0", "night/", "smaller/", "history/")]
        pages.append("mindset/")
        pages += ["progress/", "mindset/jar/", "mindset/jar/all/", "mindset/jar/?visit=0a0a0a0a&n=900"]
        for path in pages:
            walk.go(f"/portal/{path}", f"portal-ben-{re.sub('[^a-z]+', '-', path).strip('-') or 'today'}")
        walk.go("/portal/selfcare/", "portal-ben-week-again")
        for link, name in (("All of it", "activity"), ("Add a day", "day")):
            walk.page.get_by_role("link", name=link).first.click()
            walk.stand(f"portal-ben-week-{name}")
        walk.go("/help-now/", "portal-ben-help")
        walk.go("/accounts/profile/", "portal-ben-profile")
        walk.go("/accounts/password/change/", "portal-ben-password")
        for path in ("people/", "people/add/"):
            walk.go(f"/portal/{path}", f"portal-ben-{path.strip('/').replace('/', '-')}")
        walk.go("/portal/people/", "portal-ben-people-again")
        walk.page.locator("a.nm").first.click()
        walk.stand("portal-ben-person")
        walk.page.get_by_role("link", name="I reached out").click()
        walk.stand("portal-ben-reach-out")
        thoughts(walk)
        walk.go("/portal/people/services/?need=faith", "portal-ben-services-none")
        walk.go("/portal/people/services/", "portal-ben-services")
        walk.go("/portal/me/", "portal-ben-me")
        walk.page.get_by_role("link", name="Look").first.click()
        walk.stand("portal-ben-sharing")


def thoughts(walk: Walk) -> None:
    """One that was looked at, its form with something wrong, and its way into the plan."""
    walk.go("/portal/mindset/", "portal-ben-mindset-list")
    walk.page.locator(".thoughts .voice a").first.click()
    walk.stand("portal-ben-thought")
    walk.page.get_by_role("link", name="Change it, or who reads it").click()
    walk.stand("portal-ben-thought-change")
    walk.page.get_by_label("What went through your mind?").fill(" ")
    walk.press("^Save$")
    walk.stand("portal-ben-thought-wrong")
    walk.go("/portal/mindset/", "portal-ben-mindset-again")
    walk.page.locator(".thoughts .voice a").first.click()
    walk.page.get_by_role("link", name="Put it in my plan").click()
    walk.stand("portal-ben-thought-plan")
    walk.press("^Save$")
    walk.stand("portal-ben-thought-plan-wrong")


def test_a_new_client(chrome: Browser, device: dict[str, Any]) -> None:
    """From the invitation to what was done."""
    address = f"eve-{uuid.uuid4().hex[:8]}@example.org"
    with walking(chrome, DESK, 0, "tara@example.org") as tara:
        invite(tara, address)
    with walking(chrome, device, PORTAL_TOUCH) as walk:
        accept(walk, address)
        check_in(walk)
        for path in ("practise/", "people/", "me/", "privacy/", "progress/", "mindset/jar/"):
            walk.go(f"/portal/{path}", f"portal-eve-{path.strip('/').replace('/', '-')}")
        strengths(walk)
        remind(walk)
        talk(walk)
        not_today(walk)
        for step in STEPS:
            step(walk)
        for path in ("", "me/", "privacy/"):
            walk.go(f"/portal/{path}", f"portal-eve-after-{path.strip('/') or 'today'}")


def invite(tara: Walk, address: str) -> None:
    """A client with two things agreed, and her invitation."""
    page = tara.page
    page.goto(base_url() + "/clients/new/")
    page.get_by_label("Called").fill("Eve")
    page.get_by_role("button", name="Add", exact=True).click()
    found = RECORD.search(page.url)
    assert found, page.url
    for key in AGREED:
        page.goto(f"{base_url()}{found[0]}homework/assign/?exercise={key}")
        page.locator("[name=reason]").fill("For the minutes before a meeting.")
        page.locator(".ofoot button").last.click()
    page.goto(f"{base_url()}{found[0]}portal/")
    page.get_by_label("E-mail").fill("eve@example")
    page.locator("main form").last.evaluate("(form) => { form.noValidate = true }")
    page.get_by_role("button", name="Send the invitation").click()
    tara.stand("desk-portal-wrong")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send the invitation").click()
    tara.stand("desk-portal-sent")


def accept(walk: Walk, address: str) -> None:
    page, path = walk.page, walk.person.link_in_mail(address)
    walk.go(path, "door-invitation")
    page.locator("input[type=password]").fill("short")
    page.get_by_role("button", name="Accept and begin").click()
    walk.stand("door-invitation-wrong")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Accept and begin").click()
    walk.stand("portal-eve-first")
    walk.go(path, "door-invitation-used")


def check_in(walk: Walk) -> None:
    """Both taps; the lowest mood has words of its own."""
    page = walk.page
    for mood in (3, 1):
        page.goto(base_url() + "/portal/check-in/?change=1")
        page.locator(f"button[name=mood][value='{mood}']").click()
        walk.stand(f"portal-eve-what-helps-{mood}")
    page.get_by_role("button", name="Add a few words").click()
    walk.stand("portal-eve-words")
    page.locator("textarea").first.fill("The morning was long.")
    walk.press("Save")
    walk.stand("portal-eve-checked-in")


def strengths(walk: Walk) -> None:
    """Three taps to the first one; own words that are too many; a moment, first with nothing in it; its change; taken off."""
    page = walk.go("/portal/strengths/", "portal-strengths-none")
    page.get_by_role("link", name="Choose from all 24").click()
    page.locator("button.tap[value=kindness]").click()
    walk.stand("portal-strength-first")
    page.goto(base_url() + "/portal/strengths/choose/")
    page.locator("summary", has_text="another name").click()
    page.locator("main form").evaluate("(form) => { form.noValidate = true }")
    page.get_by_role("button", name="Add these words").click()
    walk.stand("portal-strengths-choose-wrong")
    page.goto(base_url() + "/portal/strengths/")
    page.get_by_role("link", name="Add a moment").first.click()
    walk.stand("portal-moment-add")
    page.locator("main form").evaluate("(form) => { form.noValidate = true }")
    walk.press("^Save$")
    walk.stand("portal-moment-wrong")
    page.get_by_label("What happened?").fill("Soup for upstairs, who had flu. " * 6)
    walk.tap("Somebody else said it")
    page.get_by_label("Whose words are they?").fill("Carys")
    walk.stand("portal-moment-said-by-another")
    walk.press("^Save$")
    walk.stand("portal-strengths-one")
    page.get_by_role("link", name="Change").first.click()
    page.get_by_role("link", name="Change", exact=False).first.click()
    walk.stand("portal-moment-change")
    page.get_by_label("What happened?").fill("Soup for upstairs.")
    page.get_by_label("Only me").check(force=True)
    walk.press("^Save$")
    page.locator("summary", has_text="Older words").click()
    walk.stand("portal-strength-older-words")
    page.get_by_role("button", name="Take it off my list").click()
    walk.stand("portal-strengths-off")


def remind(walk: Walk) -> None:
    """On, with a day too many first; paused; off."""
    page = walk.go("/portal/reminders/", "portal-reminders-off")
    page.locator("input[name=on][value=on]").check(force=True)
    page.locator("details.others > summary").click()
    for day in page.locator("input[name=days]").all():
        day.check(force=True)
    walk.press("^Save$")
    walk.stand("portal-reminders-wrong")
    for day in page.locator("input[name=days]").all()[3:]:
        day.uncheck(force=True)
    walk.press("^Save$")
    walk.stand("portal-reminders-on")
    page.get_by_role("button", name="3 days").click()
    walk.stand("portal-reminders-paused")


def talk(walk: Walk) -> None:
    """Nothing yet, nothing typed, a line for herself, shown, taken off."""
    page = walk.go("/portal/talk/", "portal-talk-none")
    walk.press("^Put it on the list$")
    walk.stand("portal-talk-wrong")
    page.locator("[name=text]").fill("The call with my sister. " * 10)
    page.locator("input[name=visibility][value=only_me]").check(force=True)
    walk.press("^Put it on the list$")
    walk.stand("portal-talk-only-me")
    page.get_by_role("button", name="Show it to").click()
    walk.stand("portal-talk-one")
    page.get_by_role("button", name="Take off").first.click()
    walk.stand("portal-talk-off")


def not_today(walk: Walk) -> None:
    page = walk.page
    page.goto(base_url() + "/portal/")
    page.get_by_role("link", name="Not today").click()
    walk.stand("portal-not-today")
    page.get_by_role("button", name="Save").last.click()
    walk.stand("portal-not-today-nothing-chosen")
    for choice in ("another_day", "way", "skip"):
        page.locator(f"input[name=choice][value={choice}]").check(force=True)
        walk.stand(f"portal-not-today-{choice}")
    page.locator("input[name=choice][value=way]").check(force=True)
    page.locator("input[name=barrier]").first.check(force=True)
    walk.stand("portal-not-today-reply")
    page.locator("details > summary").first.click()
    walk.stand("portal-not-today-more")
    page.get_by_role("button", name="Save").last.click()
    walk.stand("portal-not-today-saved")


def begin(walk: Walk, key: str, *skips: str) -> None:
    page = walk.page
    page.goto(f"{base_url()}/portal/practise/{key}/")
    fresh = page.get_by_role("button", name="Start fresh")
    (fresh if fresh.count() else page.get_by_role("button", name="Start")).click()
    for press in skips:
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name=press, exact=True).or_(page.get_by_role("link", name=press, exact=True)).last.click()


def words(walk: Walk) -> None:
    walk.go("/portal/practise/strengths_spotting/", "portal-begin")
    begin(walk, "strengths_spotting")
    walk.stand("portal-step-long-text")
    walk.page.locator("#answer").fill("I stayed with Bex all night. " * 20)
    walk.press("^Next$")
    walk.stand("portal-step-multi-choice")
    walk.press("^Leave, it is kept")
    walk.go("/portal/practise/strengths_spotting/", "portal-resume")


def people(walk: Walk) -> None:
    begin(walk, "ask_for_help")
    walk.stand("portal-step-short-text")
    walk.page.locator("#answer").fill("x" * 200)
    walk.page.locator("#answer").evaluate("(field) => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(200) }")
    walk.press("^Next$")
    walk.stand("portal-step-wrong")
    walk.page.locator("#answer").fill("A lift on Tuesday")
    walk.press("^Next$")
    walk.stand("portal-step-people-none")
    walk.page.locator("#new_name").fill("Grandma Hua")
    walk.page.get_by_role("button", name="Add", exact=True).click()
    walk.stand("portal-step-people")


def numbers(walk: Walk) -> None:
    begin(walk, "stop_pause")
    walk.stand("portal-step-rating")
    walk.page.locator("#answer-8").check(force=True)
    walk.press("^Next$")
    walk.stand("portal-step-text")
    walk.press("^Next$")
    walk.stand("portal-step-timer")


def breathing(walk: Walk) -> None:
    """To the end of an exercise that did not help, and of one that did."""
    page = walk.page
    page.goto(f"{base_url()}/portal/homework/")
    for after, name in ((9, "worse"), (3, "better")):
        begin(walk, "slow_breathing")
        for _step in range(12):
            page.wait_for_load_state("networkidle")
            if page.locator("[name=helped]").count():
                break
            if page.locator("[data-timer]").count():
                if name == "worse":
                    walk.stand("portal-step-breathing")
                page.get_by_role("button", name="Skip").click()
            elif page.locator("#answer-10").count():
                page.locator(f"#answer-{after if page.get_by_text('1 of').count() == 0 else 6}").check(force=True)
                walk.press("^Next$")
            else:
                walk.press("^Next$")
        walk.stand(f"portal-end-{name}")
        walk.press("^Done$")
    walk.stand("portal-done")


def one_of_each(walk: Walk) -> None:
    begin(walk, "strength_new_way")
    walk.stand("portal-step-choice")
    begin(walk, "name_it")
    walk.stand("portal-step-emotion")
    walk.page.locator("input[name=family]").first.check(force=True)
    walk.page.locator("input[name=answer]").first.check(force=True)
    walk.stand("portal-step-emotion-open")
    begin(walk, "pattern_spotter", "Skip", "Skip")
    walk.stand("portal-step-distortion")
    walk.go("/portal/practise/eating_rhythm/", "portal-begin-agreed")
    begin(walk, "eating_rhythm")
    walk.stand("portal-step-checklist")
    begin(walk, "thought_record")
    walk.stand("portal-step-example")
    for _step in range(3):  # the example, and what happened and was felt
        walk.press("^Skip$")
        walk.page.wait_for_load_state("networkidle")
    walk.stand("portal-step-thought")


STEPS = (words, people, numbers, breathing, one_of_each)
