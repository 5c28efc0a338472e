"""What was posted for a step, turned into the value that is stored. Rough input gets a message beside the field, never an exception of another kind."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import clean_text, is_blank
from homework.player.exercise import Option, Step, StepType
from homework.player.flow import Answers
from homework.player.options import Lists, options_for

ANSWER, INTENSITY, SECONDS, SKIP = "answer", "intensity-", "seconds_done", "skip"
SHORT_TEXT_MAX = 140
LONG_TEXT_MAX = 10_000
TIMER_MAX = 4 * 60 * 60

Raw = Mapping[str, Any]
"""Field name to what was posted: a string or a list of strings (`dict(request.POST.lists())`).

Fields: `answer` (one or many), `intensity-<word>` for feelings, `seconds_done` for timers, `skip` when Skip was pressed.
"""


class AnswerError(Exception):
    """The answer cannot be kept as it is. `message` is for the client, beside the field; what was typed stays on the page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def clean_answer(step: Step, raw: Raw, lists: Lists, answers: Answers) -> Any:
    """The value to store for this step: int, text, list or dict as the step's type has it; None for a skipped or empty step. Raises AnswerError.

    An empty checklist that was not skipped is `[]`: nothing ticked is an answer.
    """
    if SKIP in raw or step.type == StepType.TEXT:
        return None
    match step.type:
        case StepType.RATING:
            return _number(_first(raw, ANSWER))
        case StepType.TIMER:
            return _timer(_first(raw, SECONDS))
        case StepType.SHORT_TEXT:
            return _text(re.sub("\r\n|[\r\n\u2028\u2029]", " ", _first(raw, ANSWER)), SHORT_TEXT_MAX)
        case StepType.LONG_TEXT:
            return _text(_first(raw, ANSWER), LONG_TEXT_MAX)
    offered = options_for(step, lists, answers)
    if step.rerates:
        return _rated_again(offered, raw) or None
    picked = _picked(_values(raw, ANSWER), offered)
    _check_picks(step, picked)
    match step.type:
        case StepType.CHOICE:
            return picked[0].value if picked else None
        case StepType.EMOTION:
            return _emotions(picked, raw) or None
        case StepType.CHECKLIST:
            return [option.value for option in picked]
    return [option.value for option in picked] or None


def _values(raw: Raw, name: str) -> list[str]:
    value = raw.get(name)
    many = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in many if isinstance(one, str | int) and one != ""]


def _first(raw: Raw, name: str) -> str:
    return next(iter(_values(raw, name)), "")


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > 10:
        raise AnswerError(_("Please pick a number from 0 to 10."))
    return int(text)


def _timer(text: str) -> dict[str, int] | None:
    """A clock's own report: nothing the client could put right, so what makes no sense counts as skipped."""
    whole = re.fullmatch(r"\s*([0-9]{1,9})(?:\.[0-9]*)?\s*", text)
    return {"seconds_done": min(int(whole[1]), TIMER_MAX)} if whole else None


def _text(text: str, longest: int) -> str | None:
    try:
        text = clean_text(text).strip()
    except ValidationError as error:
        raise AnswerError(str(error.messages[0])) from error
    if is_blank(text):
        return None
    if len(text) > longest:
        message = _("This holds %(count)d characters, and there is room for %(max)d. Please make it a bit shorter.")
        raise AnswerError(message % {"count": len(text), "max": longest})
    return text


def _picked(values: Sequence[str], offered: Sequence[Option]) -> list[Option]:
    """The options that were picked, each once, in the order they were offered."""
    if set(values) - {option.value for option in offered}:
        raise AnswerError(_("One of these is not on the list any more. Please pick again."))
    return [option for option in offered if option.value in values]


def _check_picks(step: Step, picked: Sequence[Option]) -> None:
    alone = next((option for option in picked if option.exclusive), None)
    if step.type == StepType.CHOICE and len(picked) > 1:
        raise AnswerError(_("Please pick one."))
    if alone and len(picked) > 1:
        raise AnswerError(_("You picked “%(option)s” and something else too. Please keep one or the other.") % {"option": alone.label})
    if step.max is not None and len(picked) > step.max:
        message = ngettext("Please pick %(max)d at most.", "Please pick up to %(max)d.", step.max)
        raise AnswerError(message % {"max": step.max})


def _emotions(picked: Sequence[Option], raw: Raw) -> list[dict[str, Any]]:
    """Feelings with how strong they are; a strength that was not given is None, and "not sure" has none."""
    return [{"word": option.value, "intensity": None if option.exclusive else _number(_first(raw, f"{INTENSITY}{option.value}"))} for option in picked]


def _rated_again(offered: Sequence[Option], raw: Raw) -> list[dict[str, Any]]:
    """The earlier feelings that got a new strength, and nothing else."""
    numbers = [(option.value, _number(_first(raw, f"{INTENSITY}{option.value}"))) for option in offered]
    return [{"word": word, "intensity": number} for word, number in numbers if number is not None]
