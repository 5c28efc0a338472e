"""List pages ask the same number of questions for 1 row and for 50, and few of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from clients.models import Client
from tests.cast import Person
from tests.house.growth import ABOUT_TARA, PAGES, People, more_colleagues, statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
AT_MOST = 14  # PERFORMANCE.md, Budgets: actor binding, session, user and trail counted
MANY = 50
ABOVE = {"dashboard:record": 19, "dashboard:homework": 15}  # a ratchet: pages that gather from every app, on their way down to 14


@pytest.fixture
def people(ada: Person, tara: Person, ben: Client, ben_portal: Person, vera: Person) -> People:
    return People(ada, tara, ben, ben_portal, vera)


def address(name: str, people: People) -> str:
    """Of the list, or of Ben's when it is about one client, of Tara's about one colleague."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[people.tara.user.pk if name in ABOUT_TARA else people.ben.pk])


def asked(browser: Browser, where: str) -> list[str]:
    def look() -> None:
        assert browser.get(where).status_code == 200

    look()  # what is read once a process, such as the content files
    return statements(look)


def grows(few: list[str], many: list[str]) -> str:
    """Empty when the page asks as often as before; else which question it repeats."""
    if len(few) == len(many):
        return ""
    again = max(set(many), key=lambda sql: sum(other[:60] == sql[:60] for other in many))
    return f"{len(few)} statements with 1 row, {len(many)} with {MANY}: read the rows together in the selector. Most often: {again[:200]}"


def asked_by(people: People, pages: list[tuple[str, str]]) -> dict[str, list[str]]:
    found = {}
    for name, who in pages:
        browser = Browser()
        browser.force_login(getattr(people, who).user)
        found[name] = asked(browser, address(name, people))
    return found


@pytest.mark.parametrize("grow", PAGES, ids=lambda grow: grow.__name__)
def test_a_list_asks_as_often_for_one_row_as_for_fifty(grow: Callable[[People], None], people: People) -> None:
    grow(people)
    few = asked_by(people, PAGES[grow])
    for _row in range(MANY - 1):
        grow(people)
    many = asked_by(people, PAGES[grow])
    wrong = [f"{name}: {grows(few[name], many[name])}" for name in many if grows(few[name], many[name])]
    for name, sqls in many.items():
        limit = ABOVE.get(name, AT_MOST)
        if len(sqls) > limit:
            wrong.append(f"{name} asks {len(sqls)} times, {limit} are allowed:\n" + "\n".join(sql[:140] for sql in sqls))
        if name in ABOVE and len(sqls) < limit:
            wrong.append(f"{name} asks {len(sqls)} times now: write that into ABOVE, or take it off when it is {AT_MOST}.")
    assert not wrong, "\n".join(wrong)


def test_the_count_sees_everything_a_page_asks(people: People) -> None:
    """The binding of the actor, the session, the user and the row of the trail are among it."""
    browser = Browser()
    browser.force_login(people.tara.user)
    said = " ".join(asked(browser, address("dashboard:record", people)))
    wanted = ("set_config('role', 'app_therapist'", "accounts_browsersession", "accounts_user", 'INSERT INTO "audit_auditevent"')
    assert all(each in said for each in wanted)


def test_the_check_sees_a_page_that_asks_for_each_row(people: People) -> None:
    def page() -> Any:
        return [(membership.user.name, User.objects.count()) for membership in type(people.tara.membership).objects.all()]

    few = statements(page)
    for _row in range(3):
        more_colleagues(people)
    assert "accounts_user" in grows(few, statements(page))
