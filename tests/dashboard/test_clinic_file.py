"""A clinic file before anything is written: what it means in days and numbers, and what is said about a mistake in it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from dashboard.clinic_file import ClinicFile, read_clinic_file
from dashboard.clinic_file.entry import FileError
from dashboard.clinic_file.people import slots
from dashboard.clinic_file.weeks import Weeks, whole_numbers
from tests.homework.own import CONTENT
from tests.house.source import ROOT

DEMO = ROOT / "dashboard/data/demo.yaml"
ODD = Path(__file__).parent / "odd_clinic.yaml"
MOMENTS = [datetime(2026, 3, 29, 0, 30, tzinfo=UTC) + timedelta(hours=7 * number) for number in range(60)]


@pytest.mark.parametrize("now", MOMENTS)
def test_a_week_is_seven_local_days_and_nothing_lies_ahead(now: datetime) -> None:
    """Loaded at any hour, also around a change of the clocks."""
    weeks = Weeks(16, now, "Europe/London")
    here = ZoneInfo("Europe/London")
    for weekday in range(7):
        last = weeks.at(16, weekday, 10)
        assert now - timedelta(days=7, hours=1) <= last <= now < weeks.next(weekday, 10) <= now + timedelta(days=7, hours=1)
        for week in range(17):
            local = weeks.at(week, weekday, 10).astimezone(here)
            assert (local.weekday(), local.hour) == (weekday, 10)
            assert (last.astimezone(here).date() - local.date()).days == 7 * (16 - week)


@pytest.mark.parametrize("n", [0, 1, 3, 7, 9, 30])
def test_the_moments_of_a_week_are_as_many_as_asked_and_never_two_at_once(n: int) -> None:
    found = Weeks(16, MOMENTS[5], "Europe/London").spread(16, n, 20)
    assert len(found) == n == len(set(found)) and all(moment <= MOMENTS[5] for moment in found)


@pytest.mark.parametrize(("n", "mean", "given"), [(5, 3.1, []), (7, 2.0, []), (3, 3.35, [1]), (10, 6.5, []), (1, 9.0, []), (4, 4.9, [1, 1])])
def test_whole_numbers_have_the_sum_of_their_mean(n: int, mean: float, given: list[int]) -> None:
    found = whole_numbers(n, mean, 1, 10, given)
    assert len(found) + len(given) == n and sum(found) + sum(given) == round(n * mean) and max(found) - min(found) <= 1


def test_what_cannot_be_reached_stays_within_the_scale() -> None:
    assert whole_numbers(3, 5.0, 1, 5, [1]) == [5, 5] and whole_numbers(2, 3.0, 1, 5, [1, 5, 4]) == []


def test_the_demo_and_an_odd_clinic_are_read() -> None:
    assert len(read_clinic_file(DEMO).clients) == 12
    assert [client.text("key") for client in read_clinic_file(ODD).clients] == ["nothing", "rtl", "waits", "gone", "lost"]


def test_no_two_clients_of_a_therapist_share_an_hour() -> None:
    file = read_clinic_file(DEMO)
    found = slots(file.clients, file.by_key)
    taken = [(client.text("therapist"), found[client.text("key")]) for client in file.clients]
    assert len(set(taken)) == len(taken) == 12


def test_homework_may_name_what_the_clinic_wrote_by_its_title(tmp_path: Path) -> None:
    data = yaml.safe_load(ODD.read_text())
    data["exercises"] = [{"by": "t1", "content": CONTENT}]
    data["clients"][1]["homework"][0]["exercise"] = "window_walk"
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    assert read_clinic_file(tmp_path / "own.yaml").clients[1].entries("homework")[0].text("exercise") == "window_walk"
    data["exercises"] = []
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    with pytest.raises(FileError, match="“window_walk” is not known"):
        read_clinic_file(tmp_path / "own.yaml")


def changed(path: str, value: Any) -> str:
    """The odd clinic with one value in the place of another; `path` as in "clients.1.homework.0.done"."""
    data = yaml.safe_load(ODD.read_text())
    *way, last = path.split(".")
    place = data
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return yaml.safe_dump(data, allow_unicode=True)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("clinic.timezone", "Europe/Nowhere", "odd.yaml: clinic.timezone: “Europe/Nowhere” is not known"),
        ("clinic.key", "a key", "clinic.key: letters, figures"),
        ("clinic.weeks", "three", "clinic.weeks: a number from 0 to 520"),
        ("admin.email", "boss", "admin.email: this is no e-mail address"),
        ("therapists.1.works", ["sunday"], "therapist t2: works: “sunday” is not known"),
        ("therapists.1.key", "t1", "therapists: “t1” stands there twice"),
        ("clients.0.key", "rtl", "clients: “rtl” stands there twice"),
        ("clients.0.therapist", "t9", "client nothing: therapist: “t9” is not known"),
        ("clients.0.nmae", "X", "client nothing: nmae: this field is not known"),
        ("clients.0.name", None, "client nothing: name: a text is needed"),
        ("clients.0.name", "a\0b", "client nothing: name: a character with the number 0"),
        ("clients.0.name", "x" * 201, "client nothing: name: at most 200 characters, these are 201"),
        ("directory", [{"name": "A shed", "kind": "friend"}], "directory[0].kind: “friend” is not known"),
        ("exercises", [{"by": "t9", "content": CONTENT}], "exercises[0].by: “t9” is not known"),
        (
            "exercises",
            [{"by": "t1", "content": {**CONTENT, "steps": [{"id": "a", "type": "rating", "text": "x"}]}}],
            "exercises[0].content: step a: a rating needs",
        ),
        ("exercises", [{"by": "t1", "content": CONTENT, "adapted_from": "nothing"}], "exercises[0].adapted_from: “nothing” is not known"),
        ("clients.1.moments", [{"strength": "kindnes", "week": 1, "text": "x"}], "client rtl: moments[0].strength: “kindnes” is not known"),
        ("clients.1.moments", [{"strength": "kindness", "week": 1, "text": " "}], "client rtl: moments[0].text: say what happened"),
        ("clients.1.kind_notes", [{"week": 1, "answer": "x"}], "client rtl: kind_notes[0].talk: say what was caught"),
        ("clients.1.kind_notes", [{"week": 1, "kind": "good_enough", "talk": "x"}], "client rtl: kind_notes[0].answer: say what is good enough"),
        ("clients.1.kind_notes", [{"week": 9, "talk": "x"}], "client rtl: kind_notes[0].week: a number from 0 to 3"),
        ("clients.1.kind_notes", [{"week": 1, "talk": "x", "before": 11}], "client rtl: kind_notes[0].before: a number from 0 to 10"),
        ("clients.1.kind_notes", [{"week": 1, "talk": "x", "private": "yes"}], "client rtl: kind_notes[0].private: true or false is needed"),
        ("clients.1.kind_notes", [{"week": 1, "talk": "x", "tone": "y"}], "client rtl: kind_notes[0].tone: this field is not known"),
        ("clients.1.reading", [{"week": 1, "text": "novels"}], "client rtl: reading[0].text: “novels” is not known"),
        ("clients.1.reading", [{"week": 2, "text": "sleep", "read": 1}], "client rtl: reading[0].read: a number from 2 to 3"),
        ("clients.1.reading", [{"week": 2, "text": "sleep", "stayed": "x"}], "client rtl: reading[0].stayed: nothing stays of what is not read yet"),
        ("clients.1.week", {"activities": [{"key": "a", "domain": "body"}]}, "client rtl: week.activities[0].domain: “body” is not known"),
        ("clients.1.week", {"logs": [{"week": 1, "day": "mon", "activity": "walk", "size": "tiny"}]}, "week.logs[0].activity: “walk” is not known"),
        ("clients.1.week", {"nights": [{"week": 1, "day": "mon", "bed": "late", "wake": "07:00"}]}, "week.nights[0].bed: a time like “23:15” is needed"),
        ("clients.1.week", {"naps": []}, "client rtl: week.naps: this field is not known"),
        ("clients.1.jar", {"wins": [{"week": 1, "text": " "}]}, "client rtl: jar.wins[0].text: say what it was"),
        ("clients.1.jar", {"wins": [{"week": 1, "text": "x", "person": "Nobody"}]}, "client rtl: jar.wins[0].person: “Nobody” is not known"),
        ("clients.1.jar", {"wins": [{"week": 1, "text": "x", "strength": "kindness"}]}, "client rtl: jar.wins[0].strength: “kindness” is not known"),
        ("clients.1.jar", {"good": [{"week": 1, "text": "x", "kind": "nice"}]}, "client rtl: jar.good[0].kind: “nice” is not known"),
        ("clients.1.jar", {"good": [{"week": 1, "text": "x", "real": 11}]}, "client rtl: jar.good[0].real: a number from 0 to 10"),
        ("clients.1.jar", {"won": []}, "client rtl: jar.won: this field is not known"),
        ("clients.1.strengths", ["kindnes"], "client rtl: strengths: “kindnes” is not known"),
        ("clients.1.people.0.ring", 4, "client rtl: people[0].ring: a number from 1 to 3"),
        ("clients.1.homework.0.done", 2.5, "client rtl: homework[0].done: a whole number is needed, this is 2.5"),
        ("clients.1.homework.0.before", 11, "client rtl: homework[0].before: a number from 0 to 10"),
        ("clients.1.homework.0.exercise", "breathe", "client rtl: homework[0].exercise: “breathe” is not known"),
        ("clients.1.homework.0.done", 0, "client rtl: homework[0].done: ratings need at least one doing"),
        ("clients.1.attendance", ["A"], "client rtl: attendance: 4 values are needed"),
        ("clients.1.attendance.1", "Q", "client rtl: attendance[1]: one of A L C X N - . is needed"),
        ("clients.1.note.week", 2, "client rtl: note.week: there is no session in week 2"),
        ("clients.1.checkin_mood_week_mean.1", 6, "client rtl: checkin_mood_week_mean[1]: a number from 1 to 5"),
        ("clients.1.logs.0.day", "monday", "client rtl: logs[0].day: “monday” is not known"),
        ("clients.1.goals.0.scores", [[1, 3]], "client rtl: goals[0].scores[0]: a number from -2 to 2"),
        ("clients.1.to_talk_about", [{"text": "x", "by": "nobody"}], "client rtl: to_talk_about[0].by: “nobody” is not known"),
        (
            "clients.1.to_talk_about",
            [{"text": "x", "by": "therapist", "visibility": "only_me"}],
            "client rtl: to_talk_about[0].visibility: a line of the therapist is read by both",
        ),
        ("clients.1.replies", [{"text": "x", "about": "weather"}], "client rtl: replies[0].about: “weather” is not known"),
        ("clients.1.replies", [{"about": "exercise"}], "client rtl: replies[0].text: a text is needed"),
        ("clients.2.reminders.quiet", ["nine"], "client waits: reminders.quiet: two times are needed"),
        ("clients.2.reminders.quiet", ["21:00", 8], "client waits: reminders.quiet: two times are needed"),
        ("clients.2.reminders.channel", "pigeon", "client waits: reminders.channel: “pigeon” is not known"),
        ("clients.3.status", "active", "client gone: discharged_week: the status is active"),
        ("clients.4.status", "dead", "client lost: status: “dead” is not known"),
    ],
)
def test_a_mistake_is_said_with_file_client_and_field(path: str, value: Any, said: str) -> None:
    with pytest.raises(FileError) as wrong:
        ClinicFile(changed(path, value), "odd.yaml")
    assert said in str(wrong.value), str(wrong.value)


def test_all_mistakes_are_said_at_once() -> None:
    text = ODD.read_text().replace("kind: friend", "kind: foe").replace("mood: 1", "mood: 9").replace("status: waiting", "status: sleeping")
    with pytest.raises(FileError) as wrong:
        ClinicFile(text, "odd.yaml")
    assert len(str(wrong.value).splitlines()) == 3


@pytest.mark.parametrize("text", ["", "- a\n- b", "clinic: [", "clinic: {}", "clients: []"])
def test_what_is_no_clinic_is_refused_in_words(text: str) -> None:
    with pytest.raises(FileError, match="odd.yaml"):
        ClinicFile(text, "odd.yaml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_clinic_file(tmp_path / "nowhere.yaml")
