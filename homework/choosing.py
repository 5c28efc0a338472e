"""Finding an exercise: search and filters, what fits a client now, and what the assign form starts with. No database."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import plain
from homework.content import library
from homework.player.exercise import Exercise

STARTERS = ("strengths_spotting", "name_it", "activity_plan", "compassion_break")
SUGGESTED = 3
FITS_FROM = 2
EVIDENCE_ORDER = ("strong", "moderate", "limited", "practice")


class Order(StrEnum):
    BEST = "best"
    TITLE = "title"
    MINUTES = "minutes"
    EFFORT = "effort"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).replace("_", " "))


def search(
    exercises: Sequence[Exercise],
    query: str = "",
    *,
    pillar: str = "",
    max_effort: int | None = None,
    max_minutes: int | None = None,
    order: Order = Order.BEST,
) -> list[Exercise]:
    """Every word of the query must begin a word of title, purpose, technique, area or pillar; accents and letter case do not matter.

    `Order.BEST` puts those first whose title holds all of the query; otherwise the order given stays.
    """
    wanted = _words(query)
    titles = {entry.key: entry.title for entry in library().pillars}
    found = [
        exercise
        for exercise in exercises
        if (not pillar or exercise.pillar == pillar)
        and (max_effort is None or exercise.effort <= max_effort)
        and (max_minutes is None or exercise.minutes <= max_minutes)
        and _begins(wanted, _words(" ".join((_searchable(exercise), titles.get(exercise.pillar, "")))))
    ]
    match order:
        case Order.TITLE:
            return sorted(found, key=lambda exercise: plain(exercise.title))
        case Order.MINUTES:
            return sorted(found, key=lambda exercise: exercise.minutes)
        case Order.EFFORT:
            return sorted(found, key=lambda exercise: exercise.effort)
    return sorted(found, key=lambda exercise: not _begins(wanted, _words(exercise.title)))


def _searchable(exercise: Exercise) -> str:
    return f"{exercise.title} {exercise.purpose} {exercise.technique} {exercise.area} {exercise.pillar}"


def _begins(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)


@dataclass(frozen=True, slots=True)
class Use:
    """What a client's record says about one exercise. `median_change` counts points towards better; `median_help` is 1 to 5; None is not known."""

    times: int
    median_change: float | None = None
    median_help: float | None = None


@dataclass(frozen=True, slots=True)
class FitFacts:
    """What is known about a client when homework is chosen.

    `focus`: pillars tapped in the session. `tried`: pillars with any use. `uses` and `active` go by exercise key.
    `effort_limit`: see `effort_limit`; without check-ins lately (`mood_known`) nothing is said about mood.
    `flags`: words on the record that a `not_for` line may hold, such as "PTSD".
    """

    focus: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()
    uses: Mapping[str, Use] = field(default_factory=dict)
    active: frozenset[str] = frozenset()
    effort_limit: int = 2
    mood_known: bool = True
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`why`: what speaks for it, in the order it counts, for the therapist to judge."""

    exercise: Exercise
    score: int
    why: tuple[str, ...]


def effort_limit(recent_mood: float | None) -> int:
    """The effort that fits the mood of the last check-ins (1 very hard to 5 good): very low days only take effort 1. Unknown counts as middling."""
    if recent_mood is None:
        return 2
    return 1 if recent_mood <= 2 else 2 if recent_mood <= 3 else 3


def fits_now(exercises: Sequence[Exercise], facts: FitFacts) -> list[Suggestion]:
    """The three that fit best (ux.md, section 8), with why; empty when nothing reaches two points.

    Fits the focus 2, helped before 2, pillar not yet tried 1, effort within the limit 1, used 6 times or more with a change under 1: minus 3.
    A `not_for` line that matches a flag, and an agreed task, are left out. Equal scores: better evidence, less effort, fewer minutes.
    Before anything was tried and without a focus, the four starter tasks.
    """
    open_to = [exercise for exercise in exercises if exercise.key not in facts.active and not matching_flags(exercise, facts.flags)]
    if not (facts.focus or facts.tried or facts.uses):
        starters = [exercise for key in STARTERS for exercise in open_to if exercise.key == key]
        return [Suggestion(exercise, 0, (_("a good first task"),)) for exercise in starters]
    scored = [_score(exercise, facts) for exercise in open_to]
    fitting = [suggestion for suggestion in scored if suggestion.score >= FITS_FROM]
    return sorted(fitting, key=_rank)[:SUGGESTED]


def _rank(suggestion: Suggestion) -> tuple[int, int, int, int]:
    exercise = suggestion.exercise
    return (-suggestion.score, EVIDENCE_ORDER.index(exercise.evidence.strength), exercise.effort, exercise.minutes)


def _score(exercise: Exercise, facts: FitFacts) -> Suggestion:
    use = facts.uses.get(exercise.key, Use(0))
    score, why = 0, []
    if exercise.pillar in facts.focus:
        score += 2
        why.append(_("fits the focus of the session"))
    if helped := _helped_line(use):
        score += 2
        why.append(helped)
    if exercise.pillar not in facts.tried:
        score += 1
        why.append(_("new: nothing tried in this pillar yet"))
    if exercise.effort <= facts.effort_limit:
        score += 1
        why.append(_("effort fits the mood of the last days") if facts.mood_known else _("does not ask for much"))
    if use.times >= 6 and use.median_change is not None and use.median_change < 1:
        score -= 3
        why.append(ngettext("but little change in %(n)d use", "but little change in %(n)d uses", use.times) % {"n": use.times})
    return Suggestion(exercise, score, tuple(why))


def _helped_line(use: Use) -> str:
    """What says that it helped: a help vote of 4 or more, or a point or more over at least 3 uses (fewer are too few to say). Else empty."""
    if use.median_help is not None and use.median_help >= 4:
        return _("helped before: %(vote)g of 5") % {"vote": use.median_help}
    if use.times >= 3 and use.median_change is not None and use.median_change >= 1:
        return _("helped before: %(points)g points better") % {"points": use.median_change}
    return ""


def matching_flags(exercise: Exercise, flags: Collection[str]) -> list[str]:
    """The `not_for` lines that hold every word of one of the flags, as whole words."""
    wanted = [words for flag in flags if (words := set(_words(flag)))]
    return [line for line in exercise.not_for if any(words <= set(_words(line)) for words in wanted)]


@dataclass(frozen=True, slots=True)
class Prefill:
    """What the assign form starts with; everything can be changed."""

    per_week: int
    weeks: int
    text: str
    start: date
    look_at: date
    if_then: str


def prefill(exercise: Exercise, start: date, next_session: date | None = None) -> Prefill:
    """The exercise's own dose. It is looked at in the next session, or after a week when none is booked."""
    often = exercise.frequency
    look_at = next_session if next_session and next_session > start else start + timedelta(days=7)
    return Prefill(often.per_week, often.weeks, often.text, start, look_at, if_then(exercise))


def if_then(exercise: Exercise) -> str:
    """A plan to begin from: a moment that comes by itself where this exercise can be done, then the first move."""
    cues = {
        "anywhere": _("If I have plugged in my phone, then I open “%(title)s”."),
        "quiet": _("If I have closed the door behind me in the evening, then I open “%(title)s”."),
        "with_people": _("If someone I like comes to mind, then I open “%(title)s”."),
        "outdoors": _("If I put my shoes on, then I open “%(title)s”."),
    }
    return cues.get(exercise.setting, cues["anywhere"]) % {"title": exercise.title}
