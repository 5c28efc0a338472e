"""The exercises that the clinic wrote itself, in the schema of homework/data/exercises.yaml; `by` is the key of the therapist who wrote it."""

from collections.abc import Collection, Mapping

from django.utils.text import slugify

from access.acting import acting_as
from accounts.models import Membership
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.starter.cast import actor_of
from homework.content import library
from homework.models import ExerciseVersion
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


def title_key(title: str) -> str:
    """`Harbour window` is `harbour_window`, in the way of the library's keys."""
    return slugify(title).replace("-", "_")


def own_keys(entries: list[Entry]) -> set[str]:
    """What the homework of a client may name; a key of the library stays the library's."""
    return {title_key(str(entry.data["content"]["title"])) for entry in entries}


def version_called(key: str) -> ExerciseVersion:
    """By the key of the library, else by that of the title of one that the actor's clinic wrote."""
    versions = ExerciseVersion.objects.select_related("exercise").filter(current=True)
    found = versions.filter(exercise__key=key).first()
    return found or next(version for version in versions.exclude(clinic=None) if title_key(version.title) == key)


def load_exercises(members: Mapping[str, Membership], entries: list[Entry]) -> None:
    for entry in entries:
        by = actor_of(members[entry.text("by")])
        with acting_as(by):
            write_exercise(new_id=uuid7(), content=entry.data["content"], adapted_from=entry.text("adapted_from", ""), by=by)
