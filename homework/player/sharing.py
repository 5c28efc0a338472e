"""Who sees which answer. Two groups are shared or kept apart: what was tapped, and what was put in words."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homework.player.exercise import Exercise, Step
from homework.player.flow import Answers, live_answers


class Group(StrEnum):
    RATINGS = "ratings"
    WORDS = "words"


LABELS = {Group.RATINGS: gettext_lazy("Ratings and taps"), Group.WORDS: gettext_lazy("Words and names")}


@dataclass(frozen=True, slots=True)
class Sharing:
    """The client's choice for one run: True is seen by the therapist, False by nobody else."""

    ratings: bool
    words: bool


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The answers of one group that a run holds, for "Who sees this"."""

    group: Group
    label: str
    step_ids: tuple[str, ...]
    shared: bool


def default_sharing(exercise: Exercise) -> Sharing:
    """What holds until the client says otherwise. Under `client_chooses`, words are seen only after "Share this"."""
    return Sharing(ratings=True, words=exercise.sharing_default == "shared")


def group_of(step: Step) -> Group:
    """Names of other people count as words, not as taps."""
    return Group.WORDS if step.is_answered_with_words else Group.RATINGS


def shared_steps(exercise: Exercise, sharing: Sharing) -> frozenset[str]:
    """The ids of the steps whose answers the therapist may see. What the exercise does not offer to the therapist is never among them."""
    allowed = {Group.RATINGS: sharing.ratings, Group.WORDS: sharing.words}
    return frozenset(step.id for step in exercise.steps if _is_offered(exercise, step) and allowed[group_of(step)])


def _is_offered(exercise: Exercise, step: Step) -> bool:
    return not step.is_silent and (step.id in exercise.fields or step.id in exercise.fields_if_shared)


def answer_groups(exercise: Exercise, answers: Answers, sharing: Sharing) -> tuple[AnswerGroup, ...]:
    """The groups of this run that hold at least one answer."""
    allowed = {Group.RATINGS: sharing.ratings, Group.WORDS: sharing.words}
    live = live_answers(exercise, answers)
    given = [step for step in exercise.steps if live.get(step.id) is not None and _is_offered(exercise, step)]
    groups = {group: tuple(step.id for step in given if group_of(step) == group) for group in Group}
    return tuple(AnswerGroup(group, str(LABELS[group]), ids, allowed[group]) for group, ids in groups.items() if ids)


def who_sees(groups: tuple[AnswerGroup, ...], name: str) -> str:
    """One sentence for the end of a run; `name` is what the client calls the therapist."""
    shared = {group.group for group in groups if group.shared}
    kept = {group.group for group in groups if not group.shared}
    if not shared:
        return _("%(name)s sees that you did this, and nothing you answered.") % {"name": name}
    if shared == {Group.RATINGS} and kept:
        return _("%(name)s sees your ratings and taps. Your words stay private unless you share them.") % {"name": name}
    if shared == {Group.WORDS} and kept:
        return _("%(name)s sees your words. Your ratings and taps stay private unless you share them.") % {"name": name}
    if shared == {Group.RATINGS}:
        return _("%(name)s sees your ratings and taps.") % {"name": name}
    if shared == {Group.WORDS}:
        return _("%(name)s sees your words.") % {"name": name}
    return _("%(name)s sees your ratings, your taps and your words.") % {"name": name}
