"""What the therapist answered: one on Today, put away by one tap, all of them in Me."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.services import add_life_event, record_check_in
from core.ids import uuid7
from homework.models import Reply
from homework.services.replies import take_back_reply, write_reply
from homework.services.runs import finish_run
from mindset.services import add_win
from portal.pages.me import CHANGEABLE
from portal.pages.replies import ABOUT
from selfcare.services import add_activity, add_log, catch_talk, record_night
from strengths.services import add_strength
from tests.homework.agreed import agree, run_of
from tests.mindset.thinking import looked_at
from tests.portal.driving import forms_of, send, signed_in

TODAY, REPLIES = "/portal/", "/portal/replies/"


def main_of(page) -> str:
    assert page.status_code == 200
    text = page.content.decode()
    return text[text.index("<main") : text.index("</main>")]


@pytest.fixture
def strength(library, ben, ben_portal):
    with acting_as(ben_portal.actor):
        return add_strength(client=ben, new_id=uuid7(), key="kindness", by=ben_portal.actor)


def say(tara, ben, source, text: str = "The choir note made me smile.\nBring it on Thursday?") -> Reply:
    with acting_as(tara.actor):
        return write_reply(client=ben, source_id=source.pk, new_id=uuid7(), text=text, by=tara.actor)


def test_the_newest_stands_on_today_with_who_when_and_about_what(phone, tara, ben, strength):
    say(tara, ben, strength, "older")
    say(tara, ben, strength)
    text = main_of(phone.get(TODAY))
    assert "The choir note made me smile.<br>Bring it on Thursday?" in text and "older" not in text
    assert "<bdi>Tara</bdi>, today," in text and "about a strength of yours" in text and f'<a class="sm" href="{reverse("strengths:mine")}">Look<' in text
    assert "1 more" in text and "Nothing to do." not in text


def test_read_puts_it_away_and_the_next_one_comes(phone, tara, ben, strength, as_owner):
    say(tara, ben, strength, "older")
    say(tara, ben, strength, "newer")
    page = phone.get(TODAY)
    for _press in range(2):
        after = send(phone, page, "reply")
    assert "Put away. You find it under Me." in after.content.decode()
    assert "older" in main_of(after) and "newer" not in main_of(after) and " more</a>" not in main_of(after)
    text = main_of(phone.get(REPLIES))
    assert text.index("newer") < text.index("older") and text.count(">I have read it<") == 1
    with as_owner():
        assert Reply.objects.exclude(read_at=None).count() == 1


def test_it_stands_below_this_weeks_task_and_never_instead(phone, tara, ben, strength):
    agree(tara, ben, "slow_breathing")
    say(tara, ben, strength)
    text = main_of(phone.get(TODAY))
    assert text.index("For this week") < text.index("The choir note")
    assert text.count('class="big"') == 1


def test_from_the_list_it_is_put_away_there(phone, tara, ben, strength):
    say(tara, ben, strength)
    page = phone.get(REPLIES)
    form = next(form for form in forms_of(page) if "reply" in form.fields)
    after = phone.post(REPLIES, form.fields, follow=True)
    assert after.redirect_chain[-1][0] == REPLIES and ">I have read it<" not in main_of(after) and "The choir note" in main_of(after)


def test_one_about_an_exercise_leads_to_its_page(phone, tara, ben, ben_portal, library):
    with acting_as(ben_portal.actor):
        run = run_of(ben_portal, ben, None, key="clouds", state="started")
    with acting_as(ben_portal.actor):
        finish_run(run=run, by=ben_portal.actor)
    say(tara, ben, run)
    text = main_of(phone.get(TODAY))
    assert f'href="{reverse("portal:sharing", args=[run.pk])}">Look<' in text and "about “" in text


def test_yesterday_a_weekday_and_a_date_and_no_count_of_days(library, ben, ben_portal, tara):
    with acting_as(ben_portal.actor):
        row = record_check_in(client=ben, new_id=uuid7(), mood=4, by=ben_portal.actor)
    reply = say(tara, ben, row)
    for days, said in ((1, "yesterday,"), (3, f"on {reply.occurred_at:%A},"), (20, f"on {reply.occurred_at.day} {reply.occurred_at:%B},")):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert said in main_of(signed_in(ben_portal).get(TODAY))


def test_what_was_taken_back_is_on_no_page(phone, tara, ben, strength):
    reply = say(tara, ben, strength)
    page = phone.get(TODAY)
    with acting_as(tara.actor):
        take_back_reply(reply=reply, by=tara.actor)
    assert "choir" not in main_of(phone.get(TODAY)) and "Nothing here yet." in main_of(phone.get(REPLIES))
    assert send(phone, page, "reply").status_code == 200


def test_somebody_elses_reply_is_not_there(phone, tara, cleo, library):
    scope = forms_of(phone.get("/portal/me/"))[0].fields["scope"]
    for rough in (str(uuid4()), "x", ""):
        assert phone.post(REPLIES, {"scope": scope, "reply": rough}).status_code == 404


def made(kind: str, ben, portal):
    """One entry of a kind, and the id that a reply stands with."""
    by = portal.actor
    if kind == "thought":
        return looked_at(portal, ben).source_id
    with acting_as(by):
        given = {"client": ben, "new_id": uuid7(), "by": by}
        makers = {
            "night": lambda: record_night(day=timezone.localdate(), quality=4, **given),
            "log": lambda: add_log(
                activity=add_activity(domain="physical", name="Walk", often="daily", **given), day=timezone.localdate(), new_id=uuid7(), by=by
            ),
            "win": lambda: add_win(text="x", **given),
            "kinder": lambda: catch_talk(self_talk="x", **given),
            "event": lambda: add_life_event(text="x", day=timezone.localdate(), **given),
        }
        return makers[kind]().pk


@pytest.mark.parametrize(
    ("kind", "words", "page"),
    [
        ("thought", "about a thought you looked at", "/portal/mindset/thoughts/"),
        ("night", "about a night", "selfcare:mine"),
        ("log", "about your week", "selfcare:mine"),
        ("win", "about your win", "jar:mine"),
        ("kinder", "about a kinder voice", "kind:mine"),
        ("event", "about something that happened", "portal:progress"),
    ],
)
def test_each_kind_has_its_words_and_its_page(phone, library, tara, ben, ben_portal, kind, words, page):
    source = made(kind, ben, ben_portal)
    with acting_as(tara.actor):
        write_reply(client=ben, source_id=source, new_id=uuid7(), text="Good to read.", by=tara.actor)
    where = page if page.startswith("/") else reverse(page)
    for text in (main_of(phone.get(TODAY)), main_of(phone.get(REPLIES))):
        assert words in text and f'href="{where}' in text


def test_what_a_reply_is_about_is_a_kind_of_entry_and_its_page_is_there():
    """Also of each that the therapist may answer: only a run has its words from its title."""
    assert set(ABOUT) == set(CHANGEABLE) | {"coping.copingplan", "homework.readinggiven"}
    for _words, page in ABOUT.values():
        assert page == "" or reverse(page)
