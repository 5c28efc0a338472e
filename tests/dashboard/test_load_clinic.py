"""`manage.py load_clinic`: what the rows of a loaded clinic say, that it replaces what it made before, and what it leaves alone."""

from collections import Counter
from collections.abc import Callable
from datetime import time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import Clinic, Membership, User
from audit.models import AuditEvent
from clients.models import CheckIn, Client, Episode, Practice, TimelineEntry
from dashboard import clinic_file
from dashboard.clinic_file import read_clinic_file
from dashboard.management.commands.load_starter import PASSWORD
from homework.models import Assignment, ExerciseRun, ExerciseVersion, NotToday, ReadingGiven, Reply
from mindset.selectors.good import good_things_of, wins_of
from reminders.models import ReminderPreference, ReminderTime
from safety.content import shipped_lines
from safety.models import CrisisLine, LineCheck, SafetyPlan
from selfcare.models import CompassionNote
from selfcare.selectors.compassion import kindness_of
from strengths.models import CommunityService, Strength, Supporter
from strengths.people_then import growth_sentence
from strengths.selectors import moments_of
from tests.cast import Person
from tests.dashboard.test_clinic_file import DEMO, ODD
from tests.homework.own import CONTENT
from tests.support import as_role
from therapy.models import AgendaItem, Goal, GoalRating, SessionNote, TherapySession

pytestmark = pytest.mark.django_db
KEPT = (User, Clinic, Membership, Client, Episode, CheckIn, TimelineEntry, Practice, Assignment, ExerciseRun, TherapySession, SessionNote, Goal, Strength)


def load(path: Path, **options: Any) -> str:
    """As `manage.py load_clinic FILE` does: with the owner's login."""
    said = StringIO()
    with as_role(connection, "app_owner"):
        call_command("load_clinic", str(path), stdout=said, **options)
    return said.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in KEPT}


def test_the_demo_says_what_its_file_says(as_owner: Callable[[], Any]) -> None:
    said = load(DEMO)
    assert "hana@example.org" in said and "mei-lin@lanternbrook.example.org" in said
    file = read_clinic_file(DEMO)
    with as_owner():
        assert Clinic.objects.get().is_demo
        for entry in file.clients:
            client = Client.objects.get(called=entry.text("name"))
            assert story_of(client) == story_in(entry), entry.text("key")
        assert SafetyPlan.objects.values("client").distinct().count() == file.top.data["expected_dashboard"]["clinic_counts"]["safety_plans"] == 3
        ife = Supporter.objects.get(name="Auntie Ife")
        assert (ife.ring, ife.helps) == (1, ["advice", "night_call"]) and [(was["ring"], was["helps"]) for was in ife.history] == [(3, [])]
        assert growth_sentence([ife], now=timezone.now(), zone_name="Europe/London").startswith("One you can call at night; in ")
        told = {entry.text("name"): entry.whole("checked_days_ago", 0, 999, 0) for entry in file.directory}
        assert {row.name: (timezone.localdate() - row.checked_on).days for row in CommunityService.objects.all()} == told and len(told) == 6
        own = ExerciseVersion.objects.get(clinic__is_demo=True)
        assert own.title == "Harbour window" and own.created_by is not None and own.created_by.email == "ngozi@example.org"
        assert sorted(AgendaItem.objects.values_list("visibility", "created_by__email")) == [
            ("my_therapist", "amara@lanternbrook.example.org"), ("my_therapist", "ngozi@example.org"), ("only_me", "amara@lanternbrook.example.org"),
        ]  # fmt: skip
        answered = sorted((row.client.called, row.source_kind) for row in Reply.objects.select_related("client"))
        assert answered == [
            ("Amara Lanternfield", "homework.exerciserun"), ("Amara Lanternfield", "strengths.strengthepisode"), ("Jonas Featherly", "homework.exerciserun"),
        ]  # fmt: skip
        nothing_lies_ahead_but_planned_sessions()
        each_row_is_by_the_person_who_would_write_it()


def story_in(entry: Any) -> dict[str, Any]:
    """What the file says of a client, in figures."""
    marks = entry.items("attendance")
    homework = entry.entries("homework")
    keys = {row.data["exercise"] for row in homework}
    alone = Counter({"thought_record": len(entry.entries("thought_records"))})  # each a run of its own accord beside what was agreed
    count = entry.items("checkins_per_week")
    means = entry.items("checkin_mood_week_mean")
    return {
        "status": entry.text("status"),
        "strengths": sorted(entry.texts("strengths")),
        "moments": sorted((each.text("text"), each.text("who", ""), each.text("by", "client")) for each in entry.entries("moments")),
        "map": len(entry.items("people")) + len({each["name"] for each in entry.items("resources")} - {each["name"] for each in entry.items("people")}),
        "held": sum(mark in ("A", "L") for mark in marks),
        "no show": marks.count("N"),
        "next": int(entry.text("status") == "active" and marks[-1] != "-"),
        "check-ins": sum(n for n, mean in zip(count, means, strict=True) if mean is not None),
        "words": sorted(log.text("text") for log in entry.entries("logs")),
        "doings": {key: sum(row.data["done"] for row in homework if row.data["exercise"] == key) + alone[key] for key in keys},
        "goals": sorted(goal.text("text") for goal in entry.entries("goals")),
        "levels": sorted(level for goal in entry.entries("goals") for _week, level in goal.items("scores")),
        "safety plan": plan_in(entry),
        "kind notes": sorted((each.text("talk", ""), each.text("answer", ""), each.data.get("before")) for each in entry.entries("kind_notes")),
        "reading": sorted((each.text("text"), "read" if each.has("read") else "given", each.text("reason", "")) for each in entry.entries("reading")),
        "jar": sorted(each["text"] for things in (entry.data.get("jar") or {}).values() for each in things),
        "note": sorted(value for name, value in entry.entry("note").data.items() if name not in ("week", "format")),
    }


def plan_in(entry: Any) -> tuple[Any, ...]:
    """How many lines it has, and the weeks from its writing to its review and from there to the next."""
    plan = entry.entry("safety_plan")
    if plan is None:
        return ()
    made, reviewed, ahead = (plan.data[name] for name in ("made_week", "reviewed_week", "next_review_week"))
    return sum(1 if isinstance(lines, str) else len(lines) for lines in plan.data["steps"].values()), reviewed - made, ahead - reviewed


def plan_of(client: Client) -> tuple[Any, ...]:
    versions = list(SafetyPlan.objects.filter(client=client).order_by("number"))
    if not versions:
        return ()
    first, last = versions[0], versions[-1]
    dates = (last.reviewed_on - first.reviewed_on).days // 7, (last.next_review - last.reviewed_on).days // 7
    return sum(len(lines) for lines in last.steps.values()), *dates


def story_of(client: Client) -> dict[str, Any]:
    """The same, from the rows."""
    sessions = TherapySession.objects.filter(client=client)
    runs = ExerciseRun.objects.filter(client=client, state="finished")
    keys = set(Assignment.objects.filter(client=client).values_list("item_key", flat=True))
    bodies = SessionNote.objects.filter(client=client, state="signed").values_list("body", "edited")
    return {
        "status": client.status,
        "strengths": sorted(set(Strength.objects.filter(client=client).values_list("key", flat=True))),
        "moments": sorted((each.happened, each.eyes, "therapist" if each.said_by == "therapist" else "client") for each in moments_of(client)),
        "map": Supporter.objects.filter(client=client).count(),
        "held": sessions.filter(state__in=("attended", "late")).count(),
        "no show": sessions.filter(state="no_show").count(),
        "next": sessions.filter(state="planned", starts_at__gt=timezone.now(), starts_at__lte=timezone.now() + timedelta(days=7, hours=1)).count(),
        "check-ins": CheckIn.objects.filter(client=client).count(),
        "words": sorted(CheckIn.objects.filter(client=client).exclude(note="").values_list("note", flat=True)),
        "doings": {key: runs.filter(item_key=key).count() for key in keys},
        "goals": sorted(Goal.objects.filter(client=client).values_list("text", flat=True)),
        "levels": sorted(GoalRating.objects.filter(client=client).values_list("level", flat=True)),
        "safety plan": plan_of(client),
        "kind notes": sorted(CompassionNote.objects.filter(client=client).values_list("self_talk", "kinder_answer", "belief_before")),
        "reading": sorted(ReadingGiven.objects.filter(client=client).values_list("item_key", "state", "reason")),
        "jar": sorted(row.text for found in (wins_of(client), good_things_of(client)) for row in found),
        "note": sorted(body[name].split("\nRisk: ")[0] for body, edited in bodies for name in edited),  # that line is the note's own
    }


def test_a_hard_sentence_of_the_demo_is_one_line_whose_belief_moved(as_owner: Callable[[], Any]) -> None:
    load(DEMO)
    with as_owner():
        line = kindness_of(Client.objects.get(called__startswith="Amara")).lines[0]
        assert (line.said, line.counted, line.moved_words) == ("I am a bad mother", "Caught 6 times, answered 5 times.", "from 9 to 4")
        assert not CompassionNote.objects.filter(occurred_at__gt=timezone.now()).exists()


def test_who_has_reminders_by_email_has_them(as_owner: Callable[[], Any]) -> None:
    load(DEMO)
    with as_owner():
        rows = ReminderPreference.objects.select_related("client")
        assert [(row.client.called, row.is_on, row.set_how, str(row.quiet_from)) for row in rows] == [("Jonas Featherly", True, "portal", "21:00:00")]
        assert sorted(rows[0].times.values_list("weekday", flat=True)) == [0, 2, 4, 6]


def test_roles_on_the_map_are_kinds_of_help_or_words(as_owner: Callable[[], Any]) -> None:
    load(DEMO)
    with as_owner():
        found = {row.name: row for row in Supporter.objects.filter(client__called__startswith="Amara")}
        assert (found["Obi"].relation, found["Obi"].helps) == ("partner", ["listens", "practical"])
        assert found["Auntie Ife"].helps == ["advice", "night_call"] and found["Old soul records"].ring == 3
        assert not Supporter.objects.filter(name__contains="(").exists()


def nothing_lies_ahead_but_planned_sessions() -> None:
    now = timezone.now()
    assert not TimelineEntry.objects.filter(occurred_at__gt=now).exists()
    assert not ExerciseRun.objects.filter(finished_at__gt=now).exists()
    assert not TherapySession.objects.exclude(state="planned").filter(starts_at__gt=now).exists()
    assert not TimelineEntry.objects.exclude(recorded_at=F("occurred_at")).exists(), "loaded today is not new today"


def each_row_is_by_the_person_who_would_write_it() -> None:
    """Hers by her; Ruth writes on paper, and her therapist enters it."""
    for client in Client.objects.all():
        hers = {client.portal_user_id}
        entered = {client.created_by_id} if client.called.startswith("Ruth") else hers
        assert set(CheckIn.objects.filter(client=client).values_list("created_by_id", flat=True)) <= hers
        assert set(ExerciseRun.objects.filter(client=client).values_list("created_by_id", flat=True)) <= entered, client.called
        assert set(TherapySession.objects.filter(client=client).values_list("created_by_id", flat=True)) == {client.created_by_id}


def test_lines_of_the_country_are_marked_as_checked_and_none_that_is_held_back(as_owner: Callable[[], Any], tmp_path: Path) -> None:
    file = tmp_path / "held.yaml"
    file.write_text("clinic: {key: held, name: Held, country: JP, timezone: Asia/Tokyo, weeks: 1}\nadmin: {key: a, name: A, email: a@example.org}\n")
    load(file)
    lines = shipped_lines()["JP"]
    with as_owner():
        checked = {line.key: line.checks.count() for line in CrisisLine.objects.all()}
        assert set(LineCheck.objects.values_list("note", flat=True)) == {"Demo: not a real check."}
    assert any(line.hold for line in lines) and checked == {line.key: 2 for line in lines if not line.hold}


def test_ratings_have_the_means_of_the_file(as_owner: Callable[[], Any]) -> None:
    load(ODD)
    with as_owner():
        rows = list(Practice.objects.values_list("before", "after", "helped"))
    assert len(rows) == 5 and sum(row[0] for row in rows) == 32 and sum(row[1] for row in rows) == 16 and {row[2] for row in rows} == {4}


def test_odd_values_are_kept_exactly(as_owner: Callable[[], Any]) -> None:
    load(ODD)
    with as_owner():
        clinic = Clinic.objects.get()
        assert (clinic.name, clinic.timezone) == ("O’Dd & <Sons>", "Europe/Kyiv")
        rtl = Client.objects.get(called="مريم 👩‍👩‍👧 O'Hara")
        assert set(Supporter.objects.filter(client=rtl).values_list("name", flat=True)) == {"<script>alert(1)</script>", "Mum"}
        assert Goal.objects.get(client=rtl).text == '"I want" <b>more</b>\nand less'
        assert CheckIn.objects.exclude(note="").get(client=rtl).note.startswith("{{ settings.SECRET_KEY }} ; DROP TABLE")
        assert SessionNote.objects.get(client=rtl, session__state="late").body["plan"] == "  two spaces stay  "
        assert sorted(CheckIn.objects.filter(client=rtl).values_list("mood", flat=True)) == [1, *[2] * 2, *[3] * 5, *[4] * 5], (
            "4 of mean 2.5 and 9 of mean 3.35"
        )
        assert {row.called: row.status for row in Client.objects.exclude(called="X")} == {
            rtl.called: "active",
            "Wanda": "waiting",
            "Gwen": "discharged",
        }
        assert sorted(Client.objects.filter(called="X").values_list("status", flat=True)) == ["active", "lost_contact"]
        assert not Episode.objects.filter(client__called="Wanda").exists()
        assert set(ReminderTime.objects.filter(client__called="Wanda").values_list("at", flat=True)) == {time(9)}, "when the quiet hours are over"
        assert NotToday.objects.get().barrier == "forgot" and Assignment.objects.get(client__called="Gwen").state == "stopped"
        assert User.objects.filter(email__endswith="@odd-house.example.org").count() == 5


def test_loading_again_replaces_it_and_nothing_else(tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    with as_owner():
        alone, trail = counts(), AuditEvent.objects.count()
    load(ODD)
    with as_owner():
        first, ids = counts(), set(Client.objects.values_list("pk", flat=True))
    load(ODD)
    with as_owner():
        assert counts() == first and len(ids & set(Client.objects.values_list("pk", flat=True))) == 1, "only Ben's row is the old one"
        assert Client.objects.filter(pk=ben.pk).exists() and first["Client"] == alone["Client"] + 5
        assert AuditEvent.objects.filter(clinic_id=ben.clinic_id).count() == trail
        assert User.objects.filter(pk=tara.user.pk).exists()


def test_a_real_clinic_or_real_sign_ins_are_not_replaced(as_owner: Callable[[], Any]) -> None:
    load(ODD)
    with as_owner():
        before = counts()
        somebody = Membership.objects.filter(role="therapist").first()
        assert somebody is not None
        User.objects.filter(pk=somebody.user_id).update(email="zoe@clinic.test")
    with pytest.raises(CommandError, match="sign-ins of real people"):
        load(ODD)
    with as_owner():
        User.objects.filter(pk=somebody.user_id).update(email="zoe@example.org")
        Clinic.objects.update(is_demo=False)
    with pytest.raises(CommandError, match="is a real clinic"):
        load(ODD)
    with as_owner():
        assert counts() == before


def test_a_broken_file_leaves_what_is_there(tmp_path: Path, as_owner: Callable[[], Any]) -> None:
    load(ODD)
    with as_owner():
        before = counts()
    broken = tmp_path / "broken.yaml"
    broken.write_text(ODD.read_text().replace("ring: 3", "ring: 7"))
    with pytest.raises(CommandError, match=r"broken.yaml: client rtl: people\[0\].ring"):
        load(broken)
    with as_owner():
        assert counts() == before


def test_a_loading_that_was_cut_off_begins_again(monkeypatch: pytest.MonkeyPatch, as_owner: Callable[[], Any]) -> None:
    def dies(_clinic: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(clinic_file, "written_when_it_happened", dies)
        with as_role(connection, "app_owner"), pytest.raises(KeyboardInterrupt):
            call_command("load_clinic", str(ODD))
    with as_owner():
        assert Clinic.objects.count() == 1 and not any(user.has_usable_password() for user in User.objects.all())
    load(ODD, if_empty=True)
    with as_owner():
        assert Clinic.objects.count() == 1 and all(user.check_password(PASSWORD) for user in User.objects.all())
        whole = set(Client.objects.values_list("pk", flat=True))
    load(ODD, if_empty=True)
    with as_owner():
        assert whole == set(Client.objects.values_list("pk", flat=True)), "a whole one is left alone"


def test_only_into_an_empty_database_when_asked(ada: Person) -> None:
    assert "nothing was loaded" in load(ODD, if_empty=True)
    assert Clinic.objects.count() == 1


def test_homework_of_an_own_exercise_is_agreed_and_done(tmp_path: Path, as_owner: Callable[[], Any]) -> None:
    data = yaml.safe_load(ODD.read_text())
    data["exercises"] = [{"by": "t1", "content": CONTENT}]
    data["clients"][1]["homework"][0]["exercise"] = "window_walk"
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    load(tmp_path / "own.yaml")
    with as_owner():
        task = Assignment.objects.get(exercise_version__clinic__isnull=False)
        assert task.exercise_version.title == "Window walk" and task.runs.filter(state="finished").count() == 5
