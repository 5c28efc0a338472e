"""The portal with JavaScript off: every page is reached by links, and its main form, filled in as a person would, is taken. A new client each time."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, Response

from tests.browser import DESK, PASSWORD, PHONE, Browser, base_url, visitor
from tests.journeys.test_every_portal_page import invite
from tests.journeys.walk import walking

EXERCISES = ("thought_record", "selfcare_check", "small_hello", "five_senses")  # together every type of step (tests/portal/test_screen_player.py)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NOT_HERE = re.compile(r"/(accounts|dev|static)/|/sign-out|#|\.(pdf|csv|ics)$")
PLACES = ("/portal/", "/portal/check-in/", "/portal/practise/", "/portal/me/", "/portal/privacy/", "/portal/people/", "/portal/strengths/", "/portal/coping/")
PAGES, FORMS = 30, 18  # at least; a new page joins by itself


@pytest.fixture(scope="module")
def address(chrome: Browser) -> str:
    """A client who accepted her invitation, with two things agreed."""
    found = f"ida-{uuid.uuid4().hex[:8]}@example.org"
    with walking(chrome, DESK, 0, "tara@example.org") as tara:
        invite(tara, found)
    with visitor(chrome, DESK) as reader:
        path = reader.link_in_mail(found)
    with without_script(chrome) as page:
        page.goto(base_url() + path)
        page.locator("input[type=password]").fill(PASSWORD)
        assert press(page, page.get_by_role("button", name="Accept and begin")).ok
        assert "/portal/" in page.url
    return found


@contextmanager
def without_script(chrome: Browser, email: str = "") -> Iterator[Page]:
    context = chrome.new_context(java_script_enabled=False, **PHONE)
    page = context.new_page()
    if email:
        page.goto(f"{base_url()}/accounts/login/")
        page.get_by_label("E-mail").fill(email)
        page.locator("input[type=password]").fill(PASSWORD)
        press(page, page.get_by_role("button", name="Sign in"))
    yield page
    context.close()


def press(page: Page, button: Locator) -> Response:
    with page.expect_navigation() as coming:
        button.first.click()
    answer = coming.value
    assert answer is not None
    return answer


def visible(found: Locator) -> list[Locator]:
    return [one for one in found.all() if one.is_visible()]


def fill(form: Locator) -> int:
    """Every field a person sees; how many there were."""
    groups: set[str] = set()
    texts = visible(form.locator("textarea, input[type=text], input:not([type]), input[type=search]"))
    for field in texts:
        if not field.input_value():
            field.fill("A few words")
    for field in visible(form.locator("input[type=number]")):
        field.fill("5")
    for kind, value in (("date", (date.today() + timedelta(days=1)).isoformat()), ("datetime-local", f"{date.today()}T00:05")):
        for field in visible(form.locator(f"input[type={kind}]")):
            if not field.input_value():
                field.fill(field.get_attribute("max") or value)
    times = visible(form.locator("input[type=time]"))
    for field, value in zip(times, ("23:05", "00:05")[-len(times) :], strict=False):  # from and until are two times
        if not field.input_value():
            field.fill(value)
    for field in visible(form.locator("input[type=radio], input[type=checkbox]")):
        name = field.get_attribute("name") or ""
        taken = name in groups or form.locator(f"input[name='{name}']:checked").count()
        if not taken:
            field.check(force=True)
        groups.add(name)
    for field in visible(form.locator("select")):
        field.select_option(index=field.locator("option").count() - 1)
    return len(texts) + len(groups)


def main_form(page: Page) -> Locator | None:
    """The one with the most to fill in; a form of one tap is one, too."""
    forms = [form for form in page.locator("main form[method=post]").all() if button_of(page, form) is not None]
    return max(forms, key=lambda form: form.locator("input:not([type=hidden]), textarea, select").count(), default=None)


def button_of(page: Page, form: Locator) -> Locator | None:
    """Its filled button, else the first that is seen; one beside the form belongs to it by its name."""
    name = form.get_attribute("id")
    beside = page.locator(f"button[form='{name}']").all() if name else []
    found = [one for one in [*form.locator("button.big:not(.second):not(.plain)").all(), *form.locator("button").all(), *beside] if one.is_visible()]
    seen = [one for one in found if "vh" not in (one.get_attribute("class") or "")]
    return next(iter(seen), None)


def links_of(page: Page) -> list[str]:
    found = [link.get_attribute("href") or "" for link in page.locator("a[href]:not([data-exit])").all()]
    here = page.url.removeprefix(base_url())
    local = [here.partition("?")[0] + path if path.startswith("?") else path for path in found]
    return [path for path in local if path.startswith(("/portal/", "/help-now/")) and not NOT_HERE.search(path)]


def kind_of(path: str) -> str:
    """The page, whoever it is about."""
    return ID.sub("*", path.partition("?")[0].partition("#")[0])


@pytest.mark.full
def test_every_page_is_reached_and_its_form_is_taken(chrome: Browser, address: str) -> None:
    waiting, seen, taken = list(PLACES), set(), []
    with without_script(chrome, address) as page:
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(path)
            if kind in seen:
                continue
            seen.add(kind)
            answer = page.goto(base_url() + path)
            assert answer is not None and answer.ok, path
            assert page.locator("h1").count() == 1, path
            waiting += links_of(page)
            form = main_form(page)
            if form is None:
                continue
            fill(form)
            button = button_of(page, form)
            assert button is not None
            answer = press(page, button)
            assert answer.ok, (path, answer.status, answer.url)
            complaint = page.locator("main .msg, main [role=alert]")
            assert not complaint.count(), (path, complaint.all_inner_texts())
            taken.append(kind)
            waiting += [page.url.removeprefix(base_url()), *links_of(page)]
    assert set(PLACES) <= seen and len(seen) >= PAGES, sorted(seen)
    assert len(taken) >= FORMS, sorted(taken)


@pytest.mark.parametrize("key", EXERCISES)
def test_an_exercise_is_done_to_its_end(chrome: Browser, address: str, key: str) -> None:
    with without_script(chrome, address) as page:
        page.goto(f"{base_url()}/portal/practise/{key}/")
        form = page.locator("main form[method=post]").last
        button = button_of(page, form)
        assert button is not None and press(page, button).ok
        steps = 0
        past_what_stands_before(page)
        while page.locator("input[name=step]").get_attribute("value") != "*":
            steps += 1
            assert steps < 40
            one_step(page)
            past_what_stands_before(page)
        form = page.locator("form#step")
        fill(form)
        assert press(page, form.locator("button[name=button][value=done]")).ok
        assert "Saved. That is all for today, if you like." in page.locator("main").inner_text()


def past_what_stands_before(page: Page) -> None:
    """An example, or a calming skill first: both lead on by a link."""
    onward = page.locator("a[data-go-on]")
    if onward.count():
        assert press(page, onward).ok


def one_step(page: Page) -> None:
    """What is asked is answered as far as it can be, and Next leads on."""
    form = page.locator("form#step")
    here = form.locator("input[name=step]").get_attribute("value")
    names = visible(form.locator("input[name=new_name]"))
    if names and not form.locator("input[name=answer]").count():
        names[0].fill("Ife")
    elif not form.locator("input[name=seconds_done]").count():
        for closed in visible(form.locator("details:not([open]) > summary"))[:1]:
            closed.click()
        fill(form) if not names else form.locator("input[name=answer]").first.check(force=True)
    following = visible(form.locator("button[name=button][value=next]:not(.vh)"))
    assert following, here
    assert press(page, following[0]).ok
    past_what_stands_before(page)
    assert page.locator("input[name=step]").get_attribute("value") != here, (here, page.locator("main").inner_text()[:300])
