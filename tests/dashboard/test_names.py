"""How a name is shortened, for a screen that others can see and for a client who calls her therapist by her first name."""

import pytest

from clients.names import called
from core.text import initials


@pytest.mark.parametrize(
    ("name", "letters", "first"),
    [("Dr Ngozi Storybrook", "NS", "Ngozi"), ("Prof. Ada M. Byron", "AB", "Ada"), ("Zoë", "Z", "Zoë"), ("Dr", "D", "Dr"), ("مريم O'Hara", "مO", "مريم")],
)
def test_a_title_is_no_name(name: str, letters: str, first: str) -> None:
    assert (initials(name), called(name)) == (letters, first)
