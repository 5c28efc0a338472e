"""The steps of a page of paper as fields on one page: numbers to type, choices to tick, lists to pick from, lines to write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from clients.gates import WRITING
from clients.models import Client
from clients.selectors.care import my_care
from core.actor import Actor
from homework.pages.paper import with_condition
from homework.player.exercise import ACTIVITIES_OF_CHOICE, Exercise, Option, Step, StepType
from homework.player.options import FALLBACKS, Lists, list_name

TICKS_AT_MOST = 12  # a longer list is picked from, row by row
ROWS = 3  # where a step sets no limit
ROWS_AT_MOST = 6


def clients_to_write_for(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of those in whose record the actor may write, by name. One statement."""
    care = my_care(actor).filter(therapist_id=actor.user_id, kind__in=WRITING)
    found = Client.objects.filter(pk__in=care.values("client_id"), clinic_id=actor.clinic_id)
    return list(found.order_by("called").values_list("pk", "called"))


@dataclass(frozen=True)
class Tick:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class RowOf:
    """One row of a long list: what is picked, and how strong it is where that is asked."""

    value: str
    strength: str
    n: int


@dataclass(frozen=True)
class SheetField:
    """One step. `kind`: read, number, line, lines, ticks, rows. `name` begins the names of its fields."""

    kind: str
    name: str
    step: Step
    text: str
    value: str = ""
    ticks: tuple[Tick, ...] = ()
    rows: tuple[RowOf, ...] = ()
    options: tuple[Option, ...] = ()
    strengths: bool = False
    one: bool = False
    error: str = ""

    @property
    def first(self) -> str:
        """The id of its first field, where a message leads."""
        return f"{self.name}_{1 if self.kind == 'rows' else 0}"


@dataclass(frozen=True)
class SheetFields:
    """`raws`: what was sent, step by step, as the player's cleaning takes it."""

    fields: tuple[SheetField, ...]
    raws: dict[str, dict[str, Any]] = field(default_factory=dict)

    def with_errors(self, messages: Mapping[str, str]) -> tuple[SheetField, ...]:
        return tuple(replace(one, error=messages.get(one.step.id, "")) for one in self.fields)


def sheet_fields(exercise: Exercise, lists: Lists, data: QueryDict | None) -> SheetFields:
    """Of every step, in the order of the paper, with what was typed."""
    sent = data if data is not None else QueryDict()
    fields, raws = [], {}
    for place, step in enumerate(exercise.steps):
        one = _field(exercise, step, f"a{place}", lists, sent)
        fields.append(one)
        raws[step.id] = _raw(one, sent)
    return SheetFields(tuple(fields), raws)


def _field(exercise: Exercise, step: Step, name: str, lists: Lists, sent: QueryDict) -> SheetField:
    text = with_condition(exercise, step)
    typed = sent.get(name, "")
    match step.type:
        case StepType.TEXT | StepType.TIMER:
            return SheetField("read", name, step, text)
        case StepType.RATING:
            return SheetField("number", name, step, text, value=typed)
        case StepType.SHORT_TEXT:
            return SheetField("line", name, step, text, value=typed)
        case StepType.LONG_TEXT:
            return SheetField("lines", name, step, text, value=typed)
    options = _offered(step, lists)
    one = step.type == StepType.CHOICE or step.max == 1
    if step.type == StepType.EMOTION or len(options) > TICKS_AT_MOST:
        return SheetField("rows", name, step, text, rows=_rows(step, name, sent), options=options, strengths=step.type == StepType.EMOTION, one=one)
    picked = set(sent.getlist(name))
    ticks = tuple(Tick(option.value, option.label, option.value in picked) for option in options)
    return SheetField("ticks", name, step, text, ticks=ticks, one=one)


def _offered(step: Step, lists: Lists) -> tuple[Option, ...]:
    """Everything the step could offer, whatever is answered before it: that is checked when it is sent."""
    if step.options:
        return step.options
    name = list_name(step)
    found = tuple(lists.get(name) or ())
    if name == ACTIVITIES_OF_CHOICE:
        return tuple({option.value: option for option in found}.values())
    return found or tuple(lists.get(FALLBACKS.get(name, ""), ()))


def _rows(step: Step, name: str, sent: QueryDict) -> tuple[RowOf, ...]:
    many = 1 if step.type == StepType.CHOICE else min(step.max or ROWS, ROWS_AT_MOST)
    return tuple(RowOf(sent.get(f"{name}-{n}", ""), sent.get(f"{name}-{n}-how", ""), n) for n in range(1, many + 1))


def _raw(one: SheetField, sent: QueryDict) -> dict[str, Any]:
    if one.kind == "rows":
        given = [row for row in one.rows if row.value]
        raw: dict[str, Any] = {"answer": [row.value for row in given]}
        return raw | {f"intensity-{row.value}": _number(row.strength) for row in given}
    if one.kind == "ticks":
        return {"answer": sent.getlist(one.name)}
    return {"answer": _number(sent.get(one.name, "")) if one.kind == "number" else sent.get(one.name, "")}


def _number(typed: str) -> str:
    """`7.0` and `7,0` are 7, as some keyboards have it; `7,5` stays what it is, and is refused: it is never 75."""
    return re.sub(r"^\s*(\d{1,2})[.,]0+\s*$", r"\1", typed)
