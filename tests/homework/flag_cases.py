"""One case that raises each rule of flags.yaml and one beside it that does not: doings as (days ago, answers), newest first."""

from typing import Any

Row = list[tuple[int, dict[str, Any]]]
HURT, AT_NIGHT = "They said no, and it hurt", "Someone I could call at night"


def often(n: int, answers: dict[str, Any], every: int = 1) -> Row:
    return [(place * every, answers) for place in range(n)]


def moved(before: str, after: str, first: int, last: int) -> dict[str, Any]:
    return {before: first, after: last}


def rated(first: int, last: int) -> dict[str, Any]:
    return moved("before", "after", first, last)


NO_DROP, DROP = rated(5, 5), rated(5, 4)
ANGRY, CROSS, MILD = ([{"word": word, "intensity": n}] for word, n in (("furious", 9), ("annoyed", 8), ("furious", 7)))
FOUND_NOTHING, FOUND_ONE = {"g1": None, "g2": None, "g3": None}, {"g1": "Soup", "g2": None, "g3": None}
LEFT_IT = {"plan": "A photo", "done": None}

CASES: dict[tuple[str, int], tuple[Row, Row]] = {
    ("strengths_spotting", 0): ([(0, {"picks": None})], [(0, {"picks": ["humour"]})]),
    ("strengths_spotting", 1): ([(0, {"feel": 3})], [(0, {"feel": 4})]),
    ("strength_new_way", 0): (often(2, LEFT_IT), [(0, LEFT_IT), (1, {"plan": "A photo", "done": "Sent it"})]),
    ("borrowed_eyes", 0): ([(0, {"who": None})], [(0, {"who": ["p1"]})]),
    ("hard_time_story", 0): ([(0, rated(4, 6))], [(0, rated(4, 5))]),
    ("hard_time_story", 1): ([(0, {"after": 8})], [(0, {"after": 7})]),
    ("support_map", 0): ([(0, {"close": None, "roles": []})], [(0, {"close": None, "roles": [AT_NIGHT]})]),
    ("ask_for_help", 0): ([(0, {"result": HURT})], [(0, {"result": "They said no, kindly"})]),
    ("resource_toolbox", 0): ([(0, {"kinds": ["music"]})], [(0, {"kinds": ["music", "pets"]})]),
    ("values_compass", 0): ([(0, {"matter": 8, "lived": 2})], [(0, {"matter": 8, "lived": 3})]),
    ("small_hello", 0): (often(4, {"sent": ["I said hello"], **moved("before", "after", 3, 3)}), often(3, {"sent": ["I said hello"], **NO_DROP})),
    ("better_moments", 0): ([(0, {"scale": 2})], [(0, {"scale": 3})]),
    ("staying_well_plan", 0): ([(0, {"sure": 5})], [(0, {"sure": 6})]),
    ("five_senses", 0): (often(5, DROP), often(4, DROP)),
    ("five_senses", 1): (often(3, NO_DROP), [(0, NO_DROP), (1, DROP), (2, NO_DROP), (3, NO_DROP)]),
    ("slow_breathing", 0): (often(2, rated(5, 6), 20), often(2, rated(5, 6), 30)),
    ("muscle_release", 0): ([(0, rated(5, 6))], [(0, rated(5, 5))]),
    ("stop_pause", 0): ([(0, {"urge": 9, "urge2": 8})], [(0, {"urge": 9, "urge2": 7})]),
    ("cool_down", 0): ([(0, {"safe": ["Pregnant"], "way": "cold"})], [(0, {"safe": ["None of these"], "way": "cold"})]),
    ("cool_down", 1): ([(0, {"after": 8})], [(0, {"after": 7})]),
    ("name_it", 0): ([(0, {"feel": ANGRY}), (1, {"feel": CROSS}), (2, {"feel": ANGRY})], [(0, {"feel": ANGRY}), (1, {"feel": MILD}), (2, {"feel": ANGRY})]),
    ("do_opposite", 0): ([(0, {"safe": "Not safe"})], [(0, {"safe": "Yes to both"})]),
    ("do_opposite", 1): (often(2, {"feel": "fear", **NO_DROP}), [(0, {"feel": "fear", **NO_DROP}), (1, {"feel": "sad", **NO_DROP})]),
    ("ride_the_wave", 0): ([(0, {"what": "To hurt myself"})], [(0, {"what": "Food"})]),
    ("worry_time", 0): (often(4, {"level": 8}, 2), [(0, {"level": 8}), (2, {"level": 7}), (4, {"level": 9}), (5, {"level": 9}), (6, {"level": 9})]),
    ("problem_steps", 0): ([(0, {"sure": 5})], [(0, {"sure": 6})]),
    ("problem_steps", 1): ([(0, {"ideas": None})], [(0, {"ideas": "Ask Ana"})]),
    ("if_then_plan", 0): ([(0, {"sure": 6})], [(0, {"sure": 7})]),
    ("activity_plan", 0): (often(3, {"done": "Not this time"}), [(0, {"done": "Not this time"}), (1, {"done": "Part of it"}), *often(3, {"done": "Yes"}, 3)]),
    ("sleep_diary", 0): ([(0, {"quality": 6}), *((n, {"quality": 2}) for n in range(1, 7))], often(6, {"quality": 1})),
    ("hobby_menu", 0): (often(4, {"after": 2}, 3), [(0, {"after": 2}), (3, {"after": 3}), *((n, {"after": 1}) for n in (6, 7, 8))]),
    ("selfcare_check", 0): (often(2, {"care": 2}, 7), often(2, {"care": 2}, 14)),
    ("compassion_break", 0): ([(0, rated(4, 6))], [(0, rated(4, 5))]),
    ("three_good_things", 0): (often(3, FOUND_NOTHING, 2), [(0, FOUND_NOTHING), (1, FOUND_ONE), (2, FOUND_NOTHING), (2, FOUND_NOTHING)]),
    ("wins_log", 0): (often(3, {"credit": "Not today"}), [(0, {"credit": "Not today"}), (1, {"credit": "That counts"}), (2, {"credit": "Not today"})]),
    ("thought_record", 0): (often(3, {"b1": 7, "b2": 7}), [(0, {"b1": 7, "b2": 7}), (1, {"b1": 7, "b2": 6}), (2, {"b1": 7, "b2": 7})]),
    ("pattern_spotter", 0): (often(5, {"which": ["all_or_nothing"]}), [*often(4, {"which": ["all_or_nothing"]}), (4, {"which": ["none"]})]),
    ("best_future_day", 0): ([(0, {"after": 1})], [(0, {"after": 2})]),
    ("hard_and_okay", 0): ([(0, {"mood": 1})], [(0, {"mood": 2})]),
}
