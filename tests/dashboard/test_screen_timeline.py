"""The axis on the desk: the words of a check-in reach the therapist who was promised them, and nobody else."""

import html

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from clients.services import record_check_in, say_more
from core.ids import uuid7
from tests.cast import Person

pytestmark = pytest.mark.django_db
FELT = [{"word": "worried", "intensity": 7}, {"word": "tired", "intensity": None}]


def check_in(portal: Person, client: Client, note: str, visibility: str = "my_therapist") -> None:
    with acting_as(portal.actor):
        row = record_check_in(client=client, new_id=uuid7(), mood=2, by=portal.actor, visibility=visibility)
        say_more(check_in=row, note=note, feelings=FELT, visibility=visibility, by=portal.actor)


def axis(person: Person, client: Client) -> str:
    browser = Browser()
    browser.force_login(person.user)
    return html.unescape(browser.get(reverse("dashboard:timeline", args=[client.pk])).content.decode())


def test_words_and_feelings_stand_beside_the_tap(tara: Person, ben: Client, ben_portal: Person) -> None:
    check_in(ben_portal, ben, "The morning was <long>.")
    said = axis(tara, ben)
    assert "The morning was <long>." in said and "Tired, Worried 7" in said or "Worried 7, Tired" in said


def test_what_is_kept_private_is_not_there(tara: Person, ben: Client, ben_portal: Person) -> None:
    check_in(ben_portal, ben, "for the therapist")
    check_in(ben_portal, ben, "for nobody else", visibility="only_me")
    said = axis(tara, ben)
    assert "for the therapist" in said and "for nobody else" not in said


@pytest.mark.parametrize(("strength", "notes"), [(6, 0), (7, 1), (None, 0)])
def test_a_heavy_feeling_leaves_a_note_and_a_soft_line(strength: int | None, notes: int, tara: Person, ben: Client, ben_portal: Person) -> None:
    phone = Browser()
    phone.force_login(ben_portal.user)
    check_in(ben_portal, ben, "")
    scope = f"{ben_portal.membership.pk}:{ben.pk}"
    form = {"scope": scope, "note": "", "visibility": "my_therapist", "answer": ["hopeless"], "intensity-hopeless": strength or ""}
    for _press in range(2):
        page = html.unescape(phone.post(reverse("portal:check_in"), form, follow=True).content.decode())
        assert page.count("That sounds heavy. Would you like to see your help page?") == notes
    assert axis(tara, ben).count("An answer to ask about: how they feel") == notes


def test_the_note_is_read_by_whom_the_words_are_read_by(tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        row = record_check_in(client=ben, new_id=uuid7(), mood=1, by=ben_portal.actor)
        heavy = [{"word": "unsafe", "intensity": 9}]
        say_more(check_in=row, feelings=heavy, visibility="only_me", by=ben_portal.actor)
    assert "An answer to ask about" not in axis(tara, ben)
    with acting_as(ben_portal.actor):
        say_more(check_in=row, visibility="my_therapist", by=ben_portal.actor)
    assert "An answer to ask about" in axis(tara, ben)
