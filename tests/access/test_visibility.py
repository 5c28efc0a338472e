"""Visibility is each row's own: what a client keeps to herself no staff sees, however it is asked for, but for "n private" by pillar."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import CheckIn, Client, Practice, TimelineEntry
from clients.services import add_practice, add_timeline_entry, change_visibility, record_check_in, say_more
from core.ids import uuid7
from core.rules import READABLE_CLIENT
from strengths.models import Strength
from tests.cast import Person

pytestmark = pytest.mark.django_db


def strength(client: Client, author: Person, visibility: str) -> Strength:
    return Strength(
        client=client, clinic_id=client.clinic_id, own_words=f"said {visibility}", spotted_by="client", visibility=visibility, created_by=author.user
    )


@pytest.fixture
def kept_and_shared(ben: Client, ben_portal: Person) -> dict[str, Strength]:
    """Two strengths on Ben's axis: one for his therapist, one for himself; and one check-in for himself."""
    rows = {}
    with acting_as(ben_portal.actor):
        for visibility in ("my_therapist", "only_me"):
            row = strength(ben, ben_portal, visibility)
            row.save(force_insert=True)
            add_timeline_entry(source=row, kind="strength_added", pillar="strengths", by=ben_portal.actor)
            add_practice(
                source=row, pillar="strengths", item_key="x", name="x", ratings_shared=True, by=ben_portal.actor, rows=[], helped=None, minutes=None
            )  # fmt: skip
            rows[visibility] = row
        check_in = record_check_in(client=ben, new_id=uuid7(), mood=2, by=ben_portal.actor, visibility="only_me")
        say_more(check_in=check_in, note="said to nobody", by=ben_portal.actor)
    return rows


def seen(person: Person) -> tuple[int, int, int, int]:
    with acting_as(person.actor):
        return tuple(model.objects.count() for model in (Strength, TimelineEntry, Practice, CheckIn))  # type: ignore[return-value]


def test_staff_see_what_is_shared_and_the_client_all(kept_and_shared: Any, ben_portal: Person, tara: Person, vera: Person, sam: Person, ada: Person) -> None:
    assert seen(ben_portal) == (2, 3, 2, 1)
    assert seen(tara) == seen(vera) == (1, 1, 1, 0)
    assert seen(ada) == (1, 1, 1, 0)
    assert seen(sam) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM strengths_strength WHERE visibility = 'only_me'",
        "SELECT count(*) - 1 FROM strengths_strength WHERE visibility = 'only_me' OR true",
        "SELECT coalesce(max(length(own_words)), 0) - length('said my_therapist') FROM strengths_strength",
        "SELECT count(*) - 1 FROM clients_timelineentry t LEFT JOIN strengths_strength s ON s.id = t.source_id",
        "SELECT count(*) FROM clients_checkin",
    ],
)
def test_no_question_of_staff_reaches_a_private_row(sql: str, kept_and_shared: Any, tara: Person) -> None:
    with acting_as(tara.actor), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchone()[0] <= 0


def test_staff_cannot_change_hide_or_write_a_private_row(kept_and_shared: dict[str, Strength], tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(tara.actor):
        assert Strength.objects.filter(pk=kept_and_shared["only_me"].pk).update(own_words="changed") == 0
        assert Strength.objects.filter(pk=kept_and_shared["my_therapist"].pk).update(own_words="changed together") == 1
    for attempt in (
        lambda: Strength.objects.filter(pk=kept_and_shared["my_therapist"].pk).update(visibility="only_me"),
        lambda: strength(ben, tara, "only_me").save(force_insert=True),
        lambda: strength(ben, ben_portal, "my_therapist").save(force_insert=True),
    ):
        with pytest.raises(ProgrammingError), acting_as(tara.actor):
            attempt()


def test_changing_her_mind_moves_the_row_and_its_copies_together(kept_and_shared: dict[str, Strength], ben_portal: Person, tara: Person) -> None:
    with acting_as(ben_portal.actor):
        change_visibility(source=kept_and_shared["my_therapist"], visibility="only_me", by=ben_portal.actor)
    assert seen(tara) == (0, 0, 0, 0)
    with acting_as(ben_portal.actor):
        for row in kept_and_shared.values():
            change_visibility(source=row, visibility="my_therapist", by=ben_portal.actor)
    assert seen(tara) == (2, 2, 2, 0)


def test_what_staff_learn_is_a_number_by_pillar(kept_and_shared: Any, ben: Client, cleo: Client, dana: Client, tara: Person, vera: Person, sam: Person) -> None:
    """Of those they may read, whatever they ask for."""
    everybody = [ben.pk, cleo.pk, dana.pk, uuid7()]
    with acting_as(tara.actor):
        assert private_counts(everybody) == {(ben.pk, "strengths"): 1, (ben.pk, ""): 1}
        assert private_counts([cleo.pk]) == private_counts([]) == {}
    with acting_as(vera.actor):
        assert private_counts(everybody) == {(ben.pk, "strengths"): 1, (ben.pk, ""): 1}
    with acting_as(sam.actor):
        assert private_counts(everybody) == {}


def test_nobody_else_may_ask_for_the_number(kept_and_shared: Any, ben: Client, ben_portal: Person, ada: Person) -> None:
    for person in (ben_portal, ada):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(person.actor):
            private_counts([ben.pk])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        private_counts([ben.pk])


def test_the_office_reads_no_word_of_anybody(kept_and_shared: Any, ada: Person) -> None:
    """Its query that names a text column is refused by the database, also in a condition or an order."""
    for query in (
        lambda: list(Strength.objects.values_list("own_words")),
        lambda: Strength.objects.filter(own_words__contains="said").exists(),
        lambda: list(Strength.objects.order_by("own_words").values_list("pk")),
        lambda: list(Strength.objects.all()),
        lambda: list(CheckIn.objects.values_list("note")),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(ada.actor):
            query()
    with acting_as(ada.actor):
        assert list(Strength.objects.values_list("spotted_by", flat=True)) == ["client"]


def test_the_test_sees_a_rule_that_forgot_visibility(kept_and_shared: Any, tara: Person, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"CREATE POLICY planted ON strengths_strength FOR SELECT TO app_therapist USING ({READABLE_CLIENT})")
    assert seen(tara) == (2, 1, 1, 0)
