"""Numbers and names as a reader meets them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from homework.content import library
from homework.words import change_sign

KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


@pytest.mark.parametrize(("change", "said"), [(2.0, "+2"), (-1.5, "\u22121.5"), (0.0, "0"), (0.04, "0"), (-0.04, "0"), (10.0, "+10")])
def test_a_change_carries_its_sign_and_what_stood_still_none(change: float, said: str) -> None:
    assert change_sign(change) == said


def sentences(content: Any) -> Iterator[str]:
    """Every text of a piece of content that has a blank in it: prose, not a key."""
    if isinstance(content, dict):
        for part in content.values():
            yield from sentences(part)
    elif isinstance(content, list):
        for part in content:
            yield from sentences(part)
    elif isinstance(content, str) and " " in content:
        yield content


def test_an_exercise_speaks_of_another_by_its_title() -> None:
    """Placeholders in braces are the program's own; a key in a sentence would be read by a person."""
    assert KEY.search("Pair it with strength_new_way.")
    spoken = (re.sub(r"{.*?}", "", text) for content in library().exercises for text in sentences(content))
    assert [text for text in spoken if KEY.search(text)] == []
