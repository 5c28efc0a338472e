"""What was typed outlives a sign-in that ended meanwhile, and only for the person who typed it (case G16)."""

import hashlib
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
TEXT = "Dr Gray, Mill Lane. She said “come back”, <b>twice</b> & 'soon'. محمد 👩🏽‍🦱 " + "x" * 150
LOGIN = "/accounts/login/"
OURS = {"origin": "http://testserver"}


def form_for(person: Person, client: Client, **given: Any) -> dict[str, Any]:
    plain = {"scope": f"{person.membership.pk}:{client.pk}", "version": "1", "called": "Ben", "timezone": "Europe/London", "language": "en-gb", "gp": TEXT}
    return {**plain, **given}


def sign_in(browser: Browser, person: Person, leads: str) -> Any:
    return browser.post(LOGIN, {"login": person.user.email, "password": PASSWORD, "next": leads})


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.split("<main")[1])
    return {name: unescape(value) for name, value in found}


def gp_of(person: Person, client: Client) -> str:
    with acting_as(person.actor):
        return Client.objects.get(pk=client.pk).gp


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_after_signing_in_again_one_press_saves_the_whole_text(tara: Person, ben: Client) -> None:
    where, browser = reverse("clients:contact", args=[ben.pk]), Browser()
    answer = browser.post(where, form_for(tara, ben))
    assert answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN)
    sign_in(browser, tara, where)
    page = browser.get(where).content.decode()
    assert "Your text is here" in page and page.count("btn-l primary") == 1 and "<b>twice</b>" not in page
    fields = hidden_fields(page)
    assert digest(fields["gp"]) == digest(TEXT)
    assert browser.post(where, fields).status_code == 302
    assert digest(gp_of(tara, ben)) == digest(TEXT)
    assert "Your text is here" not in browser.get(where).content.decode(), "given back once"


def test_another_person_gets_nothing_of_it(tara: Person, sam: Person, ben: Client) -> None:
    where, browser = reverse("clients:contact", args=[ben.pk]), Browser()
    browser.post(where, form_for(tara, ben))
    sign_in(browser, sam, "/accounts/profile/")
    assert browser.get(where).status_code == 404 and "Mill Lane" not in browser.get("/accounts/profile/").content.decode()
    browser.post("/accounts/logout/")
    sign_in(browser, tara, where)
    assert "Your text is here" not in browser.get(where).content.decode()


def test_what_waits_is_sealed(tara: Person, ben: Client) -> None:
    browser = Browser()
    browser.post(reverse("clients:contact", args=[ben.pk]), form_for(tara, ben))
    assert "Mill Lane" not in str(dict(browser.session.items())) and browser.session["kept"]


def test_an_older_page_after_signing_in_in_another_tab_is_saved_by_one_press(tara: Person, ben: Client) -> None:
    """Signing in changes the form's token: from our own pages the text comes back at once, from anywhere else it is refused."""
    where, browser = reverse("clients:contact", args=[ben.pk]), Browser(enforce_csrf_checks=True)
    browser.force_login(tara.user)
    browser.get(where)
    page = browser.post(where, {**form_for(tara, ben), "csrfmiddlewaretoken": "x" * 64}, headers=OURS)
    text = page.content.decode()
    assert "Your text is here" in text and digest(hidden_fields(text)["gp"]) == digest(TEXT)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert token and gp_of(tara, ben) == ""
    assert browser.post(where, {**hidden_fields(text), "csrfmiddlewaretoken": token[1]}, headers=OURS).status_code == 302
    assert digest(gp_of(tara, ben)) == digest(TEXT)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_form_from_elsewhere_is_refused(tara: Person, ben: Client, origin: str) -> None:
    where, browser = reverse("clients:contact", args=[ben.pk]), Browser(enforce_csrf_checks=True)
    browser.force_login(tara.user)
    answer = browser.post(where, form_for(tara, ben), headers={"origin": origin} if origin else {})
    assert answer.status_code == 403 and "Mill Lane" not in answer.content.decode() and gp_of(tara, ben) == ""


def test_an_old_sign_in_page_says_to_send_it_once_more(tara: Person) -> None:
    answer = Browser(enforce_csrf_checks=True).post(LOGIN, {"login": "tara@example.org", "password": PASSWORD}, headers=OURS)
    text = answer.content.decode()
    assert answer.status_code == 403 and "Please send it once more" in text and PASSWORD not in text


def test_an_old_sign_in_page_of_somebody_who_is_signed_in_leads_on(tara: Person) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(tara.user)
    assert browser.post(LOGIN, {"login": "tara@example.org", "password": PASSWORD}, headers=OURS).headers["Location"] == "/"
