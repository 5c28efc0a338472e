"""A line's buttons: one for each value there is, none for a missing one, and a second way beside each."""

from typing import Any

import pytest

from safety.content import countries, directory, shipped_lines
from safety.pages.help import buttons, help_lines
from tests.cast import Person
from tests.portal.driving import signed_in
from tests.safety.looking import looked_twice
from tests.safety.test_screen_help_now import ALL_IN, URL, text_of, weight

ALL: dict[str, Any] = {
    "name": "Line", "call": "116 123", "call_2": "+47 22", "text": "85258", "text_word": "HI YOU", "sms_callback": "4050",
    "sms_callback_words": "Send an SMS and they call you", "whatsapp": "+55 11 9", "chat": "https://chat.example.org", "web": "https://example.org",
}  # fmt: skip
HREFS = {
    "call": "tel:116123",
    "call_2": "tel:+4722",
    "text": "sms:85258?body=HI%20YOU",
    "sms_callback": "sms:4050",
    "whatsapp": "https://wa.me/55119",
    "chat": "https://chat.example.org",
}


def test_every_value_has_its_button() -> None:
    assert [each.href for each in buttons(ALL)] == list(HREFS.values())
    assert [each.away for each in buttons(ALL)] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("name", list(HREFS))
def test_a_missing_value_hides_its_button(name: str) -> None:
    left = [each.href for each in buttons({**ALL, name: ""})]
    assert left == [href for key, href in HREFS.items() if key != name]


def test_a_call_back_is_never_a_text_line() -> None:
    (found,) = buttons({"name": "Line", "sms_callback": "4050", "sms_callback_words": "Send an SMS and they call you"})
    assert found.said == "Send an SMS and they call you"
    assert not buttons({"name": "Line", "sms_callback": "4050"}), "without its own words it is not shown"
    assert not help_lines([{"name": "Line", "web": "https://example.org"}], directory()), "a line that nobody reaches is none"


def test_a_line_called_like_its_word_is_not_named_twice() -> None:
    (found,) = buttons({"name": "Shout", "text": "85258", "text_word": "SHOUT"})
    assert (found.said, found.read, found.value) == ("Text SHOUT", "to 85258", "85258")


def test_a_second_way_stands_beside_each() -> None:
    other = {"name": "Other", "text": "50808"}
    first, second = help_lines([ALL, other], directory())
    assert (first.second.href, second.second.href) == ("sms:50808", "tel:116123")
    (alone,) = help_lines([ALL], directory())
    assert alone.second.href == directory().url


def test_the_page_says_it(ada: Person, hana: Person, ben_portal: Person) -> None:
    looked_twice(ada, hana)
    text = text_of(signed_in(ben_portal).get(URL))
    line = text[text.index('href="tel:116123"') : text.index("Get through")]
    assert "No answer?" in line and line.count(directory().url) == 2
    looked_twice(ada, hana, "shout")
    text = text_of(signed_in(ben_portal).get(URL))
    assert text.count('href="tel:116123"') == 2 and text.count('href="sms:85258?body=SHOUT"') == 2, "each has its button and is the other's second way"
    assert text.index('href="tel:999"') < text.index('href="tel:116123"') < text.index(directory().url)


@pytest.mark.django_db
def test_the_fullest_country_still_weighs_less_than_thirty_kilobytes(ada: Person, hana: Person, ben_portal: Person) -> None:
    fullest = max(countries(), key=lambda code: len(buttons_of(code)))
    for line in shipped_lines()[fullest]:
        if not line.hold:
            looked_twice(ada, hana, line.key, country=fullest)
    page = signed_in(ben_portal).get(URL, {"country": fullest})
    text = text_of(page)
    assert all(f'href="{href}"' in text for href in buttons_of(fullest)) and weight(page) < ALL_IN, weight(page)


def buttons_of(country: str) -> list[str]:
    return [each.href for line in shipped_lines()[country] if not line.hold and not line.is_emergency for each in buttons(line.facts)]
