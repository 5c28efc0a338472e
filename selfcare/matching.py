"""When two pieces of self-talk are the same, or alike enough to offer what was answered before. Words alone are compared; nothing is concluded from them."""

import re
import unicodedata

WORD = re.compile(r"\w+")
SHORT = 2  # "I", "am", "so": they stand in every sentence
ALIKE = 0.5  # this share of all words of the two stands in both


def words_of(text: str) -> list[str]:
    """The words of a sentence, casefolded, without marks."""
    return WORD.findall(unicodedata.normalize("NFKC", text).replace("’", "'").replace("'", "").casefold())


def same_talk(one: str, other: str) -> bool:
    """The same sentence, whatever its capitals and stops."""
    words = words_of(one)
    return bool(words) and words == words_of(other)


def alike(one: str, other: str) -> bool:
    """The same sentence, or half of the longer words stand in both."""
    if same_talk(one, other):
        return True
    mine, theirs = _telling(one), _telling(other)
    shared = mine & theirs
    return bool(shared) and len(shared) >= ALIKE * len(mine | theirs)


def _telling(text: str) -> set[str]:
    return {word for word in words_of(text) if len(word) > SHORT}
