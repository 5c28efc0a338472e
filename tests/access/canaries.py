"""Records full of canaries: every column in which people write holds a word of its own, so that any page can be searched for what its reader may not see."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from access.acting import acting_as
from access.wall import walled_models
from accounts.models import Invitation, User
from clients.models import Client, ClinicalModel
from clients.services import add_life_event, record_check_in, say_more, show_block
from coping.services import add_strategy, change_strategy, record_use, save_plan
from core.ids import uuid7
from homework.reading import texts
from homework.services.agreement import stop_assignment
from homework.services.not_today import not_today
from homework.services.paper import print_sheet
from homework.services.reading import give_reading, say_read
from homework.services.replies import write_reply
from mindset.services import add_good_thing, add_win, record_thought
from mindset.services.thoughts import Fact
from reminders.services import choose_reminders
from safety.models import Line, SafetyPlan
from safety.services import save_safety_plan
from selfcare.services import add_activity, add_log, catch_talk, change_activity, hide_domain, record_night
from strengths.services import add_moment, add_strength, add_supporter, record_reach_out
from tests.cast import Person
from tests.homework.agreed import agree, answer, rated, run_of
from tests.therapy.logs import form_of, logged, planned, signed
from therapy.services import add_agenda_item, add_goal, amend_note, autosave_log, close_goal, rate_goal, write_private_note

LOG_WORDS = ("one_line", "risk_note", "own")  # of a draft's fields; the others are taps
VISIBILITIES = ("my_therapist", "only_me")


@dataclass(frozen=True)
class Canary:
    """A word that stands in one column of one row. `private`: only the client reads it; `author`: its author alone; `name`: the office works with it."""

    word: str
    column: str
    private: bool
    author: Any = None
    name: bool = False


@dataclass
class Record:
    """One client's rows by model label, and the canaries in them."""

    client: Client
    rows: dict[str, list[Any]] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)

    def ids(self, part: str = "") -> list[Any]:
        """The ids of the rows whose model's name contains `part`; one of every model when there is none such."""
        found = [row.pk for label, rows in self.rows.items() if part and part.replace("_", "") in label.lower() for row in rows]
        return found or [rows[0].pk for rows in self.rows.values() if rows]

    def words(self, *, private: bool | None = None) -> set[str]:
        return {canary.word for canary in self.canaries if private is None or canary.private is private}


def fill_record(therapist: Person, client: Client, portal: Person) -> None:
    """One of everything that a record can hold, shared and not, by the people who would make it."""
    do_homework(therapist, client, portal)
    now = timezone.now().replace(second=0, microsecond=0)
    planned(therapist, client, now + timedelta(days=3 + next(HOURS)))
    session = planned(therapist, client, now - timedelta(hours=30 + next(HOURS)))
    logged(therapist, client, starts_at=now - timedelta(hours=200 + next(HOURS)))
    note = signed(therapist, client, starts_at=now - timedelta(hours=400 + next(HOURS)))
    with acting_as(therapist.actor):
        fields = {"one_line": "a line", "risk_note": "a risk", "own": {"plan": "a plan"}, "attendance": "attended"}
        autosave_log(client=client, showing=form_of(session), sent=1, fields=fields, by=therapist.actor)
        amend_note(note=note, new_id=uuid7(), text="more", reason="why", by=therapist.actor)
        write_private_note(client=client, new_id=uuid7(), text="for me", by=therapist.actor)
        save_safety_plan(
            client=client, new_id=uuid7(), number=0, steps={"ask": [Line("a name", "020 7946 0000")], "safer": [Line("a way")]}, by=therapist.actor
        )
        for _ in range(2):
            goal = add_goal(client=client, new_id=uuid7(), text="a goal", levels={level: f"level {level}" for level in range(-2, 3)}, by=therapist.actor)
        rate_goal(goal=goal, level=0, by=therapist.actor)
        close_goal(goal=goal, version=goal.version, by=therapist.actor)
    seen = client.pk
    with acting_as(portal.actor):
        for number, visibility in enumerate(VISIBILITIES):
            check_in = record_check_in(client=client, new_id=uuid7(), mood=2, by=portal.actor, visibility=visibility)
            say_more(check_in=check_in, note="a note", need="note", by=portal.actor)
            seen = check_in.pk if visibility == "my_therapist" else seen
            strong = add_strength(client=client, new_id=uuid7(), own_words=f"strong {number}", by=portal.actor, visibility=visibility)
            told = {"happened": f"it happened {number}", "said_by": "borrowed", "eyes": f"eyes {number}", "visibility": visibility}
            add_moment(strength=strong, new_id=uuid7(), by=portal.actor, **told)
            friend = add_supporter(client=client, new_id=uuid7(), name=f"name {number}", relation="who it is", by=portal.actor, visibility=visibility)
            record_reach_out(supporter=friend, new_id=uuid7(), how="called", note="we talked", by=portal.actor, visibility=visibility)
            cope(portal, client, f"way {number}", visibility)
            add_agenda_item(client=client, new_id=uuid7(), text="to talk about", visibility=visibility, by=portal.actor)
            live(portal, client, number, visibility)
            hears = {"self_talk": f"I am bad {number}", "kinder_answer": "I do try"}
            catch_talk(client=client, new_id=uuid7(), belief_before=8, belief_after=4, visibility=visibility, by=portal.actor, **hears)
            tied = {"why": "why it was", "strength": strong, "supporter": friend, "visibility": visibility}
            add_win(client=client, new_id=uuid7(), text="a win", by=portal.actor, **tied)
            add_good_thing(client=client, new_id=uuid7(), text="a good thing", by=portal.actor, **tied)
            day = now.date() - timedelta(days=2)
            add_life_event(client=client, new_id=uuid7(), text="it happened", day=day, visibility=visibility, by=portal.actor)
        show_block(client=client, block="moods", shown=False, by=portal.actor)
    with acting_as(therapist.actor):
        save_plan(client=client, new_id=uuid7(), number=0, early_signs=["a sign"], triggers=["a trigger"], phrase="a phrase", by=therapist.actor)
        write_reply(client=client, source_id=seen, new_id=uuid7(), text="an answer", by=therapist.actor)
    remind(client, portal)


def cope(portal: Person, client: Client, name: str, visibility: str) -> None:
    """A strategy in its second wording, and a use of it."""
    words = {"kind": "body_calming", "how": "how to", "when_to": "when to"}
    row = add_strategy(client=client, new_id=uuid7(), name=f"old {name}", visibility=visibility, by=portal.actor, **words)
    row = change_strategy(strategy=row, new_id=uuid7(), name=name, by=portal.actor)
    record_use(strategy=row, new_id=uuid7(), before=7, after=4, situation="what was", visibility=visibility, by=portal.actor)


def live(portal: Person, client: Client, number: int, visibility: str) -> None:
    """Something in the week in its second wording, a log of it and a night."""
    sizes = {"tiny": "a tiny one", "standard": "a usual one", "stretch": "a long one"}
    row = add_activity(client=client, new_id=uuid7(), domain="physical", name=f"old week {number}", visibility=visibility, by=portal.actor, **sizes)
    row = change_activity(activity=row, new_id=uuid7(), name=f"week {number}", by=portal.actor)
    day = timezone.now().date() - timedelta(days=number + 1)
    add_log(activity=row, new_id=uuid7(), day=day, size="tiny", note="how it was", visibility=visibility, by=portal.actor)
    night = {"quality": 5, "note": "how the night was", "visibility": visibility}
    record_night(client=client, new_id=uuid7(), day=day, by=portal.actor, **night)
    hide_domain(client=client, domain="spiritual", hidden=True, by=portal.actor)


HOURS = itertools.count(step=1)


def remind(client: Client, portal: Person) -> None:
    """Every day from today on, as many as there may be: one of them at least is planned."""
    now, noon = timezone.now(), time(12)
    with acting_as(portal.actor):
        times = {(now.weekday() + days) % 7: noon for days in range(4)}
        choose_reminders(client=client, kind="homework", version=0, times=times, quiet_from=noon, quiet_until=noon, by=portal.actor)


def do_homework(therapist: Person, client: Client, portal: Person) -> None:
    task = agree(therapist, client, "thought_record", reason="a reason", if_then="if then")
    old = agree(therapist, client, "slow_breathing", reason="a reason", if_then="if then")
    rated(portal, run_of(portal, client, old, days_ago=2, helped=4), 7, 4)
    shared = run_of(portal, client, task, days_ago=1, ratings_shared=True, words_shared=True)
    kept = run_of(portal, client, None, key="thought_record", visibility="only_me", ratings_shared=False)
    run_of(portal, client, task, state="started")
    for run, is_shared in ((shared, True), (kept, False)):
        answer(portal, run, "situation", "what happened", shared=is_shared)
        answer(portal, run, "thought", "what I thought", shared=is_shared)
        think(portal, run, VISIBILITIES[not is_shared])
    with acting_as(portal.actor):
        for visibility in VISIBILITIES:
            not_today(client=client, assignment=task, new_id=uuid7(), choice="talk", note="a note", visibility=visibility, by=portal.actor)
    give_to_read(therapist, client, portal)
    with acting_as(therapist.actor):
        print_sheet(assignment=task, by=therapist.actor)
        stop_assignment(assignment=old, why="a why", by=therapist.actor)


def give_to_read(therapist: Person, client: Client, portal: Person) -> None:
    with acting_as(therapist.actor):
        for text in texts()[:2]:
            give_reading(client=client, new_id=uuid7(), text=text, reason="a reason", by=therapist.actor)
    with acting_as(portal.actor):
        for text, visibility in zip(texts()[1:3], VISIBILITIES, strict=True):
            say_read(client=client, text=text, new_id=uuid7(), stayed="what stayed", visibility=visibility, by=portal.actor)


def think(portal: Person, run: Any, visibility: str) -> None:
    """A thought with every word it can hold, and a fact on each side."""
    said = dict.fromkeys(("situation", "thought", "fairer", "expected", "happened", "next_step"), "a word")
    with acting_as(portal.actor):
        facts = [Fact("for", "a fact"), Fact("against", "another")]
        record_thought(client=run.client, source=run, visibility=visibility, show=False, facts=facts, by=portal.actor, kind="full", **said)


def put_canaries(client: Client, as_owner: Callable[[], Any]) -> Record:
    """Write a canary into every column of words and names of this client's rows, as the owner; and remember the rows."""
    record = Record(client)
    with as_owner():
        client.refresh_from_db()
        for model in walled_models():
            for row in rows_of(model, client):
                record.rows.setdefault(model._meta.label, []).append(row)
                put(row, record)
        client.refresh_from_db()
    return record


def rows_of(model: type[models.Model], client: Client) -> Iterator[Any]:
    if issubclass(model, ClinicalModel):
        yield from model._default_manager.filter(client=client)
    elif model in (Client, Invitation, User):
        key = {Client: client.pk, Invitation: client.invitation_id, User: client.portal_user_id}[model]
        yield from model._default_manager.filter(pk=key)


NUMBERS = itertools.count(1)


def put(row: Any, record: Record) -> None:
    """Each text of the row becomes a canary that says where it stands; keys and taps stay."""
    private = getattr(row, "visibility", "") == "only_me"
    author = row.created_by_id if row._meta.label in ("therapy.PrivateNote", "therapy.LogDraft") else None

    def word(column: str) -> str:
        found = f"canary{next(NUMBERS):05d}"
        record.canaries.append(Canary(found, f"{row._meta.label}.{column}", private, author, column in getattr(row, "names", ())))
        return found

    changes: dict[str, Any] = {}
    if isinstance(row, SafetyPlan):  # the word goes in as its author's words did: sealed
        row.close({step: [Line(word("sealed"), line.phone) for line in lines] for step, lines in row.steps.items()})
        type(row)._default_manager.filter(pk=row.pk).update(sealed=row.sealed)
        return
    for column in (*getattr(row, "words", ()), *getattr(row, "names", ())):
        about = row._meta.get_field(column)
        old = getattr(row, column)
        if isinstance(about, models.JSONField):
            changes[column] = replaced(old, lambda column=column: word(column), LOG_WORDS if row._meta.label == "therapy.LogDraft" else None)
        elif isinstance(about, models.EmailField):
            changes[column] = f"{word(column)}@example.org"
        else:
            changes[column] = word(column)
    if changes:
        type(row)._default_manager.filter(pk=row.pk).update(**changes)


def replaced(value: Any, word: Callable[[], str], only: tuple[str, ...] | None = None) -> Any:
    """The same shape with a canary for every text that is a sentence; a single word is a key of the content."""
    if isinstance(value, dict):
        return {key: each if only and key not in only else replaced(each, word) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, word) for each in value]
    return word() if isinstance(value, str) and " " in value else value


def found_in(response: Any, words: set[str]) -> set[str]:
    """Canaries in the body or the headers of an answer."""
    content = b"" if response.streaming else response.content
    text = content.decode(errors="replace") + str(dict(response.headers)) + str(response.cookies)
    return {word for word in words if word in text} if "canary" in text else set()


def row_hashes(tables: dict[str, str]) -> dict[tuple[str, str], str]:
    """(table, id) -> hash of the whole row (when somebody signed in is left out), for the rows that each table's SQL condition names. Call it as the owner."""
    found = {}
    with connection.cursor() as cursor:
        for table, condition in tables.items():
            cursor.execute(f"SELECT id::text, md5((to_jsonb(t) - 'last_login')::text) FROM {table} t WHERE {condition}")
            found |= {(table, pk): digest for pk, digest in cursor.fetchall()}
    return found


def of_client(client: Client) -> dict[str, str]:
    """Every row about this client, the trail left out: that grows with what is refused."""
    tables = {model._meta.db_table: f"client_id = '{client.pk}'" for model in walled_models() if issubclass(model, ClinicalModel)}
    return tables | {
        "clients_client": f"id = '{client.pk}'",
        "accounts_invitation": f"id = '{client.invitation_id}'",
        "accounts_user": f"id = '{client.portal_user_id}'",
        "accounts_membership": f"user_id = '{client.portal_user_id}'",
    }
