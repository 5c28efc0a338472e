"""What the player adds where a thought is looked at: moments as evidence, fairer thoughts of before, one worked example, a calming skill first."""

from collections.abc import Mapping
from typing import Any

from clients.content import emotions
from clients.models import Client
from clients.pillars import Pillar
from homework.content import library
from homework.models import ExerciseRun
from homework.models.run import RunState
from homework.player.exercise import MOMENTS, Exercise, Step, StepType
from mindset.models import ThoughtRecord
from mindset.selectors import fairer_before, wants_short
from mindset.selectors.thoughts import FULL, SHORT

PINNED = {"thought_record": ("thought", "b1"), "pattern_spotter": ("thought", "before"), "other_views": ("what", "before")}  # the thought, and its rating
FAIRER = {"thought_record": ("fair", "bnew"), "other_views": ("keep", "")}  # the fairer thought, and how much it is believed
OFFERS_MOMENTS = {"thought_record": "against", "other_views": "friend", "old_rule_new_rule": "proof"}
OFFERS_FAIRER = {"thought_record": ("thought", "fair"), "other_views": ("what", "keep"), "old_rule_new_rule": ("old", "new")}
ON_PAGE = 4  # moments before "All your moments"
STRONG = 9
PLEASANT = ("happy", "calm", "connected")  # families of feelings that need no calming first
CALMING = ("cool_down", "slow_breathing", "five_senses")


def offers_moments(exercise: Exercise, step: Step) -> bool:
    return OFFERS_MOMENTS.get(exercise.key) == step.id


def added_moments(step: Step, answers: Mapping[str, Any], raw: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The ids that are ticked: as they were sent, else as they are kept."""
    return tuple(raw.get("moments", ())) if raw is not None else tuple(answers.get(f"{step.id}{MOMENTS}") or ())


def fairer_for(client: Client, run: ExerciseRun, exercise: Exercise, step: Step, answers: Mapping[str, Any]) -> list[ThoughtRecord]:
    """Fairer thoughts found before for the thought of this run, on the step that asks for one."""
    about = OFFERS_FAIRER.get(exercise.key, ("", ""))
    thought = answers.get(about[0])
    return fairer_before(client, thought, run=run) if about[1] == step.id and isinstance(thought, str) else []


def calm_first(exercise: Exercise, step: Step, value: Any) -> bool:
    """Hard feelings at 9 or 10, where a thought is to be looked at next."""
    if exercise.pillar != Pillar.MINDSET or step.rerates:
        return False
    if step.type == StepType.EMOTION:
        felt = [one for one in value or () if isinstance(one, dict) and one.get("word") not in pleasant_words()]
        return any(isinstance(one.get("intensity"), int) and one["intensity"] >= STRONG for one in felt)
    return step.type == StepType.RATING and (step.when, step.measure) == ("before", "distress") and isinstance(value, int) and value >= STRONG


def pleasant_words() -> frozenset[str]:
    return frozenset(word.key for family in emotions().families if family.key in PLEASANT for word in family.words)


def calming_skills() -> list[tuple[str, str]]:
    """(key, title) of what calms down quickly."""
    titles = {content["key"]: content["title"] for content in library().exercises}
    return [(key, titles[key]) for key in CALMING if key in titles]


def shows_example(client: Client, run: ExerciseRun) -> bool:
    """Before the first thought record ever: nothing of it is done, and none was finished."""
    if run.item_key != FULL or run.step:
        return False
    return not ExerciseRun.objects.filter(client=client, item_key=FULL, state=RunState.FINISHED).exists()


def short_one(client: Client, key: str) -> str:
    """The exercise to offer in place of the full record; empty when the full one is as good."""
    return SHORT if key == FULL and wants_short(client) else ""
