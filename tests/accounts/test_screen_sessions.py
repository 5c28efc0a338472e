"""Where one is signed in, and how long a page may lie still."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import BrowserSession
from tests.cast import Person

pytestmark = pytest.mark.django_db
SESSIONS, STILL, PROFILE = "/accounts/sessions/", "/accounts/still-here/", "/accounts/profile/"
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def browser_of(person: Person, agent: str = "") -> Browser:
    browser = Browser(headers={"User-Agent": agent})
    browser.force_login(person.user)
    browser.get(PROFILE)
    return browser


def is_in(browser: Browser) -> bool:
    return bool(browser.get(PROFILE).status_code == 200)


def session_of(browser: Browser) -> str:
    from accounts.sessions import hash_key

    return str(BrowserSession.objects.get(key_hash=hash_key(str(browser.session.session_key))).pk)


def test_each_is_shown_and_ended_by_itself(tara: Person) -> None:
    here, phone, work = browser_of(tara), browser_of(tara), browser_of(tara)
    page = here.get(SESSIONS).content.decode()
    assert page.count("Sign out there") == 2 and page.count("This one.") == 1
    assert here.post(SESSIONS, {"session": session_of(phone)}).headers["Location"] == SESSIONS
    assert is_in(here) and is_in(work) and not is_in(phone)


def test_all_others_at_once(tara: Person) -> None:
    here, others = browser_of(tara), [browser_of(tara) for _time in range(3)]
    here.post(SESSIONS, {"others": "1"})
    assert is_in(here) and not any(is_in(each) for each in others)
    assert "Sign out everywhere else" not in here.get(SESSIONS).content.decode()


@pytest.mark.parametrize("wanted", ["", "rough", "a\0b", "00000000-0000-7000-8000-000000000000"])
def test_what_is_not_hers_is_not_ended(wanted: str, tara: Person, sam: Person) -> None:
    hers, his = browser_of(tara), browser_of(sam)
    hers.post(SESSIONS, {"session": wanted})
    hers.post(SESSIONS, {"session": session_of(his)})
    assert is_in(hers) and is_in(his)


def test_signed_out_the_list_leads_to_the_door(tara: Person) -> None:
    assert Browser().get(SESSIONS).headers["Location"].startswith("/accounts/login/")


def seconds(answer: Any) -> int:
    return int(answer.json()["seconds"])


def test_asking_keeps_nobody_signed_in_and_saying_so_does(tara: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = browser_of(tara)
        assert seconds(browser.get(STILL, headers={"X-Background": "1"})) == 900
    with time_machine.travel(NOW + 13 * MINUTE, tick=False):
        assert seconds(browser.get(STILL, headers={"X-Background": "1"})) == 120
        assert seconds(browser.post(STILL)) == 900
        assert seconds(browser.get(STILL, headers={"X-Background": "1"})) == 900, "for every tab"
    with time_machine.travel(NOW + 28 * MINUTE, tick=False):
        assert seconds(browser.get(STILL, headers={"X-Background": "1"})) == 0 and not is_in(browser)


def test_nobody_is_here_when_nobody_is_signed_in() -> None:
    assert seconds(Browser().get(STILL)) == 0 and seconds(Browser().post(STILL)) == 0


@pytest.mark.parametrize(("who", "path", "limit"), [("tara", "/caseload/", 900), ("ada", "/clinic/people/", 900), ("ben_portal", "/portal/", 1800)])
def test_the_pages_of_each_role_know_how_long(who: str, path: str, limit: int, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    with time_machine.travel(NOW, tick=False):
        browser = browser_of(person)
        page = browser.get(path).content.decode()
    assert f'data-stay="{limit}"' in page and 'data-stay-script="/static/js/stay.js"' in page


def test_a_page_for_nobody_warns_nobody(tara: Person) -> None:
    assert "data-stay" not in Browser().get("/help-now/").content.decode()
