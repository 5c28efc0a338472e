"""What finishing an exercise leaves in the plan (settings.EXERCISE_RECORDERS). Once for a run; what it left is edited like anything else.

A line of the plan holds words, so who may read it follows the words of the run. The plan's own lists are read by both: a run whose words
are kept leaves nothing there until they are shared.
"""

from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, Visibility
from coping.models import CopingPlan
from coping.selectors import current_plan
from coping.services import record_strategy, save_plan
from core.actor import Actor
from core.ids import uuid7
from safety.content import warning_signs

NAME_MAX, WHEN_MAX = 200, 300
# Exercise to (the step that names the strategy, the one that says when, the one that says how, its kind).
LEFT = {
    "problem_steps": ("plan", "what", "ifthen", "problem_solving"),
    "if_then_plan": ("plan", "block", "wish", "problem_solving"),
    "cope_ahead": ("words", "what", "backup", "problem_solving"),
    "circle_control": ("act", "stress", "", "problem_solving"),
    "stop_pause": ("p", "o", "", "impulse"),
}
PLAN = "staying_well_plan"


class Opened(Protocol):
    """What of a run is read from now on and was not before."""

    words: bool


class Run(Protocol):
    """What this floor may know of a run of homework."""

    pk: UUID
    client: Client
    item_key: str
    visibility: str
    ratings_shared: bool
    words_shared: bool


def record_coping(*, run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """Called when a run is finished and whenever its sharing changes; repeating it changes nothing but who may read."""
    found: Run = run
    shared = found.visibility == Visibility.MY_THERAPIST and found.words_shared
    if found.item_key in LEFT:
        name, when, how, kind = LEFT[found.item_key]
        said = {"name": _text(answers, name)[:NAME_MAX], "when_to": _text(answers, when)[:WHEN_MAX], "how": _text(answers, how)}
        visibility = Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME
        if said["name"]:
            record_strategy(client=found.client, source=run, step=name, visibility=visibility, show=opened.words, kind=kind, by=by, **said)
    elif found.item_key == PLAN and shared and found.ratings_shared:
        _record_plan(run, answers, opened, by)


def _record_plan(run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """Signs and triggers of the staying-well plan join those that are there; the skills become strategies."""
    if not CopingPlan.objects.filter(source_kind=run._meta.label_lower, source_id=run.pk).exists():
        there = current_plan(run.client)
        known = {sign.key for sign in warning_signs()}
        save_plan(
            client=run.client,
            new_id=uuid7(),
            number=there.number if there else 0,
            early_signs=[*(there.early_signs if there else ()), *(sign for sign in answers.get("signs") or () if sign in known)],
            triggers=[*(there.triggers if there else ()), *(line.strip() for line in _text(answers, "triggers").splitlines() if line.strip())],
            phrase=there.phrase if there else "",
            by=by,
            source=run,
        )
    for key in answers.get("skills") or ():
        step = f"skills:{key}"[:60]
        record_strategy(client=run.client, source=run, step=step, visibility=Visibility.MY_THERAPIST, show=opened.words, item_key=str(key), by=by)


def _text(answers: dict[str, Any], step: str) -> str:
    value = answers.get(step) if step else None
    return value.strip() if isinstance(value, str) else ""
