"""A clinic's own exercises: written by its staff, worded anew as versions, retired and brought back. What comes with the product is never touched here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.pillars import Pillar
from core.actor import Actor
from core.errors import Refused, Stale
from core.once import constraint_of, create_once
from homework.models import Exercise, ExerciseVersion
from homework.player.exercise import OWN_PREFIX
from homework.player.parsing import parse_exercise
from homework.services.library import content_hash


def own_key(new_id: UUID) -> str:
    """Permanent, and clashes with none of the product's: those never begin so, and the database says it too."""
    return f"{OWN_PREFIX}{new_id.hex[-12:]}"


@transaction.atomic
def write_exercise(*, new_id: UUID, content: Mapping[str, Any], by: Actor, adapted_from: str = "") -> Exercise:
    """A new one of the clinic; sent twice, it is one. `adapted_from` is the key of the exercise it was made from, which stays as it is.

    `content` is that of the schema, without its key. Raises ContentError for what makes no sense, Refused.
    """
    worded = _worded(content, own_key(new_id))

    def make() -> Exercise:
        row = Exercise(id=new_id, clinic_id=by.clinic_id, created_by_id=by.user_id, key=worded["key"], pillar=worded["pillar"], adapted_from=adapted_from)
        row.save(force_insert=True)
        _add_version(row, worded, 1, by)
        record_event(verb="exercise_written", by=by, row=row, detail={"exercise": row.key, "adapted_from": adapted_from})
        return row

    try:
        return create_once(Exercise, new_id, make, by=by, clinic_id=by.clinic_id)[0]
    except IntegrityError as error:
        if constraint_of(error) == "exercise_key_unique":  # an id made up by hand, or by a chance of one in many millions
            raise Refused(_("This form was used before. Please load the page again.")) from error
        raise


@transaction.atomic
def change_exercise(*, exercise: Exercise, number: int, content: Mapping[str, Any], by: Actor) -> ExerciseVersion:
    """Other words: a new version, which new work uses. What was agreed and answered keeps the words it had. The same words change nothing.

    `number` is that of the version the form was made from. Raises Stale with the newer version, ContentError, Refused.
    """
    row = _own(exercise, by)
    worded = _worded(content, row.key)
    current = row.versions.get(current=True)
    if current.content_hash == content_hash(worded):
        return current
    if current.number != number:
        raise Stale(current)
    row.versions.filter(current=True).update(current=False)
    if row.pillar != worded["pillar"]:
        Exercise.objects.filter(pk=row.pk).update(pillar=worded["pillar"])
    version = _add_version(row, worded, number + 1, by)
    record_event(verb="exercise_changed", by=by, row=row, detail={"exercise": row.key, "version": version.number})
    return version


@transaction.atomic
def retire_exercise(*, exercise: Exercise, away: bool, by: Actor) -> None:
    """Not offered any more, or offered again. What is agreed and what is begun goes on. Done twice it changes nothing. Raises Refused."""
    row = _own(exercise, by)
    if row.retired == away:
        return
    changes = {"retired": away, "retired_at": timezone.now() if away else None, "retired_by_id": by.user_id if away else None}
    Exercise.objects.filter(pk=row.pk).update(**changes)
    record_event(verb="exercise_retired" if away else "exercise_brought_back", by=by, row=row, detail={"exercise": row.key})


def _own(exercise: Exercise, by: Actor) -> Exercise:
    """The row as it is now, for this transaction alone."""
    found = Exercise.objects.select_for_update().filter(pk=exercise.pk, clinic_id=by.clinic_id).first()
    if found is None:
        raise Refused(_("Only what your clinic wrote itself can be changed."))
    return found


def _worded(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    worded = {**content, "key": key}
    parse_exercise(worded)
    if worded["pillar"] not in Pillar.values:
        raise Refused(_("Please choose one of these."), "pillar")
    return worded


def _add_version(row: Exercise, content: dict[str, Any], number: int, by: Actor) -> ExerciseVersion:
    version = ExerciseVersion(exercise=row, clinic_id=row.clinic_id, created_by_id=by.user_id, number=number)
    version.content, version.content_hash = content, content_hash(content)
    version.save(force_insert=True)
    return version
