"""/clinic/settings/lines/: the office checks, therapists read, and what was typed is never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.html import escape

from safety.content import shipped_lines
from safety.models import LineCheck
from tests.cast import Person
from tests.clients.test_screen_people import scope as scope_of
from tests.portal.driving import signed_in
from tests.safety.looking import facts_of, look, looked_twice

pytestmark = pytest.mark.django_db
LIST, PAGE = "/clinic/settings/lines/", "/clinic/settings/lines/GB/samaritans/"


def text_of(who: Person, url: str = LIST) -> str:
    page = signed_in(who).get(url)
    assert page.status_code == 200, url
    return page.content.decode()


def sent(who: Person, url: str = PAGE, **said: Any) -> Any:
    """The form as the page gives it, with what is said put in."""
    browser = signed_in(who)
    form = browser.get(url).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    return browser.post(url, {**scope_of(who), **fields, "how": "called", "found": "right", **said})


def test_the_list_says_what_each_state_means_and_what_help_now_shows(ada: Person, hana: Person) -> None:
    text = text_of(ada)
    assert "No line is checked" in text and "Draft: not checked" in text and "Never add one." in text
    assert all(escape(line.facts["name"]) in text for line in shipped_lines()["GB"])
    look(ada)
    assert "Draft: one check, one more is needed" in text_of(ada)
    look(hana)
    text = text_of(ada)
    assert "Help now shows 1 checked line." in text and "Checked, until" in text
    assert "which is not the clinic’s own country" in text_of(ada, f"{LIST}?country=IE")


def test_a_check_through_the_page(ada: Person, as_owner: Callable[[], Any]) -> None:
    answer = sent(ada, note="Anna answered")
    assert answer.status_code == 302
    text = text_of(ada, PAGE)
    assert "Anna answered" in text and "I called it" in text and escape(ada.user.name) in text
    with as_owner():
        check = LineCheck.objects.get()
        assert (check.created_by_id, check.is_right, check.line.facts) == (ada.user.pk, True, facts_of()), "unchanged values correct nothing"


def test_a_correction_through_the_page(ada: Person, hana: Person) -> None:
    looked_twice(ada, hana)
    assert sent(ada, call="0800 111", chat="https://www.samaritans.org/chat", free="no").status_code == 302
    text = text_of(ada, PAGE)
    assert "Draft: one check, one more is needed" in text and text.count("it does not count any more") == 2
    assert "values put right here" in text_of(ada)
    assert sent(hana, found="wrong").status_code == 302
    assert "Found wrong on" in text_of(ada)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("call", "call me", "Digits, blanks"),
        ("call", "", "Without a number or a chat nobody is reached."),
        ("chat", "http://example.org", "A whole address"),
        ("chat", "javascript:alert(1)", "A whole address"),
        ("text_word", "HI", "This is needed beside"),
        ("sms_callback", "4050", "This is needed beside"),
        ("languages", "English", "Codes of two or three letters"),
        ("how", "guessed", "not one of the available choices"),
        ("name", "", "This field is required"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(ada: Person, as_owner: Callable[[], Any], field: str, typed: str, said: str) -> None:
    answer = sent(ada, note="my note", **{field: typed})
    text = answer.content.decode()
    assert answer.status_code == 200 and said in text and "my note" in text
    assert escape(typed) in text or field == "how"
    with as_owner():
        assert not LineCheck.objects.exists()


def test_a_stale_form_shows_both_texts(ada: Person, hana: Person) -> None:
    look(ada, facts=facts_of(call="0800 111"))
    answer = sent(hana, version="1", call="0800 222")
    text = answer.content.decode()
    assert answer.status_code == 409 and "0800 111" in text and "0800 222" in text
    again = {name: answer.context["form"][name].value() or "" for name in answer.context["form"].fields}
    assert again["version"] == 2 and sent(hana, **again).status_code == 302
    assert "0800 222" in text_of(ada, PAGE)


def test_a_held_line_shows_its_reason_and_no_form(ada: Person) -> None:
    line = next(line for lines in shipped_lines().values() for line in lines if line.hold)
    url = f"{LIST}{line.country}/{line.key}/"
    assert escape(line.hold) in text_of(ada, f"{LIST}?country={line.country}")
    assert escape(line.hold) in (text := text_of(ada, url)) and "Save this check" not in text
    assert signed_in(ada).post(url, scope_of(ada)).status_code == 404


def test_an_emergency_number_has_no_values_to_change(ada: Person) -> None:
    url = f"{LIST}GB/emergency-999/"
    assert 'name="call"' not in text_of(ada, url)
    assert sent(ada, url, call="1").status_code == 302 and "Draft: one check" in text_of(ada)


def test_therapists_read_and_clients_do_not(ada: Person, tara: Person, ben_portal: Person) -> None:
    look(ada, note="Anna answered")
    assert "Samaritans" in text_of(tara) and "Anna answered" in (text := text_of(tara, PAGE)) and "Save this check" not in text and "116 123" in text
    assert "Save this check" in text_of(ada, PAGE)
    assert signed_in(tara).post(PAGE, scope_of(tara)).status_code == 404
    assert signed_in(ben_portal).get(LIST).status_code in (403, 404)
    assert signed_in(ada).get(f"{LIST}GB/no-such-line/").status_code == 404 == signed_in(ada).get(f"{LIST}XX/samaritans/").status_code


def test_the_set_up_asks_for_a_checked_line(ada: Person, hana: Person) -> None:
    step = "At least one checked crisis line"
    assert step in text_of(ada, "/clinic/settings/") and LIST in text_of(ada, "/clinic/settings/")
    looked_twice(ada, hana, "emergency-999")
    assert step in text_of(ada, "/clinic/settings/")
    looked_twice(ada, hana)
    assert step not in text_of(ada, "/clinic/settings/")
