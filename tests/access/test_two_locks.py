"""Two locks: the pages filter as if there were no wall. With every policy open they show what they showed before, word for word."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from access.wall import walled_models
from clients.models import Client
from tests import cast
from tests.cast import Person
from tests.house.growth import (
    ABOUT_TARA,
    People,
    more_clients,
    more_entries,
    more_for_the_office,
    more_lines,
    more_own_exercises,
    more_plan_versions,
    more_services,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
ABOUT_BEN = [
    "dashboard:record", "dashboard:timeline", "dashboard:homework", "dashboard:assign", "therapy:goals", "therapy:notes", "clients:team", "clients:contact",
    "coping:desk", "coping:desk_history", "kind:desk", "kind:desk_together", "reading:choose", "jar:desk", "dashboard:talk",
    "selfcare:desk", "selfcare:desk_history", "mindset:desk",
    "strengths:desk", "people:desk", "dashboard:plans", "safety:desk_plan", "safety:desk_history",
]  # fmt: skip
STAFF = ["dashboard:caseload", "dashboard:supervision", *ABOUT_BEN]
PAGES = {
    "tara": ["dashboard:caseload", "homework:library", "dashboard:own_write", "dashboard:paper_back", "community:directory", *ABOUT_BEN],
    "vera": ["dashboard:caseload", "dashboard:supervision"],
    "ben_portal": [
        "portal:today", "portal:practise", "portal:me", "portal:talk", "portal:replies", "portal:privacy", "coping:mine", "coping:history", "kind:mine",
        "reading:mine", "jar:all", "selfcare:mine", "selfcare:plan", "selfcare:smaller", "selfcare:history",
        "strengths:mine", "strengths:choose", "people:mine", "community:services", "safety:plan", "safety:plan_history",
        "mindset:mine",
    ],
    "ada": ["homework:library", "community:directory", "clients:people", "clients:care", "safety:lines", *ABOUT_TARA],
}  # fmt: skip
# what differs from one look to the next: tokens, ids made for a form, the seconds of a session, how often and at which minute a record was opened
CHANGES = re.compile(
    r'(csrfmiddlewaretoken"|new_id") value="[^"]*"|data-exit-token="\w+"|data-stay="\d+"'
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+ times|\d\d:\d\d"
)


@pytest.fixture
def people(ada: Person, tara: Person, ben: Client, ben_portal: Person, vera: Person) -> People:
    """Tara's Ben and one more; beside them Sam's and, in another clinic, Olu's clients, each with the same in their records."""
    mine = People(ada, tara, ben, ben_portal, vera)
    more_entries(mine)
    more_plan_versions(mine)
    more_clients(mine)
    more_for_the_office(mine)
    more_lines(mine)
    more_services(mine)
    more_own_exercises(mine)
    away, boss = cast.clinic("Otherwell", "Omar")
    for clinic, name, admin in ((ada.membership.clinic, "Sam", ada), (away, "Olu", boss)):
        other = cast.member(clinic, "therapist", name)
        client = cast.client_of(other, f"Foreign {name}")
        others = People(admin, other, client, cast.portal_sign_in(other, client, f"Client of {name}".replace(" ", "")), made=10)
        more_entries(others)
        more_plan_versions(others)
        if clinic == away:
            more_services(others)
            more_own_exercises(others)
        if clinic == away:
            more_for_the_office(others)
            more_lines(others)
    return mine


def open_every_policy() -> None:
    """Grants stay; rows are no longer a question."""
    with connection.cursor() as cursor:
        for model in walled_models():
            table = model._meta.db_table
            for kind in {rule.kind for rule in model.rules if rule.kind != "web"}:  # type: ignore[attr-defined]
                cursor.execute(f"CREATE POLICY open_{kind} ON {table} TO app_{kind} USING (true) WITH CHECK (true)")


def shown(people: People) -> dict[str, str]:
    found = {}
    for who, names in PAGES.items():
        browser = Browser()
        browser.force_login(getattr(people, who).user)
        for name in names:
            about = [people.ben.pk] if name in ABOUT_BEN else [people.tara.user.pk] if name in ABOUT_TARA else []
            answer = browser.get(reverse(name, args=about))
            assert answer.status_code == 200, name
            found[name] = CHANGES.sub("", answer.content.decode())
    return found


def test_without_the_wall_the_pages_show_the_same(people: People, as_owner: Callable[[], Any]) -> None:
    behind = shown(people)
    with as_owner():
        open_every_policy()
    before = shown(people)
    leaks = [name for name, page in before.items() if "Foreign" in page or (name in STAFF and "only_me" in page)]
    assert not leaks, f"{leaks} show what is somebody else's when the policies are open: filter in the selector too."
    other = [name for name, page in before.items() if page != behind[name]]
    assert not other, f"{other} differ when the policies are open: filter in the selector too."


def test_anothers_address_is_closed_without_the_wall(people: People, as_owner: Callable[[], Any]) -> None:
    """The gate asks for clinic and assignment by itself."""
    with as_owner():
        open_every_policy()
        foreign = list(Client.objects.filter(called__startswith="Foreign"))
    browser = Browser()
    browser.force_login(people.tara.user)
    assert len(foreign) == 2
    for client in foreign:
        for name in ABOUT_BEN:
            assert browser.get(reverse(name, args=[client.pk])).status_code == 404, name
