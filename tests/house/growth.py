"""Rows for the pages whose statements are counted, made through the services by the people who would make them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.acting import acting_as
from clients.models import CareAssignment, Client
from clients.services import add_supervision, assign_colleague, cover_clients, end_now, hand_over, record_check_in
from coping.selectors import current_plan
from coping.services import add_strategy, record_use, save_plan
from core.ids import uuid7
from homework.models import Exercise, ReadingGiven
from homework.reading import texts
from homework.services.own import change_exercise, retire_exercise
from homework.services.paper import enter_paper, print_sheet
from homework.services.reading import give_reading, say_read
from homework.services.replies import write_reply
from mindset.services import add_good_thing, add_win, record_thought
from mindset.services.thoughts import Fact
from reminders.calendar import moment
from reminders.models import Reminder, ReminderPreference
from reminders.services import choose_reminders
from safety.content import shipped_lines
from safety.models import Line
from safety.selectors import current_safety_plan
from safety.services import check_line, save_safety_plan
from selfcare.services import add_activity, add_good_enough, add_log, catch_talk, record_night
from strengths.selectors import moments_of
from strengths.services import add_moment, add_strength, add_supporter, record_reach_out
from strengths.services.community import add_service, put_on_map
from tests import cast
from tests.cast import Person
from tests.homework.agreed import agree, rated, run_of
from tests.homework.own import CONTENT, written
from therapy.services import add_agenda_item, add_goal, bring_entry, plan_session

# A savepoint asks nothing; what was bound before is restored only because a test is a transaction around the request's own.
FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "SELECT set_config('role'")


@dataclass
class People:
    ada: Person
    tara: Person
    ben: Client
    ben_portal: Person
    vera: Person | None = None  # supervises Tara
    made: int = 0

    def next(self) -> int:
        self.made += 1
        return self.made


def statements(call: Callable[[], Any]) -> list[str]:
    """What the call asks of the database: the binding of the actor, session, user and trail among it, the frame of the transaction not."""
    with CaptureQueriesContext(connection) as caught:
        call()
    return [query["sql"] for query in caught.captured_queries if not query["sql"].startswith(FRAME)]


def more_clients(people: People) -> None:
    """One more on the caseload: with something new, a session to come, homework and a private entry of her own."""
    number = people.next()
    client = cast.client_of(people.tara, f"Client {number}")
    portal = cast.portal_sign_in(people.tara, client, f"client{number}")
    session(people, client, days=number)
    task = agree(people.tara, client, "slow_breathing")
    rated(portal, run_of(portal, client, task), 7, 4)
    with acting_as(portal.actor):
        record_check_in(client=client, new_id=uuid7(), mood=3, by=portal.actor)
        record_check_in(client=client, new_id=uuid7(), mood=3, by=portal.actor, visibility="only_me")


def more_entries(people: People) -> None:
    """One more of each thing a record holds."""
    number, tara, portal, ben = people.next(), people.tara, people.ben_portal, people.ben
    with acting_as(tara.actor):
        keys = list(Exercise.objects.order_by("key").values_list("key", flat=True))
    if number <= len(keys):
        task = agree(tara, ben, keys[number - 1])
        run_of(portal, ben, task, days_ago=number % 5, helped=4)
    with acting_as(portal.actor):
        shared = record_check_in(client=ben, new_id=uuid7(), mood=number % 5 + 1, by=portal.actor)
        record_check_in(client=ben, new_id=uuid7(), mood=1, by=portal.actor, visibility="only_me")
        for visibility in ("my_therapist", "only_me"):
            row = add_strength(client=ben, new_id=uuid7(), own_words=f"strength {number} {visibility}", by=portal.actor, visibility=visibility)
            add_moment(strength=row, new_id=uuid7(), happened=f"moment {number} {visibility}", by=portal.actor, visibility=visibility)
            friend = add_supporter(client=ben, new_id=uuid7(), name=f"friend {number} {visibility}", by=portal.actor, visibility=visibility)
            record_reach_out(supporter=friend, new_id=uuid7(), how="met", by=portal.actor, visibility=visibility)
            words = {"kind": "body_calming", "name": f"way {number} {visibility}", "visibility": visibility}
            way = add_strategy(client=ben, new_id=uuid7(), by=portal.actor, **words)
            hears = {"self_talk": f"hard {number} {visibility}", "kinder_answer": f"kind {number}", "belief_before": 8, "belief_after": 4}
            catch_talk(client=ben, new_id=uuid7(), visibility=visibility, by=portal.actor, **hears)
            add_good_enough(client=ben, new_id=uuid7(), sentence=f"enough {number} {visibility}", visibility=visibility, by=portal.actor)
            add_agenda_item(client=ben, new_id=uuid7(), text=f"to talk {number} {visibility}", visibility=visibility, by=portal.actor)
            bring_entry(source=row, on=True, by=portal.actor)
            record_use(strategy=way, new_id=uuid7(), before=7, after=number % 7, situation=f"use {number} {visibility}", by=portal.actor)
            tied = {"strength": row, "supporter": friend, "visibility": visibility}
            add_win(client=ben, new_id=uuid7(), text=f"win {number} {visibility}", by=portal.actor, **tied)
            add_good_thing(client=ben, new_id=uuid7(), text=f"good thing {number} {visibility}", by=portal.actor, **tied)
            of_the_week(people, number, visibility)
    more_reading(people, number)
    for visibility in ("my_therapist", "only_me"):
        thought(portal, ben, f"thought {number} {visibility}", visibility)
    with acting_as(tara.actor):
        write_reply(client=ben, source_id=shared.pk, new_id=uuid7(), text=f"reply {number}", by=tara.actor)
        version = getattr(current_plan(ben), "number", 0)
        save_plan(client=ben, new_id=uuid7(), number=version, early_signs=["I hum"], triggers=[f"trigger {number}"], phrase="", by=tara.actor)
        add_goal(client=ben, new_id=uuid7(), text=f"goal {number}", levels={level: f"level {level}" for level in range(-2, 3)}, by=tara.actor)
    session(people, ben, days=number)


def more_reading(people: People, number: int) -> None:
    """One text more read, with what stayed shared or not; another waits."""
    tara, portal, ben = people.tara, people.ben_portal, people.ben
    first, other = texts()[number % 10], texts()[10 + number % 10]
    with acting_as(tara.actor):
        for text in (first, other):
            if not ReadingGiven.objects.filter(client=ben, item_key=text.key, state="given").exists():
                give_reading(client=ben, new_id=uuid7(), text=text, reason=f"reason {number}", by=tara.actor)
    with acting_as(portal.actor):
        for visibility in ("my_therapist", "only_me"):
            say_read(client=ben, text=first, new_id=uuid7(), stayed=f"stayed {number} {visibility}", visibility=visibility, by=portal.actor)


def of_the_week(people: People, number: int, visibility: str) -> None:
    """One more activity with a log of today, and a night."""
    ben, by, today = people.ben, people.ben_portal.actor, timezone.localdate()
    words = {"domain": "leisure", "name": f"week {number} {visibility}", "tiny": f"tiny {number}", "visibility": visibility}
    row = add_activity(client=ben, new_id=uuid7(), by=by, **words)
    add_log(activity=row, new_id=uuid7(), day=today - timedelta(days=number % 7), size="tiny", note=f"log {number}", by=by)
    if visibility == "my_therapist":
        record_night(client=ben, new_id=uuid7(), day=today - timedelta(days=number), quality=number % 10, by=by)


def thought(portal: Person, ben: Client, words: str, visibility: str) -> None:
    """A thought looked at, with a moment of each kind among its facts."""
    run = run_of(portal, ben, None, key="other_views", visibility=visibility)
    with acting_as(portal.actor):
        facts = [Fact("for", words), *(Fact("against", moment=str(pk)) for pk in moments_of(ben).filter(earlier_of=None).values_list("pk", flat=True)[:2])]
        said = {"thought": words, "fairer": f"fairer {words}", "kind": "short", "belief_before": 8, "belief_after": 4}
        record_thought(client=ben, source=run, visibility=visibility, show=False, facts=facts, by=portal.actor, **said)


def session(people: People, client: Client, *, days: int) -> None:
    """Planned at an hour of its own, one clinic day after another."""
    starts = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
    with acting_as(people.tara.actor):
        plan_session(client=client, new_id=uuid7(), starts_at=starts, minutes=50, format="in_person", by=people.tara.actor)


def more_reminders(people: People) -> None:
    """One more of a day gone by, held back."""
    portal, ben, day = people.ben_portal, people.ben, timezone.localdate() - timedelta(days=people.next())
    with acting_as(portal.actor):
        chosen = ReminderPreference.objects.filter(client=ben).first()
        if chosen is None:
            times = {day.weekday(): time(12)}
            chosen = choose_reminders(client=ben, kind="homework", version=0, times=times, quiet_from=time(21), quiet_until=time(8), by=portal.actor)
        due = {"local_date": day, "local_time": time(12), "zone": "Europe/London", "due_at": moment(day, time(12), "Europe/London"), "state": "held"}
        row = Reminder(preference=chosen, client=ben, clinic_id=ben.clinic_id, recipient=portal.user, created_by=portal.user, **due)
        row.save(force_insert=True)


def more_plan_versions(people: People) -> None:
    """One more version of the safety plan, with a line more."""
    line, ben, tara = Line(f"reason {people.next()} of {people.ben.called}"), people.ben, people.tara
    with acting_as(tara.actor):
        there = current_safety_plan(ben)
        lines = [*there.steps["reasons"], line][-9:] if there else [line]
        save_safety_plan(client=ben, new_id=uuid7(), number=there.number if there else 0, steps={"reasons": lines}, by=tara.actor)


def more_colleagues(people: People) -> None:
    """One more in the clinic, and on Ben's team."""
    colleague = cast.member(people.ada.membership.clinic, "therapist", f"Colleague{people.next()}")
    with acting_as(people.tara.actor):
        ends = timezone.now() + timedelta(days=30)
        assign_colleague(client=people.ben, new_id=uuid7(), therapist_id=colleague.user.pk, kind="cover", ends_at=ends, by=people.tara.actor)


def more_for_the_office(people: People) -> None:
    """One more client without a therapist, one that changes hands next week, one cover and one supervision."""
    number, ada, tara = people.next(), people.ada, people.tara
    colleague = cast.member(ada.membership.clinic, "therapist", f"Colleague{number}")
    loose, changing = (cast.client_of(tara, f"{name} {number}") for name in ("Loose", "Changing"))
    with acting_as(ada.actor):
        end_now(assignments=CareAssignment.objects.filter(client=loose), by=ada.actor)
        hand_over(clients=[changing], therapist_id=colleague.user.pk, starts_at=timezone.now() + timedelta(days=7), by=ada.actor)
        cover_clients(clients=[people.ben], therapist_id=colleague.user.pk, ends_at=timezone.now() + timedelta(days=7), by=ada.actor)
        add_supervision(new_id=uuid7(), supervisor_id=colleague.user.pk, supervisee_id=tara.user.pk, by=ada.actor)


def more_lines(people: People) -> None:
    """One more check of every crisis line."""
    people.next()
    with acting_as(people.ada.actor):
        for line in shipped_lines()["GB"]:
            check_line(country="GB", key=line.key, new_id=uuid7(), version=1, how="called", is_right=True, by=people.ada.actor)


def more_services(people: People) -> None:
    """One more in the directory, and on Ben's map."""
    with acting_as(people.tara.actor):
        about = {"name": f"Place {people.next()}", "kind": "group", "needs": ["food"], "area": f"area {people.made}"}
        service = add_service(new_id=uuid7(), zone="Europe/London", by=people.tara.actor, **about)
        put_on_map(service=service, client=people.ben, new_id=uuid7(), by=people.tara.actor)


def more_own_exercises(people: People) -> None:
    """One more exercise of the clinic in its second wording, one that is retired, and a page typed back."""
    tara, ben, number = people.tara, people.ben, people.next()
    own, away = (written(tara, title=f"{name} {number} of {ben.called}") for name in ("Own", "Away"))
    with acting_as(tara.actor):
        change_exercise(exercise=own, number=1, content={**CONTENT, "title": f"Own {number} of {ben.called}, again"}, by=tara.actor)
        retire_exercise(exercise=away, away=True, by=tara.actor)
    task = agree(tara, ben, own.key)
    with acting_as(tara.actor):
        sheet, day = print_sheet(assignment=task, by=tara.actor), timezone.localdate() - timedelta(days=number)
        given = {"raws": {"before": {"answer": "7"}, "after": {"answer": "4"}}, "lists": {}, "done_on": day}
        enter_paper(client=ben, new_id=uuid7(), code=sheet.code, exercise_version=task.exercise_version, assignment=task, by=tara.actor, **given)


ABOUT_TARA = ("clients:member", "clients:handover", "clients:cover")  # addresses of the office about one colleague

# what grows -> the lists that hold it: the address's name and who looks
PAGES: dict[Callable[[People], None], list[tuple[str, str]]] = {
    more_clients: [("dashboard:caseload", "tara"), ("dashboard:supervision", "vera"), ("dashboard:clinic", "ada")],
    more_entries: [
        ("dashboard:record", "tara"), ("dashboard:timeline", "tara"), ("dashboard:homework", "tara"), ("dashboard:assign", "tara"),
        ("homework:library", "tara"), ("therapy:goals", "tara"), ("therapy:notes", "tara"), ("strengths:desk", "tara"), ("people:desk", "tara"),
        ("portal:today", "ben_portal"), ("portal:practise", "ben_portal"), ("portal:me", "ben_portal"), ("portal:progress", "ben_portal"),
        ("jar:desk", "tara"), ("jar:mine", "ben_portal"), ("jar:all", "ben_portal"),
        ("coping:desk", "tara"), ("coping:desk_history", "tara"), ("coping:mine", "ben_portal"), ("coping:history", "ben_portal"),
        ("kind:desk", "tara"), ("kind:desk_together", "tara"), ("kind:mine", "ben_portal"), ("kind:catch", "ben_portal"),
        ("reading:choose", "tara"), ("reading:mine", "ben_portal"),
        ("mindset:desk", "tara"), ("mindset:mine", "ben_portal"),
        ("strengths:mine", "ben_portal"), ("strengths:choose", "ben_portal"), ("people:mine", "ben_portal"),
        ("dashboard:talk", "tara"), ("portal:talk", "ben_portal"), ("portal:replies", "ben_portal"),
        ("selfcare:desk", "tara"), ("selfcare:desk_plan", "tara"), ("selfcare:desk_history", "tara"), ("selfcare:mine", "ben_portal"),
        ("selfcare:plan", "ben_portal"), ("selfcare:smaller", "ben_portal"), ("selfcare:history", "ben_portal"),
    ],
    more_own_exercises: [
        ("homework:library", "tara"), ("homework:library", "ada"), ("dashboard:homework", "tara"), ("dashboard:assign", "tara"),
        ("dashboard:paper_back", "tara"), ("portal:practise", "ben_portal"), ("portal:me", "ben_portal"),
    ],
    more_for_the_office: [("clients:care", "ada"), *((name, "ada") for name in ABOUT_TARA)],
    more_lines: [("safety:lines", "ada"), ("safety:lines", "tara"), ("safety:help_now", "tara")],
    more_services: [
        ("community:directory", "tara"), ("community:directory", "ada"), ("community:for_client", "tara"), ("community:services", "ben_portal"),
    ],
    more_reminders: [("reminders:desk", "tara"), ("reminders:mine", "ben_portal")],
    more_plan_versions: [
        ("safety:desk_plan", "tara"), ("safety:desk_history", "tara"), ("dashboard:plans", "tara"),
        ("safety:plan", "ben_portal"), ("safety:plan_history", "ben_portal"),
    ],
    more_colleagues: [("clients:team", "tara"), ("clients:people", "ada"), ("portal:privacy", "ben_portal")],
}  # fmt: skip
