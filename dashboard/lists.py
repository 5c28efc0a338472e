"""The words for what was tapped in an exercise, for staff: the content's lists, and the client's own strengths and people as far as she shares them."""

from functools import lru_cache

from clients.content import emotions
from clients.models import Client
from homework.content import barriers, library
from homework.player.exercise import DISTORTIONS, EMOTIONS, PEOPLE, Option
from homework.player.options import Lists
from mindset.content import thinking_patterns
from safety.content import warning_signs
from selfcare.content import domains
from strengths.content import resource_kinds, strengths
from strengths.selectors import my_people, my_strengths


@lru_cache(maxsize=1)
def fixed_labels() -> dict[str, tuple[Option, ...]]:
    """What reads the same for everybody."""
    words, patterns = emotions(), thinking_patterns()
    feelings = [word for family in words.families for word in family.words]
    return {
        "strengths": tuple(Option(one.key, one.name) for one in strengths()),
        "resource_kinds": tuple(Option(one.key, one.name) for one in resource_kinds()),
        "barriers": tuple(Option(one.key, one.client) for one in barriers()),
        "warning_signs": tuple(Option(one.key, one.text) for one in warning_signs()),
        "selfcare_domains": tuple(Option(one.key, one.name) for one in domains()),
        "in_help_now": tuple(Option(one["key"], one["title"]) for one in library().exercises),
        EMOTIONS: tuple(Option(word.key, word.name) for word in (*feelings, *words.skip_options)),
        DISTORTIONS: (*(Option(one.key, one.name) for one in patterns.patterns), Option(patterns.none_key, patterns.none_name)),
    }


def labels_for(client: Client) -> Lists:
    """For `display_answer` and `headline`. Two statements."""
    own = {row.key or str(row.pk): row.own_words for row in my_strengths(client, staff=True)}
    return {
        **fixed_labels(),
        "my_strengths": tuple(Option(key, words) for key, words in own.items() if words),
        PEOPLE: tuple(Option(str(row.pk), row.name) for row in my_people(client, staff=True)),
    }
