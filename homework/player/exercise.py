"""An exercise as the player reads it: frozen dataclasses made from the content that `homework/data/exercises.yaml` (or a version's JSON) holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class ContentError(ValueError):
    """The content of an exercise does not make sense; the message names exercise and step."""


class StepType(StrEnum):
    TEXT = "text"
    TIMER = "timer"
    RATING = "rating"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    CHECKLIST = "checklist"
    EMOTION = "emotion"
    DISTORTION = "distortion"
    PEOPLE = "people"


WORDS = frozenset({StepType.SHORT_TEXT, StepType.LONG_TEXT, StepType.PEOPLE})
SILENT = frozenset({StepType.TEXT, StepType.TIMER})

OWN_PREFIX = "own-"  # a key that begins so belongs to a clinic, never to the product
MOMENTS = ".moments"  # after the id of a step: the answer that holds which of the client's moments were added to it

SELFCARE_DOMAINS = "selfcare_domains"
ACTIVITIES_OF_CHOICE = "selfcare_activities_of_choice"
EMOTIONS = "emotions"
DISTORTIONS = "distortions"
PEOPLE = "people"
OPTION_LISTS = frozenset(
    {
        *("strengths", "resource_kinds", "barriers", "warning_signs", SELFCARE_DOMAINS),
        *("my_strengths", "my_helpful_exercises", ACTIVITIES_OF_CHOICE),
    }
)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick. `value` is stored, `label` is read. What is not given is empty.

    `group` is the family of a feeling, the ring of a person or the domain of a self-care activity; `question` belongs to a
    thinking pattern; `care` marks a word or sign that opens the help page; `exclusive` goes with nothing else ("None of these").
    """

    value: str
    label: str
    note: str = ""
    group: str = ""
    shape: str = ""
    example: str = ""
    question: str = ""
    care: bool = False
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """The answer to an earlier step: this value, or this one among the values picked."""

    step: str
    equals: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A breathing pattern in seconds. Holds are 0 in the library on purpose."""

    breathe_in: int
    hold_in: int
    breathe_out: int
    hold_out: int
    cycles: int

    @property
    def cycle_seconds(self) -> int:
        return self.breathe_in + self.hold_in + self.breathe_out + self.hold_out

    @property
    def seconds(self) -> int:
        return self.cycles * self.cycle_seconds


@dataclass(frozen=True, slots=True)
class Cue:
    at: int
    say: str


@dataclass(frozen=True, slots=True)
class Step:
    """One screen. `source` is the earlier step it takes its options, words, questions or breathing pattern from, or empty."""

    id: str
    type: StepType
    text: str
    optional: bool = False
    later: bool = False
    show_if: Condition | None = None
    hide_if: Condition | None = None
    opens_help: bool = False
    placeholder: str = ""
    min_lines: int = 0
    max: int | None = None
    when: str = ""
    measure: str = ""
    low: str = ""
    high: str = ""
    options: tuple[Option, ...] = ()
    options_ref: str = ""
    default: str = ""
    seconds: int = 0
    pattern: Pattern | None = None
    patterns: tuple[tuple[str, Pattern], ...] = ()
    cues: tuple[Cue, ...] = ()
    ring: int | None = None
    rerates: bool = False
    asks_pattern_question: bool = False
    source: str = ""

    @property
    def is_answered_with_words(self) -> bool:
        """Typed text and names of people: what the client may keep private while ratings are shared."""
        return self.type in WORDS

    @property
    def is_silent(self) -> bool:
        """A text or a timer: nothing a therapist would read."""
        return self.type in SILENT


@dataclass(frozen=True, slots=True)
class Frequency:
    text: str
    per_week: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """`strength`: strong, moderate, limited or practice. `checked`: seen or partly (a part of the source was not seen)."""

    technique_source: str
    outcome_source: str
    strength: str
    note: str
    checked: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """`effort` 1 works on a very bad day. `sharing_default` is `shared` or `client_chooses`. `not_for` and `take_care` are for therapists only."""

    key: str
    title: str
    pillar: str
    area: str
    technique: str
    purpose: str
    minutes: int
    effort: int
    setting: str
    self_start: bool
    in_help_now: bool
    sharing_default: str
    intro: str
    steps: tuple[Step, ...]
    close_text: str
    if_worse: str
    headline: str
    fields: tuple[str, ...]
    fields_if_shared: tuple[str, ...]
    flag: str
    frequency: Frequency
    not_for: tuple[str, ...]
    take_care: tuple[str, ...]
    evidence: Evidence

    def step(self, step_id: str) -> Step:
        """Raises KeyError for an id the exercise does not have."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    @property
    def is_own(self) -> bool:
        """Written by the clinic, not part of the product."""
        return self.key.startswith(OWN_PREFIX)

    @property
    def has_second_part(self) -> bool:
        """Some steps belong to a second visit ("Come back after you tried it")."""
        return any(step.later for step in self.steps)

    def pairs(self) -> Iterator[tuple[Step, Step]]:
        """Ratings of one measure, asked before and after: first before, last after, in the order of the steps."""
        first: dict[str, Step] = {}
        last: dict[str, Step] = {}
        for step in self.steps:
            if step.type == StepType.RATING and step.when == "before":
                first.setdefault(step.measure, step)
            elif step.type == StepType.RATING and step.when == "after":
                last[step.measure] = step
        return ((first[measure], last[measure]) for measure in first if measure in last)
