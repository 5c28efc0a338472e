"""The option lists as the portal hands them to the player, from the content alone: a client who has named nothing of her own but three people."""

from clients.content import emotions
from homework.content import barriers, library
from homework.player.exercise import Exercise, Option
from homework.player.parsing import parse_exercise
from mindset.content import thinking_patterns
from safety.content import warning_signs
from selfcare.content import domains
from strengths.content import resource_kinds, strengths

PEOPLE = (Option("p1", "Mum", group="1"), Option("p2", "Ünal", group="2"), Option("p3", "The choir", group="3"))


def all_exercises() -> list[Exercise]:
    return [parse_exercise(content) for content in library().exercises]


def exercise(key: str) -> Exercise:
    return next(parse_exercise(content) for content in library().exercises if content["key"] == key)


def all_lists() -> dict[str, list[Option]]:
    words = emotions()
    feelings = [Option(word.key, word.name, word.plain, family.key, family.shape, care=word.care_flag) for family in words.families for word in family.words]
    patterns = thinking_patterns()
    return {
        "strengths": [Option(strength.key, strength.name, strength.line) for strength in strengths()],
        "resource_kinds": [Option(kind.key, kind.name, kind.hint) for kind in resource_kinds()],
        "barriers": [Option(barrier.key, barrier.client) for barrier in barriers()],
        "warning_signs": [Option(sign.key, sign.text, group=sign.group, care=sign.level == "crisis") for sign in warning_signs()],
        "selfcare_domains": [Option(domain.key, domain.name) for domain in domains()],
        "selfcare_activities_of_choice": [Option(act, act, group=domain.key) for domain in domains() for act in domain.activities],
        "in_help_now": [Option(one.key, one.title) for one in all_exercises() if one.in_help_now],
        "emotions": [*feelings, *(Option(word.key, word.name, exclusive=True) for word in words.skip_options)],
        "distortions": [
            *(Option(one.key, one.name, one.plain, example=one.example, question=one.question) for one in patterns.patterns),
            Option(patterns.none_key, patterns.none_name, patterns.none_plain, exclusive=True),
        ],
        "people": list(PEOPLE),
    }
