"""The library as it stands in the database."""

from uuid import UUID

from django.db.models.fields.json import KeyTextTransform

from homework.content import library
from homework.models import ExerciseVersion
from homework.player.exercise import Exercise
from homework.player.parsing import parse_exercise

_PARSED: dict[str, Exercise] = {}  # by the hash of their content


def exercise_of(version: ExerciseVersion) -> Exercise:
    """The version as the player and the pages read it; each wording is parsed once a process."""
    found = _PARSED.get(version.content_hash)
    if found is None:
        found = _PARSED[version.content_hash] = parse_exercise(version.content)
    return found


def current_versions() -> list[ExerciseVersion]:
    """What can be agreed, in the order of the library."""
    places = {content["key"]: place for place, content in enumerate(library().exercises)}
    found = ExerciseVersion.objects.filter(current=True, exercise__retired=False).select_related("exercise")
    return sorted(found, key=lambda version: (places.get(version.exercise.key, len(places)), version.exercise.key))


def titles() -> dict[str, str]:
    """Title by key of every exercise there ever was, for the axis."""
    found = ExerciseVersion.objects.filter(current=True).annotate(title_text=KeyTextTransform("title", "content"))
    return dict(found.values_list("exercise__key", "title_text"))


def version_with(pk: UUID) -> ExerciseVersion | None:
    """One wording, also an older one."""
    return ExerciseVersion.objects.filter(pk=pk).select_related("exercise").first()
