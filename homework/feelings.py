"""The picker of feelings outside an exercise: eight families of six words, up to three, each with a strength. One picker for player, check-in and coping."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import emotions, is_heavy
from homework.player.cleaning import INTENSITY, clean_answer
from homework.player.exercise import EMOTIONS, Option, Step, StepType
from homework.player.options import Lists

MOST = 3
PICK = Step(id="feelings", type=StepType.EMOTION, text="", optional=True, max=MOST)


@dataclass(frozen=True)
class Choice:
    """One thing to tick, and whether it is; `intensity` is 0 to 10 as stored or typed, None when not said."""

    option: Option
    checked: bool
    intensity: str | None = None


@dataclass(frozen=True)
class Family:
    """A family of feelings with its words. `open` shows them: the first, or one with a word picked."""

    key: str
    name: str
    shape: str
    words: tuple[Choice, ...]
    open: bool


@dataclass(frozen=True)
class Picker:
    """What components/feelings.html shows."""

    families: tuple[Family, ...]
    picked: tuple[Choice, ...]
    up_to: str
    error: str = ""


@dataclass(frozen=True)
class Felt:
    """One feeling in words: `after` is its strength afterwards, None when not said."""

    key: str
    name: str
    shape: str
    intensity: int | None
    after: int | None


def feeling_options() -> tuple[Option, ...]:
    return tuple(
        Option(word.key, word.name, word.plain, family.key, family.shape, care=word.care_flag) for family in emotions().families for word in family.words
    )


def lists() -> Lists:
    return {EMOTIONS: feeling_options()}


def read_feelings(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The feelings a form sent (`answer`, `intensity-<word>`), as they are stored. Raises homework.player.cleaning.AnswerError."""
    return clean_answer(PICK, raw, lists(), {}) or []


def offer_help(request: HttpRequest, feelings: list[dict[str, Any]]) -> None:
    """After a heavy feeling one soft line with the way to the help page. No alarm, no quiz (emotions.yaml: care_flag_rule)."""
    if is_heavy(feelings):
        messages.info(request, _("That sounds heavy. Would you like to see your help page?"), extra_tags="help")


def read_strengths(raw: Mapping[str, Any], feelings: list[dict[str, Any]]) -> dict[str, int]:
    """How strong these feelings are afterwards, by word; what was not said is left out. Raises AnswerError."""
    again = Step(id="again", type=StepType.RATING, text="")
    found = {feeling["word"]: clean_answer(again, {"answer": raw.get(f"{INTENSITY}{feeling['word']}", "")}, {}, {}) for feeling in feelings}
    return {word: strength for word, strength in found.items() if strength is not None}


def picker(feelings: list[dict[str, Any]], raw: Mapping[str, Any] | None = None, error: str = "") -> Picker:
    """From what is stored, or as it was sent."""
    if raw is not None:
        ticked = set(raw.get("answer", ()))
        strengths = {option.value: next(iter(raw.get(f"{INTENSITY}{option.value}", ())), None) for option in feeling_options()}
    else:
        ticked = {feeling["word"] for feeling in feelings}
        strengths = {each["word"]: None if each.get("intensity") is None else str(each["intensity"]) for each in feelings}
    choices = tuple(Choice(option, option.value in ticked, strengths.get(option.value)) for option in feeling_options())
    up_to = ngettext("Up to %(n)s word in all.", "Up to %(n)s words in all.", MOST) % {"n": MOST}
    return Picker(families_of(choices), tuple(choice for choice in choices if choice.checked), up_to, error)


def families_of(choices: tuple[Choice, ...]) -> tuple[Family, ...]:
    found = []
    for family in emotions().families:
        words = tuple(choice for choice in choices if choice.option.group == family.key)
        found.append(Family(family.key, family.name, family.shape, words, open=any(word.checked for word in words)))
    return tuple(found)


def felt(feelings: list[dict[str, Any]]) -> tuple[Felt, ...]:
    """Stored feelings in words; one that nobody knows any more is left out."""
    known = {option.value: option for option in feeling_options()}
    return tuple(
        Felt(each["word"], known[each["word"]].label, known[each["word"]].shape, each.get("intensity"), each.get("after"))
        for each in feelings
        if each["word"] in known
    )


def feelings_words(feelings: list[dict[str, Any]]) -> str:
    """`Guilty 8, Sad`."""
    return ", ".join(each.name if each.intensity is None else f"{each.name} {each.intensity}" for each in felt(feelings))
