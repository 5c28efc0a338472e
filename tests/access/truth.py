"""Who may see and write which row, told in plain Python from DATA_MODEL.md 3 and 4, without a look at the SQL of the wall.

Rows are dicts as the owner reads them, every id a string. A pair (kind, act) that is missing from a table's rules is refused outright.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Sight:
    """What one actor is to the people and records of the world."""

    kind: str
    me: str
    clinic: str
    now: datetime
    rows: Rows

    def running(self, row: Row) -> bool:
        starts, ends = datetime.fromisoformat(row["starts_at"]), row["ends_at"]
        return starts <= self.now and (ends is None or datetime.fromisoformat(ends) > self.now)

    @cached_property
    def care(self) -> list[Row]:
        return [row for row in self.rows["clients.CareAssignment"] if row["clinic_id"] == self.clinic and self.running(row)]

    @cached_property
    def reads(self) -> set[str]:
        """Records of those I am assigned to in any way, and of those my supervisees treat; not what somebody opened by breaking glass."""
        pairs = [row for row in self.rows["accounts.Supervision"] if row["supervisor_id"] == self.me and row["clinic_id"] == self.clinic]
        learners = {row["supervisee_id"] for row in pairs if self.running(row)}
        mine = {row["client_id"] for row in self.care if row["therapist_id"] == self.me}
        return mine | {row["client_id"] for row in self.care if row["therapist_id"] in learners and row["kind"] != "break_glass"}

    @cached_property
    def writes(self) -> set[str]:
        return {row["client_id"] for row in self.care if row["therapist_id"] == self.me and row["kind"] in ("primary", "co", "cover")}

    @cached_property
    def mine(self) -> list[Row]:
        found = [row for row in self.rows["clients.Client"] if row["portal_user_id"] == self.me and row["clinic_id"] == self.clinic]
        return found if self.kind == "portal" else []

    @cached_property
    def own(self) -> str | None:
        """My record to read: after a discharge for 90 days."""
        for row in self.mine:
            ends = [each["ended_on"] for each in self.rows["clients.Episode"] if each["client_id"] == row["id"]]
            if row["status"] != "discharged" or any(end is None or date.fromisoformat(end) + timedelta(days=90) >= self.now.date() for end in ends):
                return str(row["id"])
        return None

    @cached_property
    def own_open(self) -> str | None:
        """My record to write in: until I am discharged."""
        return next((str(row["id"]) for row in self.mine if row["status"] != "discharged"), None)

    def members(self, *roles: str) -> set[str]:
        return {row["user_id"] for row in self.rows["accounts.Membership"] if row["clinic_id"] == self.clinic and row["role"] in roles}

    @cached_property
    def carers(self) -> set[str]:
        """Whoever was ever assigned to me, or opened my record."""
        assigned = {row["therapist_id"] for row in self.rows["clients.CareAssignment"] if row["client_id"] == self.own}
        return assigned | {row["actor_id"] for row in self.rows["audit.AuditEvent"] if row["client_id"] == self.own and row["verb"] == "record_opened"}

    @cached_property
    def invited(self) -> set[str]:
        return {row["invitation_id"] for row in self.rows["clients.Client"] if row["id"] in self.reads}


Answer = Callable[[Sight, Row], bool]
Rules = dict[tuple[str, str], Answer]


def both(*answers: Answer) -> Answer:
    return lambda sight, row: all(answer(sight, row) for answer in answers)


def readable(sight: Sight, row: Row) -> bool:
    return row["client_id"] in sight.reads


def writable(sight: Sight, row: Row) -> bool:
    return row["client_id"] in sight.writes and row["clinic_id"] == sight.clinic


def own(sight: Sight, row: Row) -> bool:
    return sight.own is not None and row["client_id"] == sight.own and row["clinic_id"] == sight.clinic


def own_open(sight: Sight, row: Row) -> bool:
    return sight.own_open is not None and row["client_id"] == sight.own_open and row["clinic_id"] == sight.clinic


def here(sight: Sight, row: Row) -> bool:
    return bool(row["clinic_id"] == sight.clinic)


def shared(sight: Sight, row: Row) -> bool:
    return bool(row["visibility"] == "my_therapist")


def by_me(sight: Sight, row: Row) -> bool:
    return bool(row["created_by_id"] == sight.me)


def anyone(sight: Sight, row: Row) -> bool:
    return True


def lock(column: str, value: Any) -> Answer:
    return lambda sight, row: bool(row[column] == value)


def rules(*, portal: str = "", therapist: str = "", admin: str = "", when: Answer = anyone, staff: Answer = anyone) -> Rules:
    """The common case, in letters: r read, a add, c change. `when` holds for staff and office alike, `staff` for therapists alone."""
    acts = {"r": "select", "a": "insert", "c": "update"}
    found: Rules = {}
    for letter in portal:
        found["portal", acts[letter]] = {"r": own, "a": both(own_open, by_me), "c": own_open}[letter]
    for letter in therapist:
        scope = {"r": readable, "a": both(writable, by_me), "c": writable}[letter]
        found["therapist", acts[letter]] = both(scope, when, staff)
    for letter in admin:
        found["admin", acts[letter]] = both(here, when)
    return found


ENTRY = rules(portal="rac", therapist="rac", admin="r", when=shared)
CLIENT_ONLY = rules(portal="rac", therapist="r", admin="r", when=shared)


def ours_or_mine(sight: Sight, row: Row) -> bool:
    """What comes with the product, and what the own clinic has written."""
    return row["clinic_id"] is None or here(sight, row)


def of_an_exercise_here(sight: Sight, row: Row) -> bool:
    return any(one["id"] == row["exercise_id"] and one["clinic_id"] == sight.clinic for one in sight.rows["homework.Exercise"])


LIBRARY: Rules = {
    **{(kind, "select"): ours_or_mine for kind in ("therapist", "portal", "admin")},
    **{(kind, "insert"): both(here, by_me) for kind in ("therapist", "admin")},
    **{(kind, "update"): here for kind in ("therapist", "admin")},
}


def first_or_colleague(sight: Sight, row: Row) -> bool:
    """The first assignment is taken by whoever added the client; later ones are given to colleagues by somebody on the case."""
    taken = {other["client_id"] for other in sight.rows["clients.CareAssignment"]}
    added = [other for other in sight.rows["clients.Client"] if other["id"] == row["client_id"] and other["created_by_id"] == sight.me]
    first = row["kind"] == "primary" and row["therapist_id"] == sight.me and bool(added) and row["client_id"] not in taken
    colleague = row["kind"] in ("co", "cover") and writable(sight, row) and row["therapist_id"] != sight.me
    return here(sight, row) and by_me(sight, row) and row["therapist_id"] in sight.members("admin", "therapist") and (first or colleague)


def may_end(sight: Sight, row: Row) -> bool:
    """Of a colleague at any time; one's own can be shortened, not prolonged (the probe leaves the end as it is)."""
    soon = row["ends_at"] is not None and datetime.fromisoformat(row["ends_at"]) <= sight.now + timedelta(minutes=1)
    return row["kind"] in ("co", "cover") and writable(sight, row) and (row["therapist_id"] != sight.me or soon)


def portal_invitation(sight: Sight, row: Row) -> bool:
    return here(sight, row) and row["role"] == "client" and (by_me(sight, row) or row["id"] in sight.invited)


def my_event(sight: Sight, row: Row) -> bool:
    return here(sight, row) and row["actor_id"] == sight.me and row["actor_kind"] == sight.kind


def clinic_row(sight: Sight, row: Row) -> bool:
    return bool(row["id"] == sight.clinic)


def staff_office(sight: Sight, row: Row) -> bool:
    return here(sight, row) and row["therapist_id"] in sight.members("admin", "therapist")


def office_lets_in(sight: Sight, row: Row) -> bool:
    """Anybody of the staff; by breaking glass only herself, and only now."""
    now = abs(datetime.fromisoformat(row["starts_at"]) - sight.now) < timedelta(minutes=1)
    return staff_office(sight, row) and (row["kind"] != "break_glass" or (row["therapist_id"] == sight.me and by_me(sight, row) and now))


def office_ends(sight: Sight, row: Row) -> bool:
    """A broken glass is ended, never prolonged (the probe leaves the end as it is)."""
    return staff_office(sight, row) and (row["kind"] != "break_glass" or datetime.fromisoformat(row["ends_at"]) <= sight.now + timedelta(minutes=1))


def of_a_line_here(sight: Sight, row: Row) -> bool:
    """A check is of a line of the same clinic, as its values are now."""
    lines = [line for line in sight.rows["safety.CrisisLine"] if line["id"] == row["line_id"] and line["clinic_id"] == sight.clinic]
    return any(line["version"] == row["line_version"] for line in lines)


def signed_by_me(sight: Sight, row: Row) -> bool:
    notes = [note for note in sight.rows["therapy.SessionNote"] if note["id"] == row["note_id"]]
    return any(note["created_by_id"] == sight.me and note["state"] == "signed" for note in notes)


TRUTH: dict[str, Rules] = {
    "accounts.Clinic": {**{(kind, "select"): clinic_row for kind in ("therapist", "portal", "admin", "worker")}, ("admin", "update"): clinic_row},
    "accounts.User": {
        ("therapist", "select"): lambda s, r: r["id"] in s.members("admin", "therapist"),
        ("portal", "select"): lambda s, r: r["id"] == s.me or r["id"] in s.carers,
        ("admin", "select"): lambda s, r: r["id"] in s.members("admin", "therapist", "client"),
        ("worker", "select"): lambda s, r: r["id"] in s.members("admin", "therapist", "client"),
    },
    "accounts.Membership": {
        ("therapist", "select"): lambda s, r: here(s, r) and r["role"] != "client",
        ("portal", "select"): lambda s, r: here(s, r) and (r["user_id"] == s.me or r["user_id"] in s.carers),
        **{("admin", act): here for act in ("select", "insert", "update")},
    },
    "accounts.BrowserSession": {},
    "accounts.Supervision": {
        ("therapist", "select"): lambda s, r: here(s, r) and s.me in (r["supervisor_id"], r["supervisee_id"]),
        **{("admin", act): here for act in ("select", "insert", "update")},
    },
    "accounts.Invitation": {
        ("therapist", "select"): portal_invitation,
        ("therapist", "update"): portal_invitation,
        ("therapist", "insert"): lambda s, r: here(s, r) and r["role"] == "client" and by_me(s, r),
        **{("admin", act): here for act in ("select", "insert", "update")},
        **{("worker", act): here for act in ("select", "update")},
    },
    "audit.AuditEvent": {
        ("therapist", "select"): lambda s, r: (here(s, r) and r["actor_id"] == s.me) or (readable(s, r) and r["verb"] == "record_opened"),
        ("therapist", "insert"): lambda s, r: my_event(s, r) and (r["verb"] != "record_opened" or readable(s, r)),
        ("portal", "select"): lambda s, r: s.own is not None and r["client_id"] == s.own and r["verb"] == "record_opened",
        ("portal", "insert"): lambda s, r: my_event(s, r) and r["client_id"] in (None, s.own),
        ("admin", "select"): here,
        ("admin", "insert"): my_event,
        ("worker", "insert"): my_event,
        ("worker", "select"): here,
    },
    "audit.AuditSeal": {("admin", "select"): here, ("worker", "select"): here, ("worker", "insert"): here},
    "clients.Client": {
        ("therapist", "select"): lambda s, r: r["id"] in s.reads,
        ("therapist", "insert"): lambda s, r: here(s, r) and by_me(s, r) and r["portal_user_id"] is None,
        ("therapist", "update"): lambda s, r: r["id"] in s.writes,
        ("portal", "select"): lambda s, r: r["id"] == s.own,
        ("portal", "update"): lambda s, r: r["id"] == s.own_open,
        ("admin", "select"): here,
        ("admin", "insert"): lambda s, r: here(s, r) and r["portal_user_id"] is None,
        ("admin", "update"): here,
    },
    "clients.CareAssignment": {
        ("therapist", "select"): readable,
        ("therapist", "insert"): first_or_colleague,
        ("therapist", "update"): may_end,
        ("portal", "select"): own,
        ("admin", "select"): staff_office,
        ("admin", "insert"): office_lets_in,
        ("admin", "update"): office_ends,
    },
    "clients.Consent": {
        **rules(portal="rac", therapist="r", admin="r"),
        ("therapist", "insert"): both(writable, by_me, lock("kind", "reminders")),
        ("therapist", "update"): both(writable, lock("kind", "reminders")),
    },
    "reminders.ReminderPreference": rules(portal="rac", therapist="rac", admin="r"),
    "reminders.ReminderTime": rules(portal="rac", therapist="rac", admin="r"),
    "reminders.Reminder": {
        **rules(portal="rac", therapist="rc", admin="r"),
        ("portal", "insert"): both(own_open, by_me, lambda s, r: bool(r["recipient_id"] == s.me)),
        ("worker", "select"): here,
        ("worker", "update"): here,
    },
    "clients.Episode": rules(portal="r", therapist="rac", admin="rac"),
    "clients.ClientSummary": rules(therapist="rac"),
    "clients.PortalChoice": rules(portal="rac"),
    "clients.CheckIn": CLIENT_ONLY,
    "clients.LifeEvent": CLIENT_ONLY,
    "clients.TimelineEntry": ENTRY,
    "clients.Practice": ENTRY,
    "safety.SafetyPlan": rules(portal="ra", therapist="ra", admin="r"),
    "coping.CopingPlan": rules(portal="ra", therapist="ra", admin="r"),
    "coping.CopingStrategy": ENTRY,
    "coping.StrategyUse": ENTRY,
    "selfcare.SelfCareActivity": ENTRY,
    "selfcare.SelfCareEntry": ENTRY,
    "selfcare.DomainHidden": {
        **rules(portal="r", therapist="r", admin="r"),
        ("portal", "insert"): both(own_open, by_me, lock("side", "client")),
        ("portal", "update"): both(own_open, lock("side", "client")),
        ("therapist", "insert"): both(writable, by_me, lock("side", "staff")),
        ("therapist", "update"): both(writable, lock("side", "staff")),
    },
    "selfcare.CompassionNote": ENTRY,
    "mindset.GratitudeEntry": ENTRY,
    "mindset.Accomplishment": ENTRY,
    "mindset.ThoughtRecord": ENTRY,
    "mindset.Evidence": ENTRY,
    "strengths.Strength": ENTRY,
    "strengths.StrengthEpisode": ENTRY,
    "strengths.Supporter": ENTRY,
    "strengths.ReachOut": ENTRY,
    "strengths.CommunityService": {
        **{(kind, act): here for kind in ("therapist", "admin") for act in ("select", "update")},
        **{(kind, "insert"): both(here, by_me) for kind in ("therapist", "admin")},
        ("portal", "select"): both(here, lock("retired_at", None), lambda s, r: s.own is not None),
    },
    "homework.Exercise": LIBRARY,
    "homework.ExerciseVersion": {**LIBRARY, **{(kind, "insert"): both(here, by_me, of_an_exercise_here) for kind in ("therapist", "admin")}},
    "homework.PaperSheet": rules(therapist="ra"),
    "homework.BlankSheet": {
        **{(kind, "select"): here for kind in ("therapist", "admin")},
        **{(kind, "insert"): both(here, by_me) for kind in ("therapist", "admin")},
    },
    "homework.Assignment": rules(portal="rc", therapist="rac", admin="r"),
    "homework.NotToday": CLIENT_ONLY,
    "homework.Reply": {**rules(portal="rc", therapist="ra", admin="r"), ("therapist", "update"): both(writable, by_me)},
    "homework.ReadingGiven": rules(portal="rc", therapist="rac", admin="r"),
    "homework.ReadingNote": CLIENT_ONLY,
    "homework.ExerciseRun": ENTRY,
    "homework.ExerciseAnswer": rules(portal="rac", therapist="rac", when=shared),
    "safety.CrisisLine": {**{(kind, "select"): here for kind in ("therapist", "admin")}, ("admin", "insert"): both(here, by_me), ("admin", "update"): here},
    "safety.LineCheck": {**{(kind, "select"): here for kind in ("therapist", "admin")}, ("admin", "insert"): both(here, by_me, of_a_line_here)},
    "therapy.AgendaItem": ENTRY,
    "therapy.Goal": rules(portal="rac", therapist="rac", admin="r"),
    "therapy.GoalRating": rules(portal="rac", therapist="rac", admin="r"),
    "therapy.TherapySession": {
        **rules(portal="r", therapist="ra", admin="ra"),
        ("therapist", "update"): both(writable, lock("locked_at", None)),
        ("admin", "update"): both(here, lock("locked_at", None)),
    },
    "therapy.SessionNote": {**rules(therapist="ra", admin="r"), ("therapist", "update"): both(writable, by_me, lock("state", "draft"))},
    "therapy.Amendment": {**rules(therapist="r", admin="r"), ("therapist", "insert"): both(writable, by_me, signed_by_me)},
    "therapy.PrivateNote": rules(therapist="rac", staff=by_me),
    "therapy.LogDraft": {**rules(therapist="rac", staff=by_me), ("therapist", "delete"): both(writable, by_me)},
}  # fmt: skip


def expected(sight: Sight, label: str, act: str, rows: Iterable[Row]) -> set[int] | None:
    """Places in `rows` of those that the actor may do `act` to; None when the act is refused outright."""
    answer = TRUTH[label].get((sight.kind, act))
    return None if answer is None else {place for place, row in enumerate(rows) if answer(sight, row)}
