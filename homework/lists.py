"""The lists of the product's content as steps offer them and as answers read: one place for the client's pages and the desk."""

from typing import Any

from clients.content import emotions
from homework.content import barriers, library
from homework.player.exercise import ACTIVITIES_OF_CHOICE, DISTORTIONS, EMOTIONS, Option
from safety.content import warning_signs


def content_lists(*, strengths: Any, resource_kinds: Any, patterns: Any, domains: Any) -> dict[str, tuple[Option, ...]]:
    """What is the same for everybody, by name of the list.

    The four arguments are the content of apps beside and above, handed in by the floor that may read them all: `strengths.content.strengths()`
    and `resource_kinds()`, `mindset.content.thinking_patterns()`, `selfcare.content.domains()`.
    """
    words = emotions()
    none = Option(patterns.none_key, patterns.none_name, patterns.none_plain, exclusive=True)
    feelings = [Option(word.key, word.name, word.plain, family.key, family.shape, care=word.care_flag) for family in words.families for word in family.words]
    return {
        "strengths": tuple(Option(one.key, one.name, one.line) for one in strengths),
        "resource_kinds": tuple(Option(one.key, one.name, one.hint) for one in resource_kinds),
        "barriers": tuple(Option(one.key, one.client) for one in barriers()),
        "warning_signs": tuple(Option(one.key, one.text, group=one.group, care=one.level == "crisis") for one in warning_signs()),
        "selfcare_domains": tuple(Option(one.key, one.name) for one in domains),
        ACTIVITIES_OF_CHOICE: tuple(Option(act, act, group=one.key) for one in domains for act in one.activities),
        "in_help_now": tuple(Option(one["key"], one["title"]) for one in library().exercises if one.get("in_help_now")),
        EMOTIONS: (*feelings, *(Option(word.key, word.name, exclusive=True) for word in words.skip_options)),
        DISTORTIONS: (*(Option(one.key, one.name, one.plain, example=one.example, question=one.question) for one in patterns.patterns), none),
    }
