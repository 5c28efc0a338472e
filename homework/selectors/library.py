"""The library as it stands in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from accounts.selectors import names_of
from homework.content import library
from homework.models import Exercise as ExerciseRow
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


def of_clinic(clinic_id: UUID | None) -> Q:
    """What comes with the product, and what this clinic wrote itself."""
    return Q(clinic=None) | Q(clinic_id=clinic_id) if clinic_id is not None else Q(clinic=None)


def current_versions(clinic_id: UUID | None = None) -> list[ExerciseVersion]:
    """What can be agreed in a clinic, in the order of the library, its own after ours; without a clinic ours alone."""
    places = {content["key"]: place for place, content in enumerate(library().exercises)}
    found = ExerciseVersion.objects.filter(of_clinic(clinic_id), current=True, exercise__retired=False).select_related("exercise")
    return sorted(found, key=lambda version: (places.get(version.exercise.key, len(places)), version.exercise.key))


def version_named(key: str, clinic_id: UUID) -> ExerciseVersion | None:
    """What can be agreed under this key."""
    return ExerciseVersion.objects.filter(of_clinic(clinic_id), exercise__key=key, current=True, exercise__retired=False).select_related("exercise").first()


def own_exercise(key: str, clinic_id: UUID) -> ExerciseRow | None:
    """One that the clinic wrote itself, retired or not."""
    return ExerciseRow.objects.filter(key=key, clinic_id=clinic_id).first()


def titles() -> dict[str, str]:
    """Title by key of every exercise there ever was, for the axis."""
    found = ExerciseVersion.objects.filter(current=True).annotate(title_text=KeyTextTransform("title", "content"))
    return dict(found.values_list("exercise__key", "title_text"))


def titles_of(keys: Iterable[str]) -> dict[str, str]:
    """Titles of these keys, as far as they are exercises. One statement, none while all of them come with the product."""
    known = {str(content["key"]): str(content["title"]) for content in library().exercises}
    others = {key for key in keys if key and ":" not in key} - known.keys()
    found = ExerciseVersion.objects.filter(current=True, exercise__key__in=others).annotate(title_text=KeyTextTransform("title", "content"))
    return known | (dict(found.values_list("exercise__key", "title_text")) if others else {})


def version_with(pk: UUID) -> ExerciseVersion | None:
    """One wording, also an older one."""
    return ExerciseVersion.objects.filter(pk=pk).select_related("exercise").first()


@dataclass(frozen=True)
class Wording:
    """A version in the history of an own exercise, and who wrote it."""

    version: ExerciseVersion
    by: str


def wordings_of(exercise: ExerciseRow) -> list[Wording]:
    """Newest first. Two statements."""
    found = list(exercise.versions.order_by("-number"))
    for version in found:
        version.exercise = exercise
    names = names_of({version.created_by_id for version in found})
    return [Wording(version, names.get(version.created_by_id, "")) for version in found]


def retired_ones(clinic_id: UUID) -> list[ExerciseVersion]:
    """What the clinic wrote and offers no more."""
    found = ExerciseVersion.objects.filter(current=True, exercise__retired=True, clinic_id=clinic_id)
    return list(found.select_related("exercise").order_by("exercise__retired_at"))
