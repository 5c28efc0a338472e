"""Bringing the library that comes with the product into the database, version by version."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from homework.content import library
from homework.models import Exercise, ExerciseVersion
from homework.player.flags import flag_rules
from homework.player.parsing import parse_exercise


@dataclass(frozen=True)
class Loaded:
    """How many exercises were new, got a new version, stayed, were retired."""

    added: int
    changed: int
    unchanged: int
    retired: int


def content_hash(content: Mapping[str, Any]) -> str:
    """The same for the same content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def load_library(*, contents: Sequence[Mapping[str, Any]] | None = None) -> Loaded:
    """Every exercise of `homework/data/exercises.yaml` as a row with its current version; needs the owner's login.

    A changed wording becomes a new version and the old one stays, so that what was agreed and answered keeps its own words. An exercise that is no
    longer in the file is retired: not offered any more, never deleted. Loading the same file again changes nothing. What a clinic wrote itself is
    not looked at. Raises ContentError.
    """
    wanted = {str(content["key"]): content for content in (library().exercises if contents is None else contents)}
    flag_rules()  # a rule that does not fit the file is refused before anything is written
    parsed = {key: parse_exercise(content) for key, content in wanted.items()}
    rows = {row.key: row for row in Exercise.objects.filter(clinic=None).select_for_update()}
    new = [Exercise(key=key, pillar=exercise.pillar) for key, exercise in parsed.items() if key not in rows]
    Exercise.objects.bulk_create(new)
    for key, row in rows.items():
        _keep_in_step(row, pillar=parsed[key].pillar if key in parsed else row.pillar, retired=key not in parsed)
    changed = _add_versions(wanted, rows | {row.key: row for row in new})
    return Loaded(added=len(new), changed=changed - len(new), unchanged=len(wanted) - changed, retired=len(rows.keys() - wanted.keys()))


def _keep_in_step(row: Exercise, *, pillar: str, retired: bool) -> None:
    if (row.pillar, row.retired) != (pillar, retired):
        Exercise.objects.filter(pk=row.pk).update(pillar=pillar, retired=retired)


def _add_versions(wanted: Mapping[str, Mapping[str, Any]], rows: Mapping[str, Exercise]) -> int:
    """A new current version for each exercise whose content differs from its current one; how many."""
    standing = {
        version.exercise_id: version.content_hash for version in ExerciseVersion.objects.filter(current=True, clinic=None).only("exercise_id", "content_hash")
    }
    numbers = dict(ExerciseVersion.objects.filter(clinic=None).values_list("exercise").annotate(last=Max("number")))
    versions = [
        ExerciseVersion(exercise=rows[key], number=numbers.get(rows[key].pk, 0) + 1, content=dict(content), content_hash=content_hash(content))
        for key, content in wanted.items()
        if standing.get(rows[key].pk) != content_hash(content)
    ]
    ExerciseVersion.objects.filter(current=True, exercise__in=[version.exercise_id for version in versions]).update(current=False)
    ExerciseVersion.objects.bulk_create(versions)
    return len(versions)
