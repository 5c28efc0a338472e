"""An exercise as one page of paper: what is read, what is ticked, where one writes. No database."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homework.player.exercise import Exercise, Step, StepType

TICKS_AT_MOST = 9  # a longer list is written by hand, not printed
CLOSE_FROM, TIGHT_FROM, DENSE_FROM = 1000, 1450, 1900  # in the units of `weight`; test_paper.py lays all exercises out and measures them


class BlockKind(StrEnum):
    READ = "read"
    LINES = "lines"
    TICKS = "ticks"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Block:
    """One step on paper. `lines` to write on; `options` to tick; `low` and `high` are the words at the ends of 0 to 10."""

    kind: BlockKind
    text: str
    note: str = ""
    lines: int = 0
    options: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    later: bool = False

    @property
    def line_numbers(self) -> range:
        return range(self.lines)

    @property
    def weight(self) -> int:
        """How much of the page it takes, roughly, in characters of text."""
        rows = {BlockKind.READ: 0, BlockKind.LINES: self.lines, BlockKind.TICKS: -(-len(self.options) // 3), BlockKind.NUMBERS: 2}[self.kind]
        return len(self.text) + len(self.note) + 70 * rows + 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """`size`: roomy, close, tight or dense; the type is never under 14 point."""

    exercise: Exercise
    blocks: tuple[Block, ...]

    @property
    def now(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if not block.later)

    @property
    def later(self) -> tuple[Block, ...]:
        """What is filled in after it was tried."""
        return tuple(block for block in self.blocks if block.later)

    @property
    def size(self) -> str:
        weight = len(self.exercise.intro) + sum(block.weight for block in self.blocks)
        return "roomy" if weight < CLOSE_FROM else "close" if weight < TIGHT_FROM else "tight" if weight < DENSE_FROM else "tight dense"


def sheet(exercise: Exercise) -> Sheet:
    """Every step, in order; one that depends on an earlier answer says so."""
    return Sheet(exercise, tuple(_block(exercise, step) for step in exercise.steps))


def _block(exercise: Exercise, step: Step) -> Block:
    text = with_condition(exercise, step)
    match step.type:
        case StepType.TEXT:
            return Block(BlockKind.READ, text, later=step.later)
        case StepType.TIMER:
            return Block(BlockKind.READ, text, note=_for_how_long(step), later=step.later)
        case StepType.RATING:
            return Block(BlockKind.NUMBERS, text, low=step.low, high=step.high, later=step.later)
        case StepType.CHOICE | StepType.MULTI_CHOICE | StepType.CHECKLIST if 0 < len(step.options) <= TICKS_AT_MOST:
            return Block(BlockKind.TICKS, text, options=tuple(option.label for option in step.options), later=step.later)
        case StepType.EMOTION:
            return Block(BlockKind.LINES, text, note=_("Each with a number, 0 to 10."), lines=1, later=step.later)
    return Block(BlockKind.LINES, text, lines=2 if step.type == StepType.LONG_TEXT else 1, later=step.later)


def with_condition(exercise: Exercise, step: Step) -> str:
    if step.show_if is None:
        return step.text
    asked = exercise.step(step.show_if.step)
    answer = next((option.label for option in asked.options if option.value == step.show_if.equals), step.show_if.equals)
    return _("If “%(answer)s”: %(text)s") % {"answer": answer, "text": step.text}


def _for_how_long(step: Step) -> str:
    seconds = step.pattern.seconds if step.pattern is not None else step.seconds
    if not seconds:
        return ""
    if seconds < 60:
        return ngettext("About %(n)d second.", "About %(n)d seconds.", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("About %(n)d minute.", "About %(n)d minutes.", minutes) % {"n": minutes}
