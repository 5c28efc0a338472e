"""Practise: what may be begun alone, the easiest first, and what helped before."""

import pytest
from django.urls import reverse

from homework.content import library as library_of
from homework.models import ExerciseRun
from tests.homework.agreed import agree, rated, run_of
from tests.portal.driving import form_with, send

URL = "/portal/practise/"
ALONE = [content for content in library_of().exercises if content["self_start"]]


def keys(page) -> list[str]:
    text = page.content.decode()
    return [part.partition("/")[0] for part in text.split(f'href="{URL}')[1:] if not part.startswith(("?", '"'))]


def test_three_of_each_pillar_the_easiest_first(phone):
    page = phone.get(URL)
    assert f"{len(ALONE)} small things to try." in page.content.decode()
    found = keys(page)
    assert len(found) == 12 and {"slow_breathing", "five_senses", "stop_pause"} <= set(found)
    assert "cool_down" not in found


@pytest.mark.parametrize("pillar", ["strengths", "coping", "selfcare", "mindset"])
def test_all_of_one_pillar(phone, pillar):
    assert sorted(keys(phone.get(URL, {"pillar": pillar}))) == sorted(one["key"] for one in ALONE if one["pillar"] == pillar)


def test_a_very_bad_day_and_five_minutes(phone):
    efforts = {one["key"]: (one["effort"], one["minutes"]) for one in ALONE}
    low = [key for pillar in ("coping", "selfcare") for key in keys(phone.get(URL, {"fit": "low", "pillar": pillar}))]
    assert low and {efforts[key][0] for key in low} == {1}
    short = keys(phone.get(URL, {"fit": "short", "pillar": "coping"}))
    assert short and max(efforts[key][1] for key in short) <= 5


@pytest.mark.parametrize("query", [{"fit": "x", "pillar": "y"}, {"pillar": "\x00"}, {"fit": ["low", "short"]}])
def test_a_made_up_filter_shows_everything_or_what_it_knows(phone, query):
    assert phone.get(URL, query).status_code == 200


def test_what_helped_before_stands_first_private_uses_too(phone, ben, ben_portal):
    for before, after in ((7, 3), (8, 4), (6, 3)):
        run = run_of(ben_portal, ben, None, key="compassion_break", ratings_shared=False)
        rated(ben_portal, run, before, after)
    text = phone.get(URL).content.decode()
    assert "Helped you before" in text and "5 min. Distress from 7 to 3" in text


def test_beginning_one_of_her_own(phone, as_owner):
    page = phone.get(reverse("portal:practise_exercise", args=["clouds"]))
    assert "Skip any step. Nothing is marked." in page.content.decode()
    assert form_with(page, "new_id").fields["visibility"] == ["my_therapist"]
    send(phone, page, "new_id", visibility="only_me")
    with as_owner():
        run = ExerciseRun.objects.get()
    assert (run.item_key, run.visibility, run.assignment_id) == ("clouds", "only_me", None)


def test_an_agreed_one_leads_to_its_task(phone, tara, ben):
    task = agree(tara, ben, "slow_breathing")
    page = phone.get(reverse("portal:practise_exercise", args=["slow_breathing"]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("portal:homework", args=[task.pk])


@pytest.mark.parametrize("key", ["belief_test", "no_such", "x" * 200])
def test_one_for_two_and_one_that_is_not_there_are_the_same(phone, key):
    assert phone.get(reverse("portal:practise_exercise", args=[key])).status_code == 404


def test_an_exercise_says_how_long_how_hard_what_for_and_when_it_was_last_done(phone, ben, ben_portal):
    address = reverse("portal:practise_exercise", args=["clouds"])
    text = phone.get(address).content.decode()
    content = next(one for one in ALONE if one["key"] == "clouds")
    assert f"{content['minutes']} minutes." in text and content["purpose"].replace("'", "&#x27;") in text and "Takes some energy" in text
    assert "Last time:" not in text
    run = run_of(ben_portal, ben, None, key="clouds", days_ago=9, visibility="only_me")
    run_of(ben_portal, ben, None, key="clouds", days_ago=1, state="left", visibility="only_me")
    assert f"Last time: {run.finished_at:%A} {run.finished_at.day} {run.finished_at:%B}." in phone.get(address).content.decode()
