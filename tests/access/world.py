"""Two clinics filled to the brim: every walled table holds rows of each client, shared and not, by everybody who could have written them.

Written as the owner, past every service, so that the truth does not depend on what is tested. A new model is filled by itself; one that needs
more than a value per column gets its line in SPECIAL, and its rules in tests/access/truth.py.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from access.wall import walled_models
from accounts.models import BrowserSession, Clinic, Invitation, Membership, Supervision, User
from audit.models import AuditEvent, AuditSeal
from clients.models import CareAssignment, Client, ClientSummary, ClinicalModel, Episode, PortalChoice
from core.ids import uuid7
from homework.models import BlankSheet, Exercise, ExerciseVersion
from safety.models import CrisisLine, LineCheck
from strengths.models import CommunityService

DAY = timedelta(days=1)
STAFF = ("tara", "sam", "vera", "fay", "gil", "cy", "vic")
CLIENTS = {"ben": "home", "cleo": "home", "dana": "home", "pia": "away", "quin": "away", "rosa": "home", "sol": "home"}
DISCHARGED = {"rosa": 90, "sol": 91}  # days since their care ended
TICK = itertools.count(1)
CARE = [  # (who, client, kind, starts, ends) in days from now
    ("tara", "ben", "primary", -90, None),
    ("tara", "cleo", "primary", -90, None),
    ("fay", "ben", "co", -80, -1),
    ("fay", "dana", "co", 5, None),
    ("gil", "cleo", "cover", -1, 1),
    ("cy", "dana", "co", -9, None),
    ("cy", "ben", "cover", -9, -2),
    ("sam", "dana", "primary", -90, None),
    ("sam", "cleo", "co", -50, -20),
    ("ada", "dana", "break_glass", -0.05, 0.1),
    ("ada", "cleo", "break_glass", 0, 0.1),
    ("ada", "ben", "break_glass", -9, -8.9),
    ("olu", "pia", "primary", -90, None),
    ("kim", "quin", "primary", -90, None),
    ("kim", "cleo", "co", -90, -30),
]
PAIRS = [("vera", "tara", -9, None), ("vera", "cy", -9, -3), ("vic", "sam", 3, None), ("vic", "ada", -9, None), ("gil", "fay", -9, 9)]  # supervisor, supervisee


@dataclass
class World:
    now: datetime = field(default_factory=timezone.now)
    clinics: dict[str, Clinic] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, row: models.Model) -> Any:
        row.save(force_insert=True)
        self.rows.setdefault(row._meta.label, []).append(row)
        return row

    def at(self, days: float | None) -> datetime | None:
        return None if days is None else self.now + days * DAY


def build_world() -> World:
    """Call it as the owner."""
    world = World()
    for key in ("home", "away"):
        world.clinics[key] = world.add(Clinic(name=key, timezone="Europe/London", country="GB", key=f"world-{key}"))
    for name in (*STAFF, "ada", "olu", "kim", "omar", *CLIENTS):
        world.people[name] = world.add(User(email=f"{name}@world.example.org", name=name))
    add_members(world)
    for name, person in world.people.items():
        world.add(BrowserSession(user=person, key_hash=name, data="x", seen_at=world.now, ends_at=world.now + DAY))
    for number in (1, 2):
        world.add(
            ExerciseVersion(exercise=world.add(Exercise(key=f"world-{number}", pillar="coping")), number=1, content={"title": "x"}, content_hash=str(number))
        )
    for name, key in CLIENTS.items():
        add_client(world, name, world.clinics[key])
    for who, client, kind, starts, ends in CARE:
        care = CareAssignment(therapist=world.people[who], kind=kind, starts_at=world.at(starts), ends_at=world.at(ends), created_by=world.people[who])
        if kind == "break_glass":
            care.why, care.reason = "world", "away"
        world.add(attach(care, world.clients[client]))
    for client in world.clients.values():
        fill(world, client)
    add_audit(world)
    add_lines(world)
    add_own_exercises(world)
    for key, who in (("home", "tara"), ("away", "olu"), ("home", "ada")):
        for retired in (None, world.now):
            own = {"clinic": world.clinics[key], "created_by": world.people[who]}
            world.add(CommunityService(name=f"place of {who}", kind="group", staff_note="ours", retired_at=retired, **own))
    assert {model._meta.label for model in walled_models()} == set(world.rows), "a model is not filled: see the docstring"
    return world


def add_members(world: World) -> None:
    home, away = world.clinics["home"], world.clinics["away"]
    staff = [(name, home, "therapist") for name in STAFF] + [("ada", home, "admin"), ("olu", away, "therapist"), ("omar", away, "admin")]
    both = [("kim", home, "therapist"), ("kim", away, "therapist"), ("gil", home, "admin")]
    for name, clinic, role in [*staff, *both, *((name, world.clinics[key], "client") for name, key in CLIENTS.items())]:
        world.add(Membership(user=world.people[name], clinic=clinic, role=role, active=name != "cy"))
    for supervisor, supervisee, starts, ends in PAIRS:
        pair = {"supervisor": world.people[supervisor], "supervisee": world.people[supervisee]}
        world.add(Supervision(clinic=home, starts_at=world.at(starts), ends_at=world.at(ends), **pair))
    world.add(Supervision(clinic=away, supervisor=world.people["kim"], supervisee=world.people["olu"], starts_at=world.at(-2)))
    world.add(Supervision(clinic=away, supervisor=world.people["olu"], supervisee=world.people["kim"], starts_at=world.at(2)))


def add_client(world: World, name: str, clinic: Clinic) -> None:
    author = world.people["tara" if clinic.key == "world-home" else "olu"]
    invitation = world.add(Invitation(clinic=clinic, role="client", email=f"{name}@world.example.org", token_hash=str(uuid7()), created_by=author))
    world.add(Invitation(clinic=clinic, role="therapist", email=f"new-{name}@world.example.org", token_hash=str(uuid7()), created_by=world.people["ada"]))
    row = Client(clinic=clinic, called=name, timezone="Europe/London", started_on=date.today(), invitation=invitation, created_by=author)
    row.portal_user = world.people[name]
    row.status = "discharged" if name in DISCHARGED else "active"
    world.clients[name] = world.add(row)


def attach(row: Any, client: Client) -> Any:
    row.client, row.clinic_id = client, client.clinic_id
    return row


def add_audit(world: World) -> None:
    """Each of these did two things to each client's record, one of them opening it."""
    for name, client in world.clients.items():
        for who in ("tara", "sam", "olu", name, "ada"):
            for verb in ("record_opened", "note_signed"):
                world.add(AuditEvent(clinic_id=client.clinic_id, actor_id=world.people[who].pk, actor_kind="therapist", verb=verb, client_id=client.pk))
        number = sum(each.clinic_id == client.clinic_id for each in world.rows.get("audit.AuditSeal", ())) + 1
        world.add(AuditSeal(clinic_id=client.clinic_id, number=number, until=world.now, events=9, hash="0" * 64))


def add_lines(world: World) -> None:
    """Two crisis lines in each clinic, with a check of the values now, one of older ones and one that stands under the other clinic's line."""
    lines = []
    for key, who in (("home", "ada"), ("away", "omar")):
        own = {"clinic": world.clinics[key], "created_by": world.people[who]}
        for number in (1, 2):
            lines.append(world.add(CrisisLine(country="GB", key=f"line-{number}", facts={"name": key}, version=2, **own)))
    for line, other in ((lines[0], lines[2]), (lines[2], lines[0])):
        for number, about in ((2, line), (1, line), (2, other)):
            check = LineCheck(clinic=line.clinic, line=about, line_version=number, created_by=line.created_by, at=world.now, how="page")
            check.is_right, check.seen = True, {}
            world.add(check)


def add_own_exercises(world: World) -> None:
    """Each clinic has one by its therapist and one by its office, with a wording each, one more under the other clinic's exercise, and a blank page."""
    made = []
    for key, who in (("home", "tara"), ("home", "ada"), ("away", "olu"), ("away", "omar")):
        own = {"clinic": world.clinics[key], "created_by": world.people[who]}
        exercise = world.add(Exercise(key=f"own-{key}-{who}", pillar="coping", **own))
        version = world.add(ExerciseVersion(exercise=exercise, number=1, content={"title": who}, content_hash=f"{key} {who}", **own))
        world.add(BlankSheet(exercise_version=version, **own))
        made.append((exercise, own))
    for (exercise, _own), (_other, own) in ((made[0], made[2]), (made[2], made[0])):
        world.add(ExerciseVersion(exercise=exercise, number=2, current=False, content={"title": "x"}, content_hash="x", **own))


def clinical() -> Iterator[type[ClinicalModel]]:
    """Those that hang on a client, parents before children."""
    waiting = [model for model in walled_models() if issubclass(model, ClinicalModel) and model is not CareAssignment]
    done: set[Any] = set()
    while waiting:
        ready = [model for model in waiting if {f.related_model for f in model._meta.concrete_fields if f.is_relation} & set(waiting) <= {model}]
        assert ready, f"these point at each other: {waiting}"
        yield from ready
        done |= set(ready)
        waiting = [model for model in waiting if model not in done]


def fill(world: World, client: Client) -> None:
    """Four of each: by the client, shared and not; by the therapist; by one who has left."""
    portal, home = world.people[client.called], client.clinic.key == "world-home"
    therapist, former = world.people["tara" if home else "olu"], world.people["fay" if home else "kim"]
    authors = ((portal, "my_therapist"), (portal, "only_me"), (therapist, "my_therapist"), (former, "my_therapist"))
    for number, (author, visibility) in enumerate(authors):
        made: dict[Any, Any] = {User: author, Exercise: world.rows["homework.Exercise"][0], ExerciseVersion: world.rows["homework.ExerciseVersion"][0]}
        for model in clinical():
            if model in (ClientSummary, PortalChoice) and number:
                continue  # there is one of a client
            row = attach(model(**values(model, made, visibility)), client)
            row.created_by = author
            for name, value in SPECIAL.get(model._meta.label, lambda number, visibility: {})(number, visibility).items():
                setattr(row, name, value)
            if model is Episode and client.called in DISCHARGED:
                row.ended_on = world.now.date() - DISCHARGED[client.called] * DAY
                row.started_on = row.ended_on - 30 * DAY
            made[model] = world.add(row)


SPECIAL: dict[str, Any] = {
    "reminders.ReminderPreference": lambda number, visibility: {"kind": f"kind {number}"},
    "reminders.Reminder": lambda number, visibility: {"ready_at": timezone.now()},
    "strengths.Strength": lambda number, visibility: {"own_words": f"said {next(TICK)}"},
    "selfcare.CompassionNote": lambda number, visibility: {"self_talk": f"said {next(TICK)}"},
    "coping.CopingPlan": lambda number, visibility: {"number": number + 1},
    "selfcare.SelfCareEntry": lambda number, visibility: {
        "activity": None,
        "line": None,
        "day": date.today() - next(TICK) * DAY,
        "kind": "log",
        "size": "tiny",
    },
    "selfcare.DomainHidden": lambda number, visibility: {"domain": f"part {next(TICK)}", "side": "client" if number % 2 else "staff"},
    "safety.SafetyPlan": lambda number, visibility: {"number": number + 1, "next_review": date.today() + 30 * DAY},
    "clients.Consent": lambda number, visibility: {
        "kind": ("portal", "sharing", "reminders", "portal")[number],
        "withdrawn_at": timezone.now() if number > 1 else None,
    },
    "clients.Episode": lambda number, visibility: {"ended_on": date.today() if number else None},
    "therapy.AgendaItem": lambda number, visibility: {"text": f"said {next(TICK)}"},
    "therapy.TherapySession": lambda number, visibility: {"state": "attended", "ends_at": timezone.now() + 9 * DAY},
    "homework.ExerciseRun": lambda number, visibility: {"assignment": None} if visibility == "only_me" else {},
}


def values(model: type[models.Model], made: dict[Any, Any], visibility: str) -> dict[str, Any]:
    """Something for every column without a default."""
    found: dict[str, Any] = {}
    for each in model._meta.concrete_fields:
        if each.name in ("client", "clinic", "created_by") or (each.name != "visibility" and (each.has_default() or (each.blank and not each.is_relation))):
            continue
        if each.is_relation:
            found[each.name] = made.get(each.related_model) if not each.null or each.related_model is not model else None
        else:
            found[each.name] = visibility if each.name == "visibility" else sample(each)
    return found


def sample(column: Any) -> Any:
    kinds: dict[type[models.Field], Any] = {
        models.JSONField: {}, models.DateTimeField: timezone.now(), models.DateField: date.today(), models.UUIDField: UUID(int=next(TICK)),
        models.PositiveSmallIntegerField: 1, models.SmallIntegerField: 0, models.PositiveIntegerField: 1, models.FloatField: 1.0, models.BooleanField: True,
        models.TimeField: time(9),
    }  # fmt: skip
    if column.choices:
        return column.choices[0][0]
    return next((value for kind, value in kinds.items() if isinstance(column, kind)), f"said {next(TICK)}")
