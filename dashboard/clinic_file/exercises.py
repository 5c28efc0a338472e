"""The exercises that the clinic wrote itself, in the schema of homework/data/exercises.yaml; `by` is the key of the therapist who wrote it."""

from collections.abc import Collection, Mapping

from access.acting import acting_as
from accounts.models import Membership
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.starter.cast import actor_of
from homework.content import library
from homework.player.exercise import ContentError
from homework.player.parsing import parse_exercise
from homework.services.own import write_exercise


def check(exercise: Entry) -> None:
    exercise.text("by")
    exercise.key("adapted_from", {one["key"] for one in library().exercises}, "")
    exercise.only("by", "adapted_from", "content")
    content = exercise.data.get("content")
    if not isinstance(content, dict):
        raise exercise.error("content", "the content of an exercise is needed")
    try:
        parse_exercise({**content, "key": "own"})
    except ContentError as error:
        raise exercise.error("content", str(error).removeprefix("own: ")) from error


def check_authors(entries: list[Entry], known: Collection[str]) -> None:
    for entry in entries:
        entry.key("by", known)


def load_exercises(members: Mapping[str, Membership], entries: list[Entry]) -> None:
    for entry in entries:
        by = actor_of(members[entry.text("by")])
        with acting_as(by):
            write_exercise(new_id=uuid7(), content=entry.data["content"], adapted_from=entry.text("adapted_from", ""), by=by)
