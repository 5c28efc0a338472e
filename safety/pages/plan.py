"""The safety plan as both sides see it, what a step offers to tap, and who changed what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clients.models import Client
from clients.selectors import shared_practice, what_works
from core.sealed import Unreadable
from safety.content import EmergencyNumber, warning_signs
from safety.models import Line, SafetyPlan
from safety.plan_content import CRISIS_ORDER, PlanStep, plan_steps
from safety.selectors import checked_lines, country_for, current_safety_plan, safety_plan_versions

CALLED_FIRST = ("professionals", "ask", "distract")


@dataclass(frozen=True)
class Shown:
    """One line in words. `dial` is for a `tel:` link, empty without a number."""

    text: str
    phone: str = ""

    @property
    def dial(self) -> str:
        return re.sub(r"[^0-9+*#]", "", self.phone)


@dataclass(frozen=True)
class StepShown:
    step: PlanStep
    lines: tuple[Shown, ...]


@dataclass(frozen=True)
class Plan:
    """`version` is None before the first; `unreadable`: its key is not here. `calls` are the buttons that come first, `first_steps` what follows them."""

    version: SafetyPlan | None
    steps: tuple[StepShown, ...]
    emergency: tuple[EmergencyNumber, ...]
    unreadable: bool = False
    checked: tuple[Shown, ...] = ()  # crisis lines to call, where the plan itself has nobody yet

    @property
    def calls(self) -> tuple[Shown, ...]:
        """Whoever can be called, each number once; the emergency numbers have their own buttons."""
        by_key = {each.step.key: each.lines for each in self.steps} or {CALLED_FIRST[0]: self.checked}
        known = {number.dial for number in self.emergency}
        found: dict[str, Shown] = {}
        for line in (line for key in CALLED_FIRST for line in by_key.get(key, ())):
            if line.dial and line.dial not in known:
                found.setdefault(line.dial, line)
        return tuple(found.values())

    @property
    def first_steps(self) -> tuple[StepShown, ...]:
        """In a crisis: what I can do alone, then people; who has a button above is not named twice."""
        called = {line.text for line in self.calls}
        by_key = {each.step.key: each for each in self.steps}
        kept = ((by_key[key], tuple(line for line in by_key[key].lines if line.text not in called)) for key in CRISIS_ORDER if key in by_key)
        return tuple(StepShown(each.step, lines) for each, lines in kept if lines)

    @property
    def review_due(self) -> bool:
        return self.version is not None and self.version.next_review <= timezone.localdate()


def plan_of(client: Client) -> Plan:
    """One statement, two without a plan that can be read: then the checked lines stand in its place. Every step is there, also one without lines."""
    version = current_safety_plan(client)
    country = country_for(client.country, client.clinic)
    try:
        words = version.steps if version is not None else None
    except Unreadable:
        words = None
    if words is None:
        lines = [line for facts in checked_lines(country.code, client.clinic) for line in _to_reach(facts) if line.phone]
        return Plan(version, (), country.emergency, unreadable=version is not None, checked=shown(lines))
    emergency = country.emergency
    return Plan(version, tuple(StepShown(step, shown(words.get(key, ()))) for key, step in plan_steps().items()), emergency)


def shown(lines: Iterable[Line]) -> tuple[Shown, ...]:
    known = {sign.key: sign.text for sign in warning_signs()}
    return tuple(Shown(known.get(line.text, line.text), line.phone) for line in lines)


def words_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """Each line as one text, for showing two versions beside each other."""
    return tuple(f"{line.text}, {line.phone}" if line.phone and line.phone != line.text else line.text for line in shown(lines))


def offers(client: Client, step: PlanStep, *, staff: bool = False) -> list[Line]:
    """What a tap puts into this step. At most one statement. For `staff` from what is shared."""
    if step.picker == "my_helpful_exercises":
        ledger = what_works(client, shared_practice(client) if staff else None)
        return [Line(name) for name in dict.fromkeys(line.name for line in (*ledger.shown, *ledger.too_few))]
    if step.picker in ("people", "people_and_places"):
        return [Line(row.name) for row in import_string(settings.SAFETY_PLAN_PEOPLE)(client, staff=staff)]
    if step.picker == "crisis_lines":
        clinic = [Line(_("The clinic, in work hours"), client.clinic.phone)] if client.clinic.phone else []
        country = country_for(client.country, client.clinic)
        return [
            *clinic,
            *(line for facts in checked_lines(country.code, client.clinic) for line in _to_reach(facts)),
            *(Line(_("Call %(what)s") % {"what": one.label}, one.number) for one in country.emergency),
        ]
    return []


def _to_reach(facts: Mapping[str, Any]) -> list[Line]:
    """A checked crisis line, to call and to text; a number to text is words and no button to call."""
    name, word = facts.get("name", ""), facts.get("text_word")
    found = [Line(name, facts["call"])] if facts.get("call") else []
    if number := facts.get("text"):
        found.append(Line(_("Text %(word)s to %(number)s, %(name)s") % {"word": word, "number": number, "name": name} if word else f"{name}: {number}"))
    return found


@dataclass(frozen=True)
class Change:
    """One change, as templates/coping/changes.html shows it: `added` and `removed` are what people wrote; `what` says of which part."""

    at: datetime
    who: str
    what: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def history(client: Client, *, staff: bool = False) -> list[Change]:
    """Newest first. One statement."""

    def who(row: SafetyPlan) -> str:
        if row.created_by_id is not None and row.created_by_id == client.portal_user_id:
            return client.called if staff else _("You")
        return str(getattr(row.created_by, "name", "") or _("somebody who has left"))

    versions = list(safety_plan_versions(client))
    pairs = [(newer, older) for newer, older in pairwise([*versions, None]) if newer is not None]
    return [change for newer, older in pairs for change in compared(newer, older, who(newer))]


def compared(newer: SafetyPlan, older: SafetyPlan | None, who: str) -> list[Change]:
    """What one version changed in the one before, step by step; or that both looked at it."""
    if older is not None and (newer.reviewed_on, newer.next_review) != (older.reviewed_on, older.next_review):
        return [Change(newer.occurred_at, who, _("Looked at together"))]
    try:
        now, before = newer.steps, older.steps if older else {}
    except Unreadable:
        return [Change(newer.occurred_at, who, _("A change that cannot be opened"))]
    found = []
    for key, step in plan_steps().items():
        added, removed = words_of(now.get(key, ())), words_of(before.get(key, ()))
        if added != removed:
            parts = tuple(one for one in added if one not in removed), tuple(one for one in removed if one not in added)
            found.append(Change(newer.occurred_at, who, step.title, *parts))
    return found or [Change(newer.occurred_at, who, _("Looked at together"))]
