"""Finding an exercise, and what fits a client now."""

from datetime import date

import pytest

from homework.choosing import FitFacts, Order, Use, effort_limit, fits_now, if_then, matching_flags, prefill, search
from tests.homework.option_lists import all_exercises, exercise

ALL = all_exercises()


def keys(found):
    return [one.key for one in found]


def test_no_query_finds_all_54_in_the_order_of_the_library():
    assert keys(search(ALL)) == keys(ALL) and len(ALL) == 54


@pytest.mark.parametrize("query", ["BREATHING slow", "bréathing", "slow breath", "  sl\u00f6w\tbreathing "])
def test_search_minds_neither_accents_nor_case_nor_the_order_of_words(query):
    assert keys(search(ALL, query))[0] == "slow_breathing"


def test_search_reads_technique_and_pillar_and_puts_titles_first():
    assert "do_opposite" in keys(search(ALL, "opposite action"))
    assert set(keys(search(ALL, "balanced"))) >= {one.key for one in ALL if one.pillar == "mindset"}
    assert keys(search(ALL, "worry"))[0] == "worry_time"
    assert search(ALL, "zebra") == [] == search(ALL, "worry zebra")


@pytest.mark.parametrize("query", ["\x00", "%", "(((", "\ud800", "🌿", "'"])
def test_search_takes_any_text(query):
    assert isinstance(search(ALL, query), list)


def test_filters_narrow_down():
    found = search(ALL, pillar="coping", max_effort=1, max_minutes=4)
    assert found and all(one.pillar == "coping" and one.effort == 1 and one.minutes <= 4 for one in found)


def test_orders():
    assert [one.minutes for one in search(ALL, order=Order.MINUTES)] == sorted(one.minutes for one in ALL)
    assert [one.effort for one in search(ALL, order=Order.EFFORT)] == sorted(one.effort for one in ALL)
    assert keys(search(ALL, order=Order.TITLE))[:2] == ["eating_rhythm", "best_future_day"]


def test_a_new_client_without_a_focus_gets_the_four_starters():
    found = fits_now(ALL, FitFacts())
    assert [one.exercise.key for one in found] == ["strengths_spotting", "name_it", "activity_plan", "compassion_break"]


def test_focus_and_a_new_pillar_and_effort_add_up_with_their_why():
    best = fits_now(ALL, FitFacts(focus=frozenset({"mindset"}), tried=frozenset({"coping"}), effort_limit=1))
    assert {one.exercise.pillar for one in best} == {"mindset"} and len(best) == 3
    assert best[0].score == 4
    assert best[0].why == ("fits the focus of the session", "new: nothing tried in this pillar yet", "effort fits the mood of the last days")


def test_what_helped_before_comes_back_unless_it_wore_out():
    everything = frozenset({"strengths", "coping", "selfcare", "mindset"})
    helped = FitFacts(tried=everything, uses={"worry_time": Use(4, None, 4.5)}, effort_limit=3)
    (only,) = fits_now(ALL, helped)
    assert (only.exercise.key, only.score, only.why[0]) == ("worry_time", 3, "helped before: 4.5 of 5")
    worn = FitFacts(tried=everything, uses={"worry_time": Use(8, 0.5, 4.5)}, effort_limit=3)
    assert fits_now(ALL, worn) == []


def test_a_change_counts_as_help_from_three_uses():
    everything = frozenset({"strengths", "coping", "selfcare", "mindset"})
    assert fits_now(ALL, FitFacts(tried=everything, uses={"clouds": Use(2, 3.0)})) == []
    (only,) = fits_now(ALL, FitFacts(tried=everything, uses={"clouds": Use(3, 3.0, 2)}))
    assert only.why[0] == "helped before: 3 points better"


def test_what_is_agreed_already_or_not_for_this_client_is_left_out():
    coping = FitFacts(focus=frozenset({"coping"}), tried=frozenset({"coping"}), effort_limit=3)
    before = [one.exercise.key for one in fits_now(ALL, coping)]
    after = fits_now(ALL, FitFacts(focus=coping.focus, tried=coping.tried, effort_limit=3, active=frozenset(before[:1])))
    assert before[0] not in [one.exercise.key for one in after]
    assert matching_flags(exercise("belief_test"), {"ptsd"}) or matching_flags(exercise("hard_time_story"), {"ptsd"})
    assert matching_flags(exercise("hard_time_story"), {"PTSD flashbacks", "ocd"}) == ["Untreated PTSD with strong flashbacks"]
    assert matching_flags(exercise("hard_time_story"), {"", "PT"}) == []


@pytest.mark.parametrize(("mood", "limit"), [(None, 2), (1, 1), (2, 1), (2.5, 2), (3, 2), (4.2, 3)])
def test_low_days_ask_for_less_effort(mood, limit):
    assert effort_limit(mood) == limit


def test_the_assign_form_starts_with_the_dose_of_the_exercise():
    begun = prefill(exercise("slow_breathing"), date(2026, 11, 24), date(2026, 12, 1))
    assert (begun.per_week, begun.weeks, begun.look_at) == (7, 2, date(2026, 12, 1))
    assert prefill(exercise("slow_breathing"), date(2026, 11, 24)).look_at == date(2026, 12, 1)
    assert prefill(exercise("slow_breathing"), date(2026, 11, 24), date(2026, 11, 24)).look_at == date(2026, 12, 1)


def test_every_exercise_has_an_if_then_plan_to_begin_from():
    for one in ALL:
        assert one.title in if_then(one) and if_then(one).startswith("If ") and ", then I " in if_then(one)


def test_nothing_is_said_about_a_mood_that_nobody_told():
    told, silent = (fits_now(ALL, FitFacts(focus=frozenset({"coping"}), tried=frozenset({"coping"}), mood_known=known)) for known in (True, False))
    assert "effort fits the mood of the last days" in told[0].why
    assert silent[0].why == ("fits the focus of the session", "does not ask for much")
    assert [one.exercise.key for one in told] == [one.exercise.key for one in silent]
