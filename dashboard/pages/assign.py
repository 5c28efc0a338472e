"""What the assign page shows: three that fit by rule, one opened in place, and the whole library below."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.requests import ActorRequest
from clients.ledger import Line
from clients.models import Client
from core.errors import Refused
from homework.choosing import fits_now, prefill, search
from homework.forms import AssignForm, FindForm
from homework.models import Assignment, ExerciseVersion
from homework.player.exercise import Exercise
from homework.selectors import active_assignments, current_versions, exercise_of, fit_facts, last_agreed, use_lines, version_with
from homework.services.agreement import assign_exercise
from homework.words import per_week_words, with_client_words
from therapy.selectors import last_held, planned_sessions

SESSIONS_OFFERED = 3
CARDS = 3
ENOUGH = 2  # tasks at a time, before the sheet says so
FIRST_ROWS = 10  # of the library, before "44 more"


@dataclass(frozen=True)
class Card:
    """One that fits: `why` in sentences; `chosen` = opened in place."""

    exercise: Exercise
    why: str
    chosen: bool
    url: str

    @property
    def often(self) -> str:
        return per_week_words(self.exercise.frequency.per_week)


@dataclass(frozen=True)
class LibraryRow:
    """`used`: what the record says about it with this client; `agreed`: it is a task now."""

    exercise: Exercise
    used: str
    agreed: bool
    url: str


@dataclass(frozen=True)
class Desk:
    """Everything the page needs to know about client and library, read once. `focus`: pillars of the latest session, or the one asked for."""

    client: Client
    versions: Mapping[str, ExerciseVersion]
    tasks: tuple[Assignment, ...]
    lines: Mapping[str, Line]
    sessions: tuple[datetime, ...]
    focus: tuple[str, ...]
    today: date

    @property
    def exercises(self) -> list[Exercise]:
        return [exercise_of(version) for version in self.versions.values()]

    @property
    def active(self) -> set[str]:
        return {task.item_key for task in self.tasks}

    def titles(self) -> list[str]:
        return [exercise_of(task.exercise_version).title for task in self.tasks]


def desk_of(client: Client, pillar: str = "") -> Desk:
    """Six statements, whatever is agreed or was done."""
    held = last_held([client.pk]).get(client.pk)
    today = timezone.localdate()
    return Desk(
        client=client,
        versions={version.exercise.key: version for version in current_versions(client.clinic_id)},
        tasks=tuple(active_assignments(client)),
        lines=use_lines(client),
        sessions=upcoming(planned_sessions(client), today),
        focus=(pillar,) if pillar else tuple(held.focus) if held is not None else (),
        today=today,
    )


def upcoming(planned: QuerySet[Any], today: date) -> tuple[datetime, ...]:
    """After today: what is agreed in a session is looked at in the next one."""
    return tuple(session.starts_at for session in planned if timezone.localdate(session.starts_at) > today)[:SESSIONS_OFFERED]


def opened_key(request: HttpRequest, desk: Desk) -> str:
    """The exercise whose sheet is open; empty when none is, or when it is not in the library any more."""
    sent = request.POST.get("exercise_version")
    of_form = next((key for key, version in desk.versions.items() if str(version.pk) == sent), "")
    key = of_form or request.GET.get("exercise", "")
    return key if key in desk.versions else ""


def address(request: HttpRequest, **change: str) -> str:
    """This page with these parameters changed and the filters kept."""
    kept = {name: request.GET[name] for name in ("search", "pillar", "effort", "minutes", "all", "replaces") if request.GET.get(name)}
    return "?" + urlencode({**kept, **change})


def cards(request: HttpRequest, desk: Desk, chosen: str) -> list[Card]:
    """At most three (four at the very start), the opened one among them."""
    facts = fit_facts(desk.client, lines=desk.lines, active=desk.active, focus=desk.focus)
    found = [(one.exercise, why_words(one.why)) for one in fits_now(desk.exercises, facts)]
    if chosen and chosen not in [exercise.key for exercise, _why in found]:
        why = _("Agreed already; sending it again replaces it.") if chosen in desk.active else _("You chose it from the library.")
        found = [(exercise_of(desk.versions[chosen]), why), *found][: max(CARDS, len(found))]
    return [Card(exercise, why, exercise.key == chosen, address(request, exercise=exercise.key) + "#open") for exercise, why in found]


def why_words(parts: Sequence[str]) -> str:
    """`Fits the focus of the session. New: nothing tried in this pillar yet.`"""
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def library_rows(request: HttpRequest, desk: Desk, first: Collection[str]) -> list[LibraryRow]:
    """What the search and the filters leave: those that fit on top, then those the client knows."""
    found = search(desk.exercises, **FindForm(request.GET).wanted())
    found.sort(key=lambda exercise: (exercise.key not in first, exercise.key not in desk.lines))
    return [
        LibraryRow(exercise, with_client_words(desk.lines.get(exercise.key)), exercise.key in desk.active, address(request, exercise=exercise.key) + "#open")
        for exercise in found
    ]


def assign_form(request: HttpRequest, desk: Desk, key: str) -> AssignForm:
    """The sheet of one exercise: as it came back, else with the exercise's own dose and the next session."""
    tasks = [(task, stop_words(task, key)) for task in desk.tasks]
    data = request.POST if request.method == "POST" else None
    initial = {} if data is not None else starting_terms(request, desk, key)
    return AssignForm(data, initial=initial, tasks=tasks, sessions=desk.sessions, today=desk.today)


def starting_terms(request: HttpRequest, desk: Desk, key: str) -> dict[str, Any]:
    """What the sheet of this exercise begins with; `?repeat=1` takes dose and words from the last time it was agreed."""
    version = desk.versions[key]
    exercise = exercise_of(version)
    first = timezone.localdate(desk.sessions[0]) if desk.sessions else None
    start = prefill(exercise, desk.today, first)
    replaces = next((task for task in desk.tasks if str(task.pk) == request.GET.get("replaces")), None)
    same = next((task for task in desk.tasks if task.item_key == key), None)
    terms = {
        "exercise_version": version.pk,
        "replaces": replaces.pk if replaces is not None else None,
        "per_week": start.per_week,
        "weeks": start.weeks,
        "starts_on": start.start,
        "look_at_on": start.look_at,
        "reason": exercise.purpose,
        "if_then": start.if_then,
        "stop": [str(task.pk) for task in (same, replaces) if task is not None],
    }
    before = last_agreed(desk.client, key) if request.GET.get("repeat") else None
    if before is not None:
        terms |= {name: getattr(before, name) for name in ("per_week", "weeks", "reason", "if_then")}
    return terms


def stop_words(task: Assignment, key: str) -> str:
    title = exercise_of(task.exercise_version).title
    since = date_format(task.starts_on, "j F")
    if task.item_key == key:
        return _("Replace %(title)s, agreed since %(since)s") % {"title": title, "since": since}
    return _("Stop %(title)s, agreed since %(since)s") % {"title": title, "since": since}


def lead_words(desk: Desk) -> str:
    """`Assign for the time until Tuesday 1 December. One task now: Slow breathing.`"""
    if desk.sessions:
        until = _("Assign for the time until %(day)s.") % {"day": date_format(timezone.localdate(desk.sessions[0]), "l j F")}
    else:
        until = _("Assign for the week. No session is booked.")
    titles = desk.titles()
    if not titles:
        return _("%(until)s Nothing is agreed now.") % {"until": until}
    now = ngettext("One task now: %(titles)s.", "%(n)s tasks now: %(titles)s.", len(titles))
    return f"{until} {now % {'n': len(titles), 'titles': ', '.join(titles)}}"


def load_words(desk: Desk, key: str) -> str:
    """Said beside the button when one more would be a third; empty below that, and for one that takes the place of a task."""
    n = len(desk.tasks)
    if n < ENOUGH or key in desk.active:
        return ""
    said = ngettext("%(count)s task is agreed already. One is the norm.", "%(count)s tasks are agreed already. One is the norm.", n)
    return said % {"count": {2: _("Two"), 3: _("Three")}.get(n, n)}


def agree(request: ActorRequest, desk: Desk, form: AssignForm) -> Assignment | None:
    """The task, or None when the form says why not."""
    sent = form.cleaned_data["exercise_version"]
    version = next((one for one in desk.versions.values() if one.pk == sent), None) or version_with(sent)
    try:
        if version is None:
            raise Refused(_("Please open this page again."))
        return assign_exercise(
            client=desk.client,
            exercise_version=version,
            stop=[task for task in desk.tasks if task.pk in form.cleaned_data["stop"]],
            replaces=next((task for task in desk.tasks if task.pk == form.cleaned_data["replaces"]), None),
            by=request.actor,
            **form.terms,
        )
    except Refused as refused:
        form.refuse(refused)
        form.look_again(desk.versions[opened_key(request, desk)].pk)
        return None
