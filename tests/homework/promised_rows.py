"""What a finished run of each exercise leaves besides its place on the axis and in practice: rows of which model, how many at most, and from which answers.

One line an exercise. Names of people are put on the map where they are typed; the recorders (settings.EXERCISE_RECORDERS) leave the rest.
An exercise without rows keeps its promise in its answers, which are read in the runs themselves.
"""

from typing import NamedTuple


class Leaves(NamedTuple):
    """`fed_by`: without these answers there is no such row, and these alone are enough."""

    model: str
    most: int
    fed_by: tuple[str, ...]


STRENGTH, MOMENT, PERSON, REACHED = "strengths.Strength", "strengths.StrengthEpisode", "strengths.Supporter", "strengths.ReachOut"
PLAN, STRATEGY = "coping.CopingPlan", "coping.CopingStrategy"
ACTIVITY, LOG, NOTE = "selfcare.SelfCareActivity", "selfcare.SelfCareEntry", "selfcare.CompassionNote"
THOUGHT, GOOD, WIN = "mindset.ThoughtRecord", "mindset.GratitudeEntry", "mindset.Accomplishment"

# Their tables are on their way: a name is taken out when its model is there, and test_promises says so.
BEING_BUILT: set[str] = set()

LEAVES: dict[str, tuple[Leaves, ...]] = {
    "strengths_spotting": (Leaves(STRENGTH, 3, ("picks",)), Leaves(MOMENT, 1, ("picks", "moment"))),
    "strength_new_way": (Leaves(STRENGTH, 1, ("strength",)), Leaves(MOMENT, 1, ("strength", "done"))),
    "borrowed_eyes": (Leaves(STRENGTH, 3, ("strengths",)), Leaves(MOMENT, 1, ("strengths", "say")), Leaves(PERSON, 1, ("who",))),
    "hard_time_story": (Leaves(STRENGTH, 4, ("strengths",)), Leaves(MOMENT, 1, ("strengths", "title", "did")), Leaves(PERSON, 5, ("helped",))),
    "support_map": (Leaves(PERSON, 26, ("close", "middle", "outer")),),  # and each is moved to the ring they were named for
    "ask_for_help": (Leaves(PERSON, 2, ("who",)), Leaves(REACHED, 1, ("who", "result"))),
    "resource_toolbox": (),  # "pin it" puts the quick one on Today (portal.pages.pinned)
    "values_compass": (),
    "small_hello": (Leaves(PERSON, 1, ("who",)), Leaves(REACHED, 1, ("who", "sent"))),
    "kind_act": (),
    "better_moments": (),
    "staying_well_plan": (Leaves(PLAN, 1, ("signs", "triggers")), Leaves(STRATEGY, 5, ("skills",)), Leaves(PERSON, 4, ("people",))),
    "five_senses": (),
    "slow_breathing": (),
    "muscle_release": (),
    "three_step_pause": (),
    "clouds": (),
    "stop_pause": (Leaves(STRATEGY, 1, ("p",)),),
    "cool_down": (),
    "name_it": (),
    "check_facts": (Leaves(THOUGHT, 1, ("story",)),),
    "do_opposite": (),
    "ride_the_wave": (),
    "worry_time": (),
    "circle_control": (Leaves(STRATEGY, 1, ("act",)),),
    "problem_steps": (Leaves(STRATEGY, 1, ("plan",)),),
    "if_then_plan": (Leaves(STRATEGY, 1, ("plan",)),),
    "worst_best_likely": (Leaves(THOUGHT, 1, ("fear",)),),
    "cope_ahead": (Leaves(STRATEGY, 1, ("words",)),),
    "activity_plan": (Leaves(LOG, 1, ("what", "done")),),
    "ten_minute_move": (Leaves(LOG, 1, ("what",)),),
    "step_outside": (Leaves(LOG, 1, ("where",)),),
    "sleep_evening": (Leaves(ACTIVITY, 2, ("wake", "wind")),),
    "sleep_diary": (Leaves(LOG, 1, ("bed", "out", "quality")),),
    "eating_rhythm": (Leaves(ACTIVITY, 1, ("easy",)),),
    "hobby_menu": (Leaves(ACTIVITY, 1, ("small", "medium", "big")), Leaves(LOG, 1, ("pick", "after"))),
    "selfcare_check": (Leaves(ACTIVITY, 1, ("dry", "act")),),
    "compassion_break": (Leaves(NOTE, 1, ("words",)),),
    "best_friend_letter": (Leaves(NOTE, 1, ("what", "letter")),),
    "critic_to_coach": (Leaves(NOTE, 1, ("critic", "coach")),),
    "good_enough": (Leaves(NOTE, 1, ("fear", "task", "did")),),
    "kind_no": (Leaves(LOG, 1, ("how",)),),
    "three_good_things": (Leaves(GOOD, 3, ("g1", "g2", "g3")),),
    "savour_moment": (Leaves(GOOD, 1, ("what",)),),
    "plan_good_moment": (Leaves(GOOD, 1, ("what",)),),
    "wins_log": (Leaves(STRENGTH, 1, ("strength",)), Leaves(MOMENT, 1, ("strength", "win")), Leaves(WIN, 1, ("win",))),
    "thank_you_letter": (Leaves(PERSON, 1, ("who",)), Leaves(GOOD, 1, ("letter",))),
    "thought_record": (Leaves(THOUGHT, 1, ("thought",)),),
    "pattern_spotter": (Leaves(THOUGHT, 1, ("thought",)),),
    "other_views": (Leaves(THOUGHT, 1, ("what",)),),
    "belief_test": (Leaves(THOUGHT, 1, ("belief",)),),
    "old_rule_new_rule": (Leaves(THOUGHT, 1, ("old",)),),
    "best_future_day": (Leaves(GOOD, 1, ("write",)),),
    "hard_and_okay": (Leaves(GOOD, 1, ("okay",)),),
}

# Answers that another one would not do for, where the first on the list is not one that leaves something.
GIVEN = {
    "sleep_diary": {"bed": "23:15", "out": "7:00"},
}
