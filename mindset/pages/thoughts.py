"""Thoughts as both sides see them: how far each moved, the same thought looked at again, the patterns that came up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.models import Client, Visibility
from core.zones import zone
from homework.feelings import Felt, felt
from mindset.content import ThinkingPattern, thinking_patterns
from mindset.models import Evidence, Side, ThoughtKind, ThoughtRecord
from mindset.selectors.thoughts import evidence_of, same_thought, thoughts_of
from strengths.content import strengths
from strengths.models import SaidBy

MOST = 60  # thoughts on one page
SEEN_OFTEN = 3  # a pattern is counted from here on


@dataclass(frozen=True)
class Fact:
    """One fact in words; `source` says which strength it shows and who said it when, for a moment."""

    text: str
    source: str
    private: bool


@dataclass(frozen=True)
class Shown:
    """One thought: `said` is how far it moved in words; `when` its day by the client's clock."""

    row: ThoughtRecord
    when: str
    said: str
    about: str
    kind: str
    feelings: tuple[Felt, ...]
    patterns: tuple[ThinkingPattern, ...]
    no_pattern: bool
    facts_for: tuple[Fact, ...] = ()
    facts_against: tuple[Fact, ...] = ()

    @property
    def moved(self) -> bool:
        return self.row.belief_before is not None and self.row.belief_after is not None

    @property
    def believed(self) -> bool:
        return self.row.measure == "belief"

    @property
    def is_test(self) -> bool:
        return self.row.kind == ThoughtKind.TEST

    @property
    def private(self) -> bool:
        return self.row.visibility == Visibility.ONLY_ME


@dataclass(frozen=True)
class Group:
    """The same thought, newest first."""

    shown: tuple[Shown, ...]

    @property
    def latest(self) -> Shown:
        return self.shown[0]

    @property
    def again(self) -> tuple[Shown, ...]:
        return self.shown[1:]


@dataclass(frozen=True)
class History:
    """`patterns`: (name, how often), those seen three times or more; `more`: older ones than the page holds."""

    groups: tuple[Group, ...]
    patterns: tuple[tuple[str, int], ...]
    more: bool

    @property
    def rows(self) -> list[Shown]:
        return sorted((one for group in self.groups for one in group.shown), key=lambda one: one.row.occurred_at, reverse=True)


def history(client: Client, *, staff: bool = False) -> History:
    """One statement."""
    rows = list(thoughts_of(client, staff=staff)[: MOST + 1])
    groups: dict[str, list[Shown]] = {}
    for row in rows[:MOST]:
        groups.setdefault(same_thought(row.thought), []).append(shown(row, client))
    counts = Counter(key for row in rows[:MOST] for key in row.patterns)
    names = {pattern.key: pattern.name for pattern in thinking_patterns().patterns}
    often = tuple((names[key], n) for key, n in counts.most_common() if key in names and n >= SEEN_OFTEN)
    return History(tuple(Group(tuple(group)) for group in groups.values()), often, len(rows) > MOST)


def one_thought(row: ThoughtRecord, client: Client, *, staff: bool = False) -> Shown:
    """With its facts. One statement."""
    return shown(row, client, evidence_of([row], client, staff=staff).get(row.pk, ()), staff=staff)


def shown(row: ThoughtRecord, client: Client, facts: Sequence[Evidence] = (), *, staff: bool = False) -> Shown:
    known = {pattern.key: pattern for pattern in thinking_patterns().patterns}
    return Shown(
        row=row,
        when=day_of(row.occurred_at, client),
        said=how_far(row),
        about=rated(row),
        kind=kind_of(row),
        feelings=felt(row.feelings),
        patterns=tuple(known[key] for key in row.patterns if key in known),
        no_pattern=thinking_patterns().none_key in row.patterns,
        facts_for=tuple(_facts(facts, Side.FOR, client, staff)),
        facts_against=tuple(_facts(facts, Side.AGAINST, client, staff)),
    )


def how_far(row: ThoughtRecord) -> str:
    """`From 9 to 4.`; what was not said stays unsaid."""
    before, after = row.belief_before, row.belief_after
    if before is None and after is None:
        return ""
    if before is None:
        return _("%(after)s of 10 at the end.") % {"after": after}
    if after is None:
        return _("%(before)s of 10 at the beginning.") % {"before": before}
    if before == after:
        return _("It stayed at %(after)s.") % {"after": after}
    return _("From %(before)s to %(after)s.") % {"before": before, "after": after}


def rated(row: ThoughtRecord) -> str:
    """What its numbers say."""
    about = {"distress": _("How strong the feeling was, before and after."), "likelihood": _("How likely it felt, before and after.")}
    return about.get(row.measure, _("How much the first thought was believed, before and after."))


def kind_of(row: ThoughtRecord) -> str:
    kinds = {ThoughtKind.FULL: _("All questions"), ThoughtKind.SHORT: _("The short version"), ThoughtKind.TEST: _("Tried out")}
    return kinds.get(ThoughtKind(row.kind), _("Old rule, new rule"))


def day_of(at: datetime, client: Client) -> str:
    local = at.astimezone(zone(client.timezone))
    return date_format(local, "j F" if local.year == timezone.localtime().year else "j F Y")


def _facts(facts: Iterable[Evidence], side: str, client: Client, staff: bool) -> Iterable[Fact]:
    names = {strength.key: strength.name for strength in strengths()}
    for fact in facts:
        if fact.side != side:
            continue
        moment = fact.moment
        if moment is None:
            yield Fact(fact.text, "", False)
        else:
            name = names.get(moment.strength.key, moment.strength.own_words)
            who = moment.eyes if moment.said_by == SaidBy.BORROWED else ""
            who = who or (_("therapist") if moment.said_by == SaidBy.THERAPIST else client.called if staff else _("you"))
            source = _("%(strength)s. Kept by %(who)s, %(day)s") % {"strength": name, "who": who, "day": day_of(moment.occurred_at, client)}
            yield Fact(moment.happened, source, moment.visibility == Visibility.ONLY_ME)
