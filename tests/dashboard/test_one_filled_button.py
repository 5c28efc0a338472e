"""One filled button a view (LOOK.md, 12): the record's "Log a session" steps back where a tab has something of its own to do."""

import re

import pytest
from django.test import Client as Browser

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from tests.cast import Person
from tests.homework.agreed import agree
from tests.therapy.logs import logged
from therapy.services import add_goal

pytestmark = pytest.mark.django_db
OWN = {"contact/": "Save", "team/": "Assign", "portal/": "Send the invitation"}
EMPTY = {"goals/": "Write the first one", "homework/": "Assign", "notes/": "Log a session", "coping/": "Write it together"}


def filled(browser: Browser, ben: Client, tab: str) -> list[str]:
    """The words of a tab's filled buttons; "head" before the one in the record's head."""
    html = browser.get(f"/clients/{ben.pk}/{tab}").content.decode()
    found = list(re.finditer(r'class="btn-l primary"[^>]*>([^<]*)<', html))
    return [("head: " if match.start() < html.index('<nav class="tabs"') else "") + match[1] for match in found]


def test_a_tab_with_something_of_its_own_to_do_has_its_button_filled_alone(client: Browser, tara: Person, sam: Person, ben: Client) -> None:
    client.force_login(tara.user)
    for tab, words in {**OWN, **EMPTY}.items():
        assert filled(client, ben, tab) == [words], tab


@pytest.mark.usefixtures("library")
def test_a_tab_to_read_leaves_it_to_the_log(client: Browser, tara: Person, ben: Client) -> None:
    agree(tara, ben, "slow_breathing")
    logged(tara, ben)
    with acting_as(tara.actor):
        add_goal(client=ben, new_id=uuid7(), text="A walk", levels={level: f"level {level}" for level in range(-2, 3)}, by=tara.actor)
    client.force_login(tara.user)
    for tab in ("", "timeline/", "goals/", "homework/", "notes/"):
        assert filled(client, ben, tab) == ["head: Log a session"], tab
