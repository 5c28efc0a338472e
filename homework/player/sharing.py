"""Who sees which answer. Two groups are shared or kept apart: what was tapped, and what was put in words."""

from dataclasses import dataclass
from enum import StrEnum

from homework.player.exercise import Exercise, Step
from homework.player.flow import Answers, live_answers


class Group(StrEnum):
    RATINGS = "ratings"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Sharing:
    """The client's choice for one run: True is seen by the therapist, False by nobody else."""

    ratings: bool
    words: bool


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


def answered_groups(exercise: Exercise, answers: Answers) -> frozenset[Group]:
    """The groups of this run that hold at least one answer a therapist could be shown."""
    live = live_answers(exercise, answers)
    return frozenset(group_of(step) for step in exercise.steps if live.get(step.id) is not None and _is_offered(exercise, step))
