"""Every page of every role, on a phone and on a desk, in light and in dark: axe finds nothing, nothing scrolls sideways, a finger hits what it means.

The long walk is in the full set; a short one over the main page of each role is in the quick set.
"""

import re
import secrets
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from resilience_site import errors
from tests.browser import DESK, PASSWORD, PHONE, Browser, Page, base_url
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking

DEVICES = pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 5  # 175 letters without a blank
TURNED = "\u202eעברית'אב 👩🏽\u200d🦱"
RECORD = re.compile(r"/clients/[0-9a-f-]{36}/")


def test_the_main_page_of_each_role(chrome: Browser) -> None:
    for email, path, least in (("tara", "/caseload/", STAFF_TOUCH), ("ben", "/portal/", PORTAL_TOUCH), ("ada", "/clinic/people/", STAFF_TOUCH)):
        with walking(chrome, PHONE, least, f"{email}@example.org", colours=("light",)) as walk:
            walk.go(path, f"main-{email}")


@pytest.mark.full
@DEVICES
def test_the_door(chrome: Browser, device: dict[str, Any]) -> None:
    with walking(chrome, device, PORTAL_TOUCH) as walk:
        page = walk.go("/accounts/login/", "door-sign-in")
        page.get_by_label("E-mail").fill("nobody@example.org")
        page.locator("input[type=password]").fill("not this one")
        page.get_by_role("button", name="Sign in").click()
        walk.stand("door-sign-in-wrong")
        page = walk.go("/accounts/password/reset/", "door-reset")
        page.get_by_label("E-mail").fill("nobody@example.org")
        page.locator("main button[type=submit]").click()
        walk.stand("door-reset-sent")
        walk.go("/accounts/password/reset/key/x-y/", "door-reset-no-link")
        walk.go("/invite/none/", "door-invitation-unknown")
        walk.go("/help-now/", "door-help")
        walk.go("/no/such/page/", "error-404")
        refused(walk)


def refused(walk: Walk) -> None:
    """The pages that say something went wrong. What cannot be made to happen is answered with the page it would get."""
    page = walk.page
    page.goto(base_url() + "/accounts/login/")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => { one.value = 'x' })")
    page.get_by_label("E-mail").fill("tara@example.org")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    walk.stand("error-csrf")
    request = RequestFactory().get("/")
    for name, answer in (("500", errors.server_error(request)), ("429", errors.too_many_requests(request)), ("400", errors.bad_request(request))):
        answered_with(page, f"/as-{name}/", answer)
        walk.go(f"/as-{name}/", f"error-{name}")


def answered_with(page: Page, path: str, answer: HttpResponse) -> None:
    """The page alone: with its own status the browser would complain too."""
    page.route(f"**{path}", lambda route: route.fulfill(status=200, content_type="text/html", body=answer.content))


@pytest.mark.full
@DEVICES
def test_the_office(chrome: Browser, device: dict[str, Any]) -> None:
    with walking(chrome, device, STAFF_TOUCH, "ada@example.org") as walk:
        walk.go("/clinic/", "office-clinic")
        walk.go("/clinic/emergency/", "office-emergency")
        page = walk.go("/clinic/audit/", "office-trail")
        page.get_by_role("button", name="Check the seal").click()
        walk.stand("office-trail-checked")
        page = walk.go("/clinic/people/", "office-people")
        page.get_by_label("Name").fill("Noor")
        page.get_by_label("E-mail").fill("noor@example")
        page.locator("main form", has=page.get_by_label("E-mail")).evaluate("(form) => { form.noValidate = true }")
        page.get_by_role("button", name="Invite").click()
        walk.stand("office-people-wrong")
        for name in (LONG, TURNED):
            page.get_by_label("Name").fill(name)
            page.get_by_label("E-mail").fill(f"noor-{uuid.uuid4().hex[:8]}@example.org")
            page.get_by_role("button", name="Invite").click()
        walk.stand("office-people-invited")
        page = walk.go("/clinic/settings/", "office-settings")
        page.get_by_label("Monday").fill("9 to 5")
        page.locator("#hours").get_by_role("button", name="Save").click()
        walk.stand("office-settings-wrong")
        walk.go("/library/", "office-library")
        walk.go("/library/own/write/", "office-own-write")
        walk.go("/clinic/settings/lines/?country=JP", "office-lines-held")
        walk.go("/clinic/settings/lines/", "office-lines")
        page = walk.go("/clinic/settings/lines/GB/samaritans/", "office-line")
        page.locator("main form").evaluate("(form) => { form.noValidate = true }")
        page.get_by_label("Number to call", exact=True).fill("call me")
        page.get_by_role("button", name="Save this check").click()
        walk.stand("office-line-wrong")
        page = walk.go("/clinic/people/import/", "office-import")
        page.get_by_label("Or its text").fill(f"called,email,birth_date,shoe size\n{LONG},{uuid.uuid4().hex}@example.org,,\n{TURNED},,,\nAnn,,03/04/1990,\n")
        page.get_by_role("button", name="Look at it").click()
        walk.stand("office-import-looked-at")
        page.get_by_role("button", name="Add these 2 clients").click()
        walk.stand("office-import-added")
        walk.go("/caseload/", "error-403")
        walk.go("/accounts/profile/", "office-profile")
        walk.go("/accounts/password/change/", "office-password")


TABS = (
    "", "timeline/", "goals/", "people/", "people/add/", "homework/", "talk/", "coping/", "coping/plan/", "coping/add/", "coping/history/",
    *(f"selfcare/{path}" for path in ("", "?back=1", "plan/", "add/", "history/")),
    "mindset/jar/", "notes/", "contact/", "team/", "portal/", "reminders/", "story/", "care/", "care/summary/", "strengths/", "strengths/add/",
    "homework/assign/", "sessions/new/",
)  # fmt: skip


@pytest.mark.full
@DEVICES
def test_the_desk(chrome: Browser, device: dict[str, Any]) -> None:
    with walking(chrome, device, STAFF_TOUCH, "tara@example.org") as walk:
        page = walk.go("/caseload/", "desk-caseload")
        page.locator("details.who > summary").click()
        walk.stand("desk-menu")
        walk.go("/caseload/?q=nobody+of+this+name", "desk-caseload-nothing-found")
        ben = record_of(page, "Ben")
        for tab in TABS:
            walk.go(ben + tab, f"desk-ben-{tab.replace('/', '-').strip('-') or 'record'}")
        thought(walk, ben)
        walk.go(f"{ben}people/from-directory/", "desk-ben-from-directory")
        walk.go("/directory/?q=nothing+of+this+name", "desk-directory-nothing-found")
        page = walk.go("/directory/add/", "desk-directory-add")
        page.get_by_label("Name").fill(LONG)
        page.locator("input[value=company]").check()
        page.get_by_label("Website").fill("not an address")
        page.get_by_role("button", name="Save").click()
        walk.stand("desk-directory-wrong")
        page.get_by_label("Website").fill("https://example.org/a-long-address")
        page.get_by_role("button", name="Save").click()
        walk.stand("desk-directory-added")
        walk.go("/supervision/", "desk-supervision")
        walk.go("/library/", "desk-library")
        walk.go("/library/?search=zzzz", "desk-library-nothing-found")
        walk.go("/library/slow_breathing/", "desk-exercise")
        own_exercise(walk)
        walk.go("/accounts/profile/", "desk-profile")
        walk.go("/accounts/password/change/", "desk-password")


def own_exercise(walk: Walk) -> None:
    """Writing and adapting, with mistakes; and a page of paper whose code nobody knows."""
    walk.go("/library/slow_breathing/paper/", "desk-blank-page")
    page = walk.go("/library/own/write/", "desk-own-write")
    page.get_by_label("Title").fill(LONG[:60])
    page.get_by_role("button", name="Save").click()
    walk.stand("desk-own-write-wrong")
    page = walk.go("/library/own/thought_record/adapt/", "desk-own-adapt")
    page.locator("main").get_by_role("button", name="Preview").last.click()
    walk.stand("desk-own-previewed")
    page = walk.go("/homework/paper/", "desk-paper-back")
    page.get_by_role("button", name="Open").click()
    walk.stand("desk-paper-back-wrong")


@pytest.mark.full
@DEVICES
def test_the_desk_reads(chrome: Browser, device: dict[str, Any]) -> None:
    """Self-talk and its kinder answers, and what there is to read."""
    with walking(chrome, device, STAFF_TOUCH, "tara@example.org") as walk:
        ben = record_of(walk.page, "Ben")
        for path in ("selfcare/kind/", "selfcare/kind/together/", "selfcare/kind/add/", "homework/reading/", "homework/reading/21/"):
            walk.go(ben + path, f"desk-ben-{path.replace('/', '-').strip('-')}")
        for path in ("", "sleep/", "sleep/paper/"):
            walk.go(f"/library/reading/{path}", f"desk-reading-{path.replace('/', '-').strip('-') or 'shelf'}")


def thought(walk: Walk, ben: str) -> None:
    walk.go(f"{ben}mindset/", "desk-ben-mindset-list")
    walk.page.locator(".thoughts .voice a").first.click()
    walk.stand("desk-ben-thought")


@pytest.mark.full
@DEVICES
@pytest.mark.parametrize("name", ["Eve", LONG, TURNED], ids=["short", "long", "turned"])
def test_a_new_client_at_the_desk(chrome: Browser, device: dict[str, Any], name: str) -> None:
    """From the empty record to one with everything on it."""
    with walking(chrome, device, STAFF_TOUCH, "tara@example.org") as walk:
        record = add(walk, name)
        kind = "eve" if name == "Eve" else "long" if name == LONG else "turned"
        tabs = ("strengths/", "reminders/", "sessions/plan/", "homework/assign/")
        for tab in ("", "timeline/", "goals/", "homework/", "notes/", "contact/", "team/", "portal/", *tabs):
            walk.go(record + tab, f"desk-{kind}-{tab.replace('/', '-').strip('-') or 'record'}")
        book(walk, record, kind)
        goal(walk, record, name, kind)
        log(walk, record, name, kind)
        spot(walk, record, name, kind)
        agree(walk, record, kind)
        remind(walk, record, kind)
        walk.go(f"{record}contact/", f"desk-{kind}-contact-again")
        walk.go(record, f"desk-{kind}-record-full")
        walk.go("/caseload/", f"desk-{kind}-caseload")


def remind(walk: Walk, record: str, kind: str) -> None:
    """Set together: first without the client's yes."""
    page = walk.go(f"{record}reminders/", f"desk-{kind}-reminders-none")
    page.get_by_role("button", name="Turn on").click()
    walk.stand(f"desk-{kind}-reminders-wrong")
    page.locator("details.others > summary").click()
    page.get_by_label("We sit together").check()
    page.get_by_role("button", name="Turn on").click()
    walk.stand(f"desk-{kind}-reminders-on")
    page.get_by_role("button", name="For 3 days").click()
    walk.stand(f"desk-{kind}-reminders-paused")


def record_of(page: Page, name: str) -> str:
    page.goto(base_url() + "/caseload/?q=" + name)
    page.locator("article.case a, main a", has_text=name).first.click()
    found = RECORD.search(page.url)
    assert found, page.url
    return found[0]


def add(walk: Walk, name: str) -> str:
    """A new client, after one try with mistakes."""
    page = walk.go("/clients/new/", "desk-add")
    page.get_by_label("Called").fill(name)
    page.get_by_label("E-mail", exact=False).first.fill("eve@example")
    page.get_by_label("Born").fill("2990-01-01")
    page.evaluate("document.querySelector('form.people').noValidate = true")
    page.get_by_role("button", name="Add", exact=True).click()
    walk.stand("desk-add-wrong")
    page.get_by_label("E-mail", exact=False).first.fill("")
    page.get_by_label("Born").fill("1990-03-01")
    page.get_by_label("Pronouns").fill("she/her")
    page.get_by_role("button", name="Add", exact=True).click()
    found = RECORD.search(page.url)
    assert found, page.url
    return found[0]


def book(walk: Walk, record: str, kind: str) -> None:
    page = walk.page
    page.goto(f"{base_url()}{record}sessions/plan/")
    page.get_by_label("Day").fill("")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.get_by_role("button", name="Book it").click()
    walk.stand(f"desk-{kind}-plan-wrong")
    page.get_by_label("Day").fill(f"{timezone.localdate() + timedelta(days=3 + secrets.randbelow(900))}")
    page.get_by_role("button", name="Book it").click()
    page.goto(f"{base_url()}{record}sessions/plan/")
    page.locator("main ul.lines a").first.click()
    walk.stand(f"desk-{kind}-move")


def goal(walk: Walk, record: str, name: str, kind: str) -> None:
    page = walk.go(f"{record}goals/add/", f"desk-{kind}-goal-add")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.get_by_role("button", name="Save").click()
    walk.stand(f"desk-{kind}-goal-wrong")
    page.get_by_label("The goal, in the client’s words").fill(f"I want to enjoy part of each day, says {name}"[:300])
    page.get_by_role("button", name="Save").click()
    walk.stand(f"desk-{kind}-goals-one")
    page.locator("button[name=level][value='1']").first.click()
    walk.stand(f"desk-{kind}-goals-rated")


def log(walk: Walk, record: str, name: str, kind: str) -> None:
    """The session log: a save that is refused, a draft, signed, amended; and a note for oneself."""
    page = walk.go(f"{record}sessions/new/", f"desk-{kind}-log")
    walk.tap("Coping")
    page.get_by_label("One line").fill(f"Came with a tight chest. {name} likes the idea of slow breath.")
    page.get_by_role("button", name="Save", exact=True).click()
    walk.stand(f"desk-{kind}-log-wrong")
    walk.tap("Asked, no concern")
    page.get_by_role("button", name="Save", exact=True).click()
    walk.go(f"{record}notes/", f"desk-{kind}-notes-draft")
    page.get_by_role("link", name="Read and sign").first.click()
    walk.stand(f"desk-{kind}-note-draft")
    page.get_by_role("button", name="Sign", exact=True).click()
    walk.stand(f"desk-{kind}-note-signed")
    page.goto(f"{base_url()}{record}notes/")
    page.get_by_role("link", name="Add an amendment").first.click()
    page.get_by_label("What you add").fill("The breath was tried in the room.")
    page.get_by_role("button", name="Add", exact=True).click()
    walk.stand(f"desk-{kind}-note-amended")
    page.goto(f"{base_url()}{record}notes/")
    page.get_by_label("Only for you").fill("Ask about the sister.")
    page.get_by_role("button", name="Keep it, for me alone").click()
    walk.go(f"{record}notes/", f"desk-{kind}-notes-signed")
    page.get_by_role("link", name="Change", exact=True).last.click()
    walk.stand(f"desk-{kind}-private")


def spot(walk: Walk, record: str, name: str, kind: str) -> None:
    """A strength in other words with its moment, first with nothing filled in; then the moment in better words."""
    page = walk.page
    page.goto(f"{base_url()}{record}strengths/add/")
    page.get_by_role("button", name="Save").click()
    walk.stand(f"desk-{kind}-strength-wrong")
    page.get_by_label("Or in other words").fill(f"Listens well, says {name}"[:200])
    page.get_by_label("A moment that shows it").fill(f"Stayed on the phone with {name} all night.")
    page.get_by_role("button", name="Save").click()
    walk.stand(f"desk-{kind}-strengths-one")
    page.get_by_role("link", name="Change", exact=False).last.click()
    walk.stand(f"desk-{kind}-moment-change")
    page.get_by_label("A moment that shows it").fill("Stayed on the phone until it was light.")
    page.get_by_role("button", name="Save").click()
    page.locator("ol.told summary").first.click()
    walk.stand(f"desk-{kind}-strengths-older-words")
    page.get_by_role("link", name="Add a moment").first.click()
    walk.stand(f"desk-{kind}-moment-add")


def agree(walk: Walk, record: str, kind: str) -> None:
    page = walk.go(f"{record}homework/assign/", f"desk-{kind}-assign-after")
    page.locator("ul.fits a").first.click()
    walk.stand(f"desk-{kind}-assign-card")
    page.locator("[name=reason]").evaluate("(field) => field.removeAttribute('maxlength')")
    page.locator("[name=reason]").fill("For the minutes before a meeting. " * 20)
    page.locator(".ofoot button").last.click()
    walk.stand(f"desk-{kind}-assign-wrong")
    page.locator("[name=reason]").fill("For the minutes before a meeting.")
    page.locator(".ofoot button").last.click()
    walk.go(f"{record}homework/", f"desk-{kind}-homework-one")
    page.locator("details.stopping > summary").first.click()
    walk.stand(f"desk-{kind}-homework-stop")
    page.get_by_role("link", name=re.compile("^Print")).first.click()
    walk.stand(f"desk-{kind}-paper")
