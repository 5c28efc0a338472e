"""My progress: wins and goals first, sentences before pictures, what is hidden is not worked out, and no number goes down."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.acting import acting_as
from clients.models import Client, LifeEvent, PortalChoice
from clients.services import add_life_event, record_check_in, show_block
from core.ids import uuid7
from mindset.services import add_win
from portal.pages.progress import here_of
from tests.cast import Person
from tests.homework.agreed import rated, run_of
from tests.portal.driving import forms_of, signed_in
from therapy.services import add_goal, close_goal, plan_session, rate_goal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
PROGRESS, MARK = "/portal/progress/", "/portal/progress/mark/"
LEVELS = {-2: "No good moment", -1: "One a week", 0: "One most days", 1: "One every day", 2: "I plan one"}


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def moods(portal: Person, client: Client, *said: tuple[int, int]) -> None:
    """(days ago, mood)."""
    with acting_as(portal.actor):
        for days, mood in said:
            record_check_in(client=client, new_id=uuid7(), mood=mood, occurred_at=timezone.now() - timedelta(days=days), by=portal.actor)


def test_the_first_time_it_says_what_will_come(phone: Browser) -> None:
    text = text_of(phone.get(PROGRESS))
    assert "After a few check-ins you’ll see what helps you." in text and "You were here" not in text and '<svg class="moods"' not in text
    assert "Scores" not in text, "there are none"


def test_wins_and_goals_come_before_moods(phone: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    moods(ben_portal, ben, (3, 2), (2, 3), (1, 4))
    with acting_as(ben_portal.actor):
        for number in range(3):
            add_win(client=ben, new_id=uuid7(), text=f"win {number}.", by=ben_portal.actor)
    with acting_as(tara.actor):
        goal = add_goal(client=ben, new_id=uuid7(), text="enjoy part of each day", levels=LEVELS, by=tara.actor)
        rate_goal(goal=goal, level=1, by=tara.actor)
        other = add_goal(client=ben, new_id=uuid7(), text="sing again", levels=LEVELS, by=tara.actor)
        rate_goal(goal=other, level=2, by=tara.actor)
        close_goal(goal=other, version=other.version, by=tara.actor)
    text = text_of(phone.get(PROGRESS))
    places = [
        text.index(words) for words in ("My wins", "win 2.", "enjoy part of each day", "sing again", "What helped most", "How I’ve been", "Bring something to")
    ]
    assert places == sorted(places) and "3 in the jar" in text and "win 0." not in text
    ladder = re.sub(r"<[^>]+>|\s+", " ", text[text.index('class="ladder"') : text.index("</ol>")])
    assert re.search(r"One a week +We began here.*One every day +Now", ladder) and "went as far as it could: I plan one" in text
    assert not re.search(r"T-score|\d+ ?%|streak", text)


def test_what_helped_is_the_clients_own_and_says_when_it_is_too_early(phone: Browser, ben: Client, ben_portal: Person) -> None:
    for number in range(3):
        rated(ben_portal, run_of(ben_portal, ben, None, key="slow_breathing", days_ago=number, ratings_shared=False), 7, 4)
    rated(ben_portal, run_of(ben_portal, ben, None, key="small_hello", visibility="only_me"), 3, 6)
    text = text_of(phone.get(PROGRESS))
    assert "from 7 to 4, 3 times" in text and "It does not prove why." in text and 'class="dumb p-coping"' in text
    assert "Too early to tell:" in text and re.search(r"small_hello|hello, once", text)


def test_days_are_counted_once_and_by_the_clients_clock(ben: Client, ben_portal: Person, tara: Person) -> None:
    moods(ben_portal, ben, (0, 3), (0, 4), (40, 3))
    with acting_as(tara.actor):
        plan_session(client=ben, new_id=uuid7(), starts_at=timezone.now() + timedelta(days=3), minutes=50, format="in_person", by=tara.actor)
    with acting_as(ben_portal.actor):
        here = here_of(Client.objects.get(pk=ben.pk))
    assert (here.lately, here.total, len(here.days)) == (1, 2, 2) and here.said.startswith("You were here once in the last four weeks, and 2 times since")


def test_hidden_moods_stay_hidden_and_are_not_worked_out(phone: Browser, ben: Client, ben_portal: Person) -> None:
    moods(ben_portal, ben, *((days, 2) for days in (1, 2, 3)), *((days, 5) for days in (20, 21, 22)))
    text = text_of(phone.get(PROGRESS))
    assert "harder stretch" in text and "Bring it to my session" in text and "<table" in text
    hide = next(form for form in forms_of(phone.get(PROGRESS)) if form.buttons == [("shown", "no")])
    for _press in range(2):
        phone.post(PROGRESS, {**hide.fields, "shown": "no"})
    with CaptureQueriesContext(connection) as asked:
        text = text_of(phone.get(PROGRESS))
    assert "hidden by you" in text and "harder stretch" not in text and '<svg class="moods"' not in text
    assert not [query for query in asked.captured_queries if "clients_checkin" in query["sql"]]


def test_hidden_moods_can_be_shown_again_and_scores_are_a_choice_of_their_own(phone: Browser, ben: Client, ben_portal: Person) -> None:
    moods(ben_portal, ben, (1, 3), (2, 3), (3, 3))
    with acting_as(ben_portal.actor):
        for block in ("moods", "scores"):
            show_block(client=ben, block=block, shown=False, by=ben_portal.actor)
    show = next(form for form in forms_of(phone.get(PROGRESS)) if form.buttons == [("shown", "yes")])
    phone.post(PROGRESS, {**show.fields, "shown": "yes"})
    assert '<svg class="moods"' in text_of(phone.get(PROGRESS))
    with acting_as(ben_portal.actor):
        choice = PortalChoice.objects.get()
        assert (choice.hide_moods, choice.hide_scores) == (False, True)
        with pytest.raises(ValueError, match="no block"):
            show_block(client=ben, block="days", shown=True, by=ben_portal.actor)


@pytest.mark.parametrize("said", [{}, {"block": "goals", "shown": "no"}, {"block": "moods", "shown": "maybe"}], ids=["nothing", "no block", "no answer"])
def test_an_odd_choice_is_not_found(phone: Browser, ben: Client, ben_portal: Person, said: dict[str, str]) -> None:
    assert phone.post(PROGRESS, {"scope": f"{ben_portal.membership.pk}:{ben.pk}", **said}).status_code == 404


def test_something_that_happened_is_marked_once_and_taken_back(phone: Browser, ben: Client, ben_portal: Person, tara: Person) -> None:
    moods(ben_portal, ben, (1, 3), (5, 3), (9, 3))
    form = next(form for form in forms_of(phone.get(PROGRESS)) if "day" in form.fields)
    said = {**form.fields, "text": "back to choir", "day": (timezone.localdate() - timedelta(days=4)).isoformat()}
    for _press in range(2):
        assert phone.post(MARK, said).status_code == 302
    text = text_of(phone.get(PROGRESS))
    assert text.count(">back to choir<") == 3, "the picture, the table and the list"
    with acting_as(tara.actor):
        assert LifeEvent.objects.get().text == "back to choir"
    with acting_as(ben_portal.actor):
        event = LifeEvent.objects.get()
    for _press in range(2):
        assert phone.post(f"{MARK}{event.pk}/back/", {"scope": form.fields["scope"][0]}).status_code == 302
    assert ">back to choir<" not in text_of(phone.get(PROGRESS))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"text": " "}, "A few words"),
        ({"text": "x" * 61}, "at most 60"),
        ({"day": "2999-01-01"}, "not come yet"),
        ({"day": "x"}, "pick a day"),
        ({"day": "0001-01-01"}, "year"),
    ],
    ids=["empty", "long", "ahead", "no day", "long ago"],
)
def test_a_rough_mark_comes_back_with_a_message(phone: Browser, ben: Client, ben_portal: Person, said: dict[str, str], message: str) -> None:
    moods(ben_portal, ben, (1, 3))
    fields = {
        "scope": f"{ben_portal.membership.pk}:{ben.pk}",
        "new_id": str(uuid7()),
        "text": "kept",
        "visibility": "my_therapist",
        "day": str(date.today()),
        **said,
    }
    text = text_of(phone.post(MARK, fields))
    assert message in text and "<details open>" in text and (fields["text"].strip() or "kept") in text + "kept"
    with acting_as(ben_portal.actor):
        assert not LifeEvent.objects.exists()


def test_a_mark_that_is_only_hers_is_seen_by_nobody_else_and_a_shared_one_stands_on_the_axis(desk: Browser, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        for text, visibility in (("a quiet thing", "only_me"), ("back to choir", "my_therapist")):
            add_life_event(client=ben, new_id=uuid7(), text=text, day=timezone.localdate(), visibility=visibility, by=ben_portal.actor)
    text = text_of(desk.get(f"/clients/{ben.pk}/timeline/"))
    assert "back to choir" in text and text.count("Something that happened") == 1 and "a quiet thing" not in text


def test_it_is_found_from_me_and_from_the_end_of_today(phone: Browser, ben: Client, ben_portal: Person) -> None:
    assert f'href="{PROGRESS}"' in text_of(phone.get("/portal/me/")) and f'href="{PROGRESS}"' not in text_of(phone.get("/portal/"))
    moods(ben_portal, ben, (0, 3))
    assert f'href="{PROGRESS}"' in text_of(phone.get("/portal/"))


def test_after_a_discharge_it_is_there_to_be_read(ben: Client, ben_portal: Person, as_owner: Any) -> None:
    moods(ben_portal, ben, (1, 3), (2, 3))
    with acting_as(ben_portal.actor):
        add_life_event(client=ben, new_id=uuid7(), text="moved", day=timezone.localdate(), by=ben_portal.actor)
        add_win(client=ben, new_id=uuid7(), text="Sang.", by=ben_portal.actor)
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(status="discharged")
    for path in (PROGRESS, "/portal/mindset/jar/", "/portal/mindset/jar/all/"):
        text = text_of(signed_in(ben_portal).get(path))
        assert "Sang." in text and "Bring something" not in text and "Put" not in text and ">Hide<" not in text and "Change<" not in text
