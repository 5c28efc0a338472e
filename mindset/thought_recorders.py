"""What the exercises about thoughts leave in this pillar (settings.EXERCISE_RECORDERS): one record a run, and the facts for and against.

A record holds ratings and words in one row, so it is read by the therapist while both are shared, and by nobody else before (docs/decisions/0014).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, Visibility
from core.actor import Actor
from homework.player.exercise import MOMENTS
from mindset.models import Side, ThoughtKind
from mindset.services import record_thought
from mindset.services.thoughts import Fact, facts_in

Said = dict[str, Any]


class Opened(Protocol):
    """What of a run is read from now on and was not before."""

    ratings: bool
    words: bool


class Run(Protocol):
    """What this floor may know of a run of homework."""

    pk: UUID
    client: Client
    item_key: str
    visibility: str
    ratings_shared: bool
    words_shared: bool
    occurred_at: datetime


def record_thoughts(*, run: Any, answers: Said, opened: Opened, by: Actor) -> None:
    """Called when a run is finished and whenever its sharing changes; repeating it changes nothing but who may read."""
    found: Run = run
    left = LEFT.get(found.item_key)
    if left is None:
        return
    said, facts = left(answers)
    if not said["thought"]:
        return
    shared = found.visibility == Visibility.MY_THERAPIST and found.words_shared and found.ratings_shared
    if by.kind != "portal" and not shared:
        return  # entered from paper: what is not shared is not the therapist's to keep
    visibility = Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME
    record_thought(client=found.client, source=run, visibility=visibility, show=opened.words or opened.ratings, facts=facts, by=by, **said)


def _full(answers: Said) -> tuple[Said, list[Fact]]:
    said = {
        "kind": ThoughtKind.FULL,
        "situation": _text(answers, "sit"),
        "feelings": _feelings(answers, "feel", "feel2"),
        "thought": _text(answers, "thought"),
        "patterns": _keys(answers, "pattern"),
        "fairer": _text(answers, "fair"),
        "fairer_belief": _score(answers, "bnew"),
        "next_step": _text(answers, "act"),
        **_rated(answers, "b1", "b2"),
    }
    friend = [Fact(Side.AGAINST, text) for text in [_text(answers, "friend")] if text]
    return said, [*facts_in(Side.FOR, _text(answers, "for")), *facts_in(Side.AGAINST, _text(answers, "against")), *friend, *_moments(answers, "against")]


def _views(answers: Said) -> tuple[Said, list[Fact]]:
    """Three chairs: what each of them saw is what stands beside the thought."""
    said = {"kind": ThoughtKind.SHORT, "thought": _text(answers, "what"), "fairer": _text(answers, "keep"), **_rated(answers, "before", "after", "distress")}
    seen = [Fact(Side.AGAINST, text) for step in ("friend", "future", "fly") if (text := _text(answers, step))]
    return said, [*seen, *_moments(answers, "friend")]


def _patterns(answers: Said) -> tuple[Said, list[Fact]]:
    said = {"kind": ThoughtKind.SHORT, "thought": _text(answers, "thought"), "patterns": _keys(answers, "which"), **_rated(answers, "before", "after")}
    return said, facts_in(Side.AGAINST, _text(answers, "q"))


def _test(answers: Said) -> tuple[Said, list[Fact]]:
    said = {
        "kind": ThoughtKind.TEST,
        "situation": _text(answers, "test"),
        "thought": _text(answers, "belief"),
        "expected": _text(answers, "predict"),
        "happened": _text(answers, "happened"),
        "fairer": _text(answers, "learn") or _text(answers, "other"),
        "next_step": _text(answers, "next"),
        **_rated(answers, "b1", "b2"),
    }
    return said, []


def _rule(answers: Said) -> tuple[Said, list[Fact]]:
    said = {
        "kind": ThoughtKind.RULE,
        "situation": _text(answers, "where"),
        "thought": _text(answers, "old"),
        "fairer": _text(answers, "new"),
        "fairer_belief": _score(answers, "bnew"),
        "next_step": _text(answers, "act"),
        **_rated(answers, "b1", "b2"),
    }
    helped = facts_in(Side.FOR, _text(answers, "help"))
    return said, [*helped, *facts_in(Side.AGAINST, _text(answers, "cost")), *facts_in(Side.AGAINST, _text(answers, "proof")), *_moments(answers, "proof")]


def _facts(answers: Said) -> tuple[Said, list[Fact]]:
    """What a camera saw is the situation; what the mind made of it is the thought; what else could explain it stands beside it."""
    said = {
        "kind": ThoughtKind.SHORT,
        "situation": _text(answers, "facts"),
        "feelings": _feelings(answers, "feel", ""),
        "thought": _text(answers, "story"),
        **_rated(answers, "", "after", "distress"),
    }
    return said, [Fact(Side.AGAINST, text) for text in _keys(answers, "other")]


def _worst(answers: Said) -> tuple[Said, list[Fact]]:
    said = {
        "kind": ThoughtKind.SHORT,
        "thought": _text(answers, "fear"),
        "fairer": _text(answers, "likely"),
        "next_step": _text(answers, "plan"),
        **_rated(answers, "b1", "b2", "likelihood"),
    }
    return said, [fact for step in ("worst", "best") for fact in facts_in(Side.AGAINST, _text(answers, step))]


LEFT: dict[str, Callable[[Said], tuple[Said, list[Fact]]]] = {
    "thought_record": _full, "other_views": _views, "pattern_spotter": _patterns, "belief_test": _test,
    "old_rule_new_rule": _rule, "check_facts": _facts, "worst_best_likely": _worst,
}  # fmt: skip


def _rated(answers: Said, before: str, after: str, measure: str = "belief") -> Said:
    return {"measure": measure, "belief_before": _score(answers, before), "belief_after": _score(answers, after)}


def _score(answers: Said, step: str) -> int | None:
    value = answers.get(step)
    return value if isinstance(value, int) else None


def _text(answers: Said, step: str) -> str:
    value = answers.get(step)
    return value.strip() if isinstance(value, str) else ""


def _keys(answers: Said, step: str) -> list[str]:
    value = answers.get(step)
    return [str(one) for one in value] if isinstance(value, list) else []


def _moments(answers: Said, step: str) -> list[Fact]:
    return [Fact(Side.AGAINST, moment=key) for key in _keys(answers, f"{step}{MOMENTS}")]


def _feelings(answers: Said, first: str, again: str) -> list[Said]:
    """Each with how strong it was and is; what was not said again stays unsaid."""
    after = {entry["word"]: entry.get("intensity") for entry in answers.get(again) or () if isinstance(entry, dict)}
    entries = [entry for entry in answers.get(first) or () if isinstance(entry, dict)]
    return [{"word": entry["word"], "intensity": entry.get("intensity"), "after": after.get(entry["word"])} for entry in entries]
