"""What is tapped on the portal reads the same at the desk."""

from collections.abc import Mapping, Sequence

import pytest

from dashboard.lists import fixed_labels
from homework.content import library
from homework.player.exercise import Option
from portal.lists import fixed_lists
from tests.homework.option_lists import all_exercises


def unread(offered: Mapping[str, Sequence[Option]], labels: Mapping[str, Sequence[Option]]) -> list[str]:
    """Options that the desk does not know, or calls otherwise."""
    return [
        f"{name}: {option.value}"
        for name, options in offered.items()
        for option in options
        if option.label not in [other.label for other in labels.get(name, ()) if other.value == option.value]
    ]


def test_every_option_reads_the_same_at_the_desk() -> None:
    assert not unread(fixed_lists(), fixed_labels())
    assert sum(len(options) for options in fixed_lists().values()) > 100


def test_the_desk_names_every_exercise_and_the_client_is_offered_those_of_the_help_page() -> None:
    assert [option.value for option in fixed_labels()["in_help_now"]] == [content["key"] for content in library().exercises]
    assert [option.value for option in fixed_lists()["in_help_now"]] == [one.key for one in all_exercises() if one.in_help_now]


@pytest.mark.parametrize("name", fixed_lists())
def test_the_comparison_sees_a_list_or_a_word_that_differs(name: str) -> None:
    labels = fixed_labels()
    without = {key: options for key, options in labels.items() if key != name}
    assert len(unread(fixed_lists(), without)) == len(fixed_lists()[name])
    renamed = {**labels, name: [Option(option.value, "another word") for option in labels[name]]}
    assert len(unread(fixed_lists(), renamed)) == len(fixed_lists()[name])
