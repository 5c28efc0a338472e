"""The player's rules, step by step: what may be answered, what is shown, how it reads."""

import pytest

from homework.player.care import is_heavy
from homework.player.cleaning import LONG_TEXT_MAX, SHORT_TEXT_MAX, AnswerError, clean_answer
from homework.player.exercise import ContentError, Option
from homework.player.flow import live_answers, next_step, outdated_by, position, previous_step, resume_step, timer_plan, visible_steps
from homework.player.options import options_for, questions_for
from homework.player.outcome import before_value, change, closing, practice_rows
from homework.player.parsing import parse_exercise
from homework.player.reading import display_answer, headline
from homework.player.sharing import Group, Sharing, answered_groups, default_sharing, shared_steps
from tests.homework.option_lists import all_lists, exercise

LISTS = all_lists()


def clean(key, step_id, raw, answers=None, lists=LISTS):
    return clean_answer(exercise(key).step(step_id), raw, lists, answers or {})


def refusal(*args, **kwargs):
    with pytest.raises(AnswerError) as error:
        clean(*args, **kwargs)
    return error.value.message


# --- what may be answered


@pytest.mark.parametrize(("typed", "stored"), [("0", 0), ("10", 10), (" 7 ", 7), ("07", 7), ("", None)])
def test_a_rating_is_a_whole_number_from_0_to_10(typed, stored):
    assert clean("five_senses", "before", {"answer": typed}) == stored


@pytest.mark.parametrize("typed", ["11", "-1", "7.5", "seven", "٧", "1e1", "9" * 5000, "\udc80", "\x00"])
def test_any_other_rating_is_answered_beside_the_field(typed):
    assert refusal("five_senses", "before", {"answer": [typed]}) == "Please pick a number from 0 to 10."


def test_skip_stores_nothing_whatever_else_was_posted():
    assert clean("five_senses", "before", {"skip": "1", "answer": "7"}) is None
    assert clean("kind_act", "ideas", {"skip": "", "answer": ["Share food or a drink"]}) is None


def test_an_empty_checklist_is_an_answer_and_an_empty_choice_is_none():
    assert clean("kind_act", "ideas", {}) == []
    assert clean("strengths_spotting", "picks", {}) is None


def test_short_text_becomes_one_line_and_keeps_its_letters():
    assert clean("clouds", "thought", {"answer": "  I will\r\nmess this up\u2028again 👩‍👧 "}) == "I will mess this up again 👩‍👧"


def test_text_length_counts_a_line_break_once():
    assert clean("strengths_spotting", "moment", {"answer": "a\r\n" * (LONG_TEXT_MAX // 2 - 1) + "ab"}).count("\n") == LONG_TEXT_MAX // 2 - 1
    assert len(clean("clouds", "thought", {"answer": "é" * SHORT_TEXT_MAX})) == SHORT_TEXT_MAX
    assert "141" in refusal("clouds", "thought", {"answer": "é" * (SHORT_TEXT_MAX + 1)})


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\udc80b", "a\x7fb", "a\ufffeb"])
@pytest.mark.parametrize(("key", "step_id"), [("clouds", "thought"), ("strengths_spotting", "moment")])
def test_text_with_what_cannot_be_shown_is_refused(key, step_id, typed):
    assert "cannot be shown" in refusal(key, step_id, {"answer": typed})


@pytest.mark.parametrize("typed", ["", " ", "\r\n", "\u200b", "\t \n"])
def test_text_in_which_nothing_can_be_seen_is_no_answer(typed):
    assert clean("strengths_spotting", "moment", {"answer": typed}) is None


def test_a_choice_takes_one_of_its_options():
    assert clean("slow_breathing", "set", {"answer": ["easy"]}) == "easy"
    assert "not on the list" in refusal("slow_breathing", "set", {"answer": "fast"})
    assert refusal("slow_breathing", "set", {"answer": ["easy", "slow"]}) == "Please pick one."


def test_several_picks_come_back_once_each_in_the_order_of_the_list():
    assert clean("strengths_spotting", "picks", {"answer": ["kindness", "creativity", "kindness"]}) == ["creativity", "kindness"]


def test_too_many_picks_say_how_many_fit():
    assert refusal("strengths_spotting", "picks", {"answer": ["kindness", "creativity", "hope", "zest"]}) == "Please pick up to 3."
    assert refusal("borrowed_eyes", "who", {"answer": ["p1", "p2"]}) == "Please pick 1 at most."


def test_none_of_these_goes_with_nothing_else():
    assert clean("cool_down", "safe", {"answer": "None of these"}) == ["None of these"]
    assert "None of these" in refusal("cool_down", "safe", {"answer": ["Pregnant", "None of these"]})
    assert "None of these fits" in refusal("pattern_spotter", "which", {"answer": ["mind_reading", "none"]})


def test_feelings_come_with_their_strength_or_without():
    raw = {"answer": ["worried", "hurt"], "intensity-worried": "7"}
    assert clean("name_it", "feel", raw) == [{"word": "hurt", "intensity": None}, {"word": "worried", "intensity": 7}]
    assert clean("name_it", "feel", {"answer": "not_sure", "intensity-not_sure": "9"}) == [{"word": "not_sure", "intensity": None}]
    assert "0 to 10" in refusal("name_it", "feel", {"answer": "hurt", "intensity-hurt": "12"})


def test_rating_feelings_again_takes_the_same_words_and_no_others():
    answers = {"feel": [{"word": "hurt", "intensity": 8}, {"word": "worried", "intensity": None}]}
    raw = {"answer": "joyful", "intensity-hurt": "3", "intensity-joyful": "9"}
    assert clean("thought_record", "feel2", raw, answers) == [{"word": "hurt", "intensity": 3}]
    assert [option.value for option in options_for(exercise("thought_record").step("feel2"), LISTS, answers)] == ["hurt"]


def test_people_are_picked_from_the_own_map_only():
    assert clean("support_map", "close", {"answer": ["p2", "p1"]}) == ["p1", "p2"]
    assert "not on the list" in refusal("support_map", "close", {"answer": "somebody-else"})


@pytest.mark.parametrize(("posted", "stored"), [("42", 42), ("42.9", 42), ("999999999", 4 * 60 * 60)])
def test_a_timer_keeps_the_seconds_done(posted, stored):
    assert clean("slow_breathing", "breathe", {"seconds_done": posted}) == {"seconds_done": stored}


@pytest.mark.parametrize("posted", ["", "-3", "NaN", "1" * 5000, "\udc80"])
def test_a_timer_that_reports_nonsense_counts_as_skipped(posted):
    assert clean("slow_breathing", "breathe", {"seconds_done": posted}) is None


# --- lists that depend on the client


def test_own_strengths_fall_back_to_all_24():
    step = exercise("strength_new_way").step("strength")
    assert len(options_for(step, LISTS, {})) == 24
    mine = LISTS | {"my_strengths": [Option("my own words", "my own words")]}
    assert [option.label for option in options_for(step, mine, {})] == ["my own words"]


def test_helpful_exercises_fall_back_to_those_of_help_now():
    step = exercise("cope_ahead").step("skills")
    assert [option.value for option in options_for(step, LISTS, {})] == ["five_senses", "slow_breathing", "stop_pause", "cool_down"]


def test_small_acts_are_those_of_the_domain_picked_before():
    selfcare = exercise("selfcare_check")
    acts = options_for(selfcare.step("act"), LISTS, {"dry": "sleep"})
    assert len(acts) == 8 and "Cool, dark room" in [option.value for option in acts]
    assert "not on the list" in refusal("selfcare_check", "act", {"answer": "Cool, dark room"}, {"dry": "social"})
    assert "act" not in [step.id for step in visible_steps(selfcare, {"dry": None})]


def test_changing_the_domain_makes_the_act_outdated():
    selfcare = exercise("selfcare_check")
    assert outdated_by(selfcare, "dry", "sleep", "social") == ("act",)
    assert outdated_by(selfcare, "dry", "sleep", "sleep") == ()


def test_the_questions_are_those_of_the_patterns_picked():
    spotter = exercise("pattern_spotter")
    questions = questions_for(spotter.step("q"), LISTS, {"which": ["mind_reading", "shoulds"]})
    assert [option.question for option in questions][0].startswith("What else could be on their mind?")
    assert "q" not in [step.id for step in visible_steps(spotter, {"which": ["none"]})]
    assert questions_for(spotter.step("name"), LISTS, {"which": ["shoulds"]}) == ()


# --- the way through


def test_show_if_hides_a_step_unless_the_answer_matches():
    worry = exercise("worry_time")
    shown = {value: [step.id for step in visible_steps(worry, {"sort": value})] for value in ("do", "cant", None)}
    assert "step" in shown["do"] and "let" not in shown["do"]
    assert "let" in shown["cant"] and "step" not in shown["cant"]
    assert not {"step", "let"} & set(shown[None])


def test_a_part_of_the_body_to_skip_is_skipped():
    release = exercise("muscle_release")
    shown = [step.id for step in visible_steps(release, {"skip": ["Hands and arms", "Legs and feet"]})]
    assert shown == ["before", "skip", "face", "shoulders", "tummy", "rest", "after"]
    assert visible_steps(release, {"skip": ["Nothing to skip"]}) == release.steps == visible_steps(release, {})


def test_later_steps_are_a_second_part():
    plan = exercise("strength_new_way")
    assert [step.id for step in visible_steps(plan, {}, 2)] == ["done", "sure2"]
    assert next_step(plan, {}, 1, "tip") is None
    assert next_step(plan, {}, 2, None).id == "done"
    assert previous_step(plan, {}, 2, "done") is None
    assert plan.has_second_part and not exercise("clouds").has_second_part


def test_position_counts_what_is_shown_in_this_part():
    worry = exercise("worry_time")
    assert (position(worry, {"sort": "do"}, 1, "step").n, position(worry, {"sort": "do"}, 1, "step").of) == (4, 7)
    with pytest.raises(KeyError):
        position(worry, {"sort": "do"}, 1, "let")


def test_resuming_at_a_step_that_is_hidden_now_goes_on_after_it():
    worry = exercise("worry_time")
    assert resume_step(worry, {"sort": "do"}, 1, "step").id == "step"
    assert resume_step(worry, {"sort": "cant"}, 1, "step").id == "let"
    assert resume_step(worry, {}, 1, None).id == "slot"


def test_answers_of_hidden_steps_do_not_count():
    worry = exercise("worry_time")
    assert live_answers(worry, {"sort": "cant", "step": "Call the doctor"}) == {"sort": "cant"}
    record = exercise("thought_record")
    feelings = {"feel": [{"word": "hurt", "intensity": 8}], "feel2": [{"word": "hurt", "intensity": 3}, {"word": "numb", "intensity": 1}]}
    assert live_answers(record, feelings)["feel2"] == [{"word": "hurt", "intensity": 3}]


def test_the_breathing_pattern_follows_the_choice_and_its_default():
    breathing = exercise("slow_breathing")
    timer = breathing.step("breathe")
    assert timer_plan(breathing, timer, {"set": "easy"}).pattern.breathe_out == 4
    assert timer_plan(breathing, timer, {"set": "easy"}).seconds == 301
    assert timer_plan(breathing, timer, {}).pattern.breathe_out == 6
    senses = exercise("five_senses")
    assert timer_plan(senses, senses.step("see"), {}).pattern is None


# --- how it reads


def test_answers_read_as_words():
    record, spotting = exercise("thought_record"), exercise("support_map")
    assert display_answer(record.step("feel"), [{"word": "hurt", "intensity": 8}, {"word": "numb", "intensity": None}], LISTS) == "Hurt 8, Numb"
    assert display_answer(spotting.step("close"), ["p1", "gone"], LISTS) == "Mum, someone who is not on the map any more"
    assert display_answer(exercise("slow_breathing").step("set"), "easy", LISTS) == "Easy: in 3, out 4"
    assert display_answer(exercise("slow_breathing").step("breathe"), {"seconds_done": 290}, LISTS) == "5 minutes"
    assert display_answer(exercise("kind_act").step("ideas"), [], LISTS) == "none"
    assert display_answer(record.step("b1"), None, LISTS) == "not answered"


def test_a_strength_that_left_the_own_list_keeps_its_name():
    lists = LISTS | {"my_strengths": [Option("hope", "Hope")]}
    assert display_answer(exercise("wins_log").step("strength"), "kindness", lists) == "Kindness"


def test_the_headline_fills_in_and_says_what_is_missing():
    breathing = exercise("slow_breathing")
    assert headline(breathing, {"before": 7, "after": 4}, LISTS) == "Tension 7 to 4"
    assert headline(breathing, {"before": 7, "after": None}, LISTS) == "Tension 7 to not answered"
    picks = {"picks": ["hope", "zest"], "feel": None}
    assert headline(exercise("strengths_spotting"), picks, LISTS) == "Strengths picked: Hope, Zest (not answered 'sounds like me')"
    people = {"close": ["p1", "p2"], "middle": [], "outer": None, "gap": "Fun", "feel": 3}
    assert headline(exercise("support_map"), people, LISTS).startswith("2 close, 0 middle, not answered outer; gap: Fun; connected 3/10")


def test_the_headline_waits_for_the_second_part():
    plan = exercise("activity_plan")
    first = {"what": "Wash three plates", "guess": 4}
    assert headline(plan, first, LISTS) == "Wash three plates: not yet; enjoyment guessed 4, was not yet; mastery not yet"
    back = first | {"done": "Yes", "joy": None}
    assert headline(plan, back, LISTS) == "Wash three plates: Yes; enjoyment guessed 4, was not answered; mastery not answered"


def test_the_headline_never_shows_what_is_private():
    compass = exercise("values_compass")
    answers = {"why": "Patient with my kids", "matter": 9, "lived": 2, "step": "Read a story"}
    seen = shared_steps(compass, default_sharing(compass))
    assert headline(compass, answers, LISTS, seen) == "Value: kept private. Matters 9, lived 2. Step: kept private"


# --- what changed


def test_change_pairs_ratings_by_measure_and_knows_the_direction():
    (found,) = change(exercise("slow_breathing"), {"before": 7, "after": 4})
    assert (found.measure, found.toward_better, found.worse_by_2, found.sentence) == ("tension", 3, False, "From 7 to 4.")
    (worse,) = change(exercise("small_hello"), {"before": 6, "after": 4})
    assert worse.worse_by_2 and worse.toward_better == -2
    assert change(exercise("slow_breathing"), {"before": 7}) == ()


def test_the_end_says_from_to_and_is_gentle_when_it_got_worse():
    breathing = exercise("slow_breathing")
    good = closing(breathing, {"before": 7, "after": 4})
    assert (good.change, good.worse, good.text) == ("From 7 to 4.", False, breathing.close_text)
    bad = closing(breathing, {"before": 4, "after": 6})
    assert bad.worse and bad.text == breathing.if_worse
    assert closing(exercise("small_hello"), {"before": 6, "after": 4}).text.startswith("That one did not help today.")
    assert closing(exercise("wins_log"), {}).text == "You did that."
    assert closing(breathing, {"before": 4, "after": 4}).change == "It stayed at 4."
    assert "Come back" in closing(exercise("good_enough"), {"b1": 4}, part=1).text


def test_the_same_question_shows_the_number_given_before():
    record = exercise("thought_record")
    assert before_value(record, record.step("b2"), {"b1": 8}) == 8
    assert before_value(record, record.step("bnew"), {"b1": 8}) is None


def test_practice_rows_never_turn_a_skipped_rating_into_a_number():
    (row,) = practice_rows(exercise("slow_breathing"), {"before": 7, "after": None})
    assert (row.measure, row.before, row.after, row.minutes) == ("tension", 7, None, 6)
    (plain,) = practice_rows(exercise("wins_log"), {"hard": 5}, minutes=2)
    assert (plain.measure, plain.before, plain.after, plain.minutes) == ("", None, None, 2)


# --- who sees it


def test_words_are_private_until_shared_where_the_client_chooses():
    letter = exercise("best_friend_letter")
    assert shared_steps(letter, default_sharing(letter)) == {"before", "keep", "after"}
    assert "letter" in shared_steps(letter, Sharing(ratings=True, words=True))
    assert shared_steps(letter, Sharing(ratings=False, words=False)) == frozenset()
    assert "moment" in shared_steps(exercise("strengths_spotting"), default_sharing(exercise("strengths_spotting")))


def test_names_of_people_are_words():
    story = exercise("hard_time_story")
    assert "helped" not in shared_steps(story, default_sharing(story))


def test_the_groups_at_the_end_are_those_that_hold_an_answer():
    letter = exercise("best_friend_letter")
    assert answered_groups(letter, {"before": 3, "letter": "Dear me", "keep": None}) == {Group.RATINGS, Group.WORDS}
    assert answered_groups(letter, {"before": 3, "letter": None}) == {Group.RATINGS}
    assert answered_groups(letter, {"letter": "Dear me"}) == {Group.WORDS}


# --- what opens the help page


def test_a_heavy_word_opens_the_help_page_from_7():
    record = exercise("thought_record")
    step = record.step("feel")
    assert is_heavy(record, step, [{"word": "hopeless", "intensity": 7}], LISTS)
    assert not is_heavy(record, step, [{"word": "hopeless", "intensity": 6}, {"word": "hurt", "intensity": 10}], LISTS)
    assert not is_heavy(record, step, [{"word": "hopeless", "intensity": None}], LISTS)


def test_an_answer_that_shows_the_help_button_leaves_a_note():
    wave = exercise("ride_the_wave")
    assert is_heavy(wave, wave.step("what"), "To hurt myself", LISTS)
    assert not is_heavy(wave, wave.step("what"), "Food", LISTS)
    assert wave.step("help").opens_help and wave.step("help") in visible_steps(wave, {"what": "To hurt myself"})


def test_a_crisis_sign_in_a_plan_opens_the_help_page():
    plan = exercise("staying_well_plan")
    assert is_heavy(plan, plan.step("signs"), ["ws_cancel", "ws_trapped"], LISTS)
    assert not is_heavy(plan, plan.step("signs"), ["ws_cancel"], LISTS)


# --- content that makes no sense

STEP = {"id": "a", "type": "rating", "text": "?", "when": "now", "measure": "mood", "low": "l", "high": "h"}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([STEP, STEP], "stands twice"),
        ([STEP | {"type": "slider"}], "slider"),
        ([STEP | {"low": ""}], "a rating needs"),
        ([STEP | {"show_if": {"step": "b", "equals": "x"}}], "does not come before"),
        ([{"id": "a", "type": "choice", "text": "?"}], "nothing to choose from"),
        ([{"id": "a", "type": "choice", "text": "?", "options_ref": "cats"}], "cats"),
        ([{"id": "a", "type": "emotion", "text": "?", "rerates": "b"}], "leans on"),
        ([{"id": "a", "type": "choice", "text": "?", "options": ["x", "x"]}], "option stands twice"),
        ([{"id": "a", "type": "text", "text": "?", "opens": "the window"}], "opens"),
        ([{"id": "b", "type": "text", "text": "?"}], "which are no steps"),
        ([{"type": "text"}], "KeyError"),
        (7, "TypeError"),
    ],
)
def test_content_that_makes_no_sense_is_refused_with_what_and_where(steps, said):
    from homework.content import library

    content = dict(library().exercises[0]) | {"key": "broken", "steps": steps, "therapist_sees": {"headline": "{a}", "fields": ["a"], "flag": "-"}}
    with pytest.raises(ContentError, match="broken") as error:
        parse_exercise(content)
    assert said in str(error.value)
