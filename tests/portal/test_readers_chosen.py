"""A page that was open while its entry was hidden elsewhere shows the old choice still; saving other words there opens nothing again."""

from typing import Any

import pytest
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client, EntryModel
from clients.services import change_visibility, record_check_in
from coping.services import add_strategy, record_use
from core.ids import uuid7
from core.zones import today_in
from mindset.services import add_win
from selfcare.services import add_activity, add_log
from strengths.services import add_moment, add_strength
from tests.cast import Person
from tests.portal.driving import form_with, signed_in

pytestmark = pytest.mark.django_db


def entry_of(kind: str, ben: Client, by: Any) -> tuple[EntryModel, str, str]:
    """A shared entry, the page that puts it right, and the field of its words."""
    new = {"client": ben, "new_id": uuid7(), "by": by}
    if kind == "win":
        row: EntryModel = add_win(text="Sang.", **new)
        return row, reverse("jar:entry", args=[row.pk]), "text"
    if kind == "log":
        activity = add_activity(domain="physical", name="Walk", tiny="round the block", **new)
        row = add_log(activity=activity, new_id=uuid7(), day=today_in(ben.timezone), size="tiny", by=by)
        return row, reverse("selfcare:entry", args=[row.pk]), "note"
    if kind == "use":
        way = add_strategy(kind="body_calming", name="Breathe", **new)
        row = record_use(strategy=way, new_id=uuid7(), by=by)
        return row, reverse("coping:use_change", args=[row.pk]), "situation"
    if kind == "moment":
        strength = add_strength(key="kindness", **new)
        row = add_moment(strength=strength, new_id=uuid7(), happened="I stayed.", by=by)
        return row, reverse("strengths:moment_change", args=[row.pk]), "happened"
    row = record_check_in(mood=2, **new)
    return row, reverse("portal:check_in") + "?words=1", "note"


@pytest.mark.parametrize("kind", ["win", "log", "use", "moment", "check-in"])
def test_other_words_in_an_old_page_open_nothing(kind: str, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        row, address, words = entry_of(kind, ben, ben_portal.actor)
    phone = signed_in(ben_portal)
    form = form_with(phone.get(address), words)
    assert form.fields["visibility"] == ["my_therapist"] and form.fields["visibility_shown"] == ["my_therapist"]
    with acting_as(ben_portal.actor):  # in another window
        change_visibility(source=row, visibility="only_me", by=ben_portal.actor)
    said = {**form.fields, words: "Other words."}
    assert phone.post(form.action or address, said).status_code == 302
    assert standing(row, ben_portal) == ("only_me", "Other words.", words)
    again = {**form_with(phone.get(address), words).fields, "visibility": "my_therapist"}
    assert phone.post(form.action or address, again).status_code == 302
    assert standing(row, ben_portal)[0] == "my_therapist", "the control: a choice made in the form counts"


def standing(row: EntryModel, portal: Person) -> tuple[str, str, str]:
    with acting_as(portal.actor):
        found: Any = type(row)._default_manager.get(pk=row.pk)
    words = next(name for name in ("text", "situation", "happened", "note") if hasattr(found, name))
    return found.visibility, getattr(found, words), words
