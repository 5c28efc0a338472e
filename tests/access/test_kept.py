"""What was typed survives a session that ended (CASES G16 b): given back to the same person alone, whole, saved by one press."""

import hashlib
import time
from html.parser import HTMLParser
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client as Browser
from django.urls import path

from access.kept import KEEP_AT_MOST, KEEP_SECONDS
from access.permissions import Permission
from accounts.models import BrowserSession
from accounts.sessions import SessionStore
from clients.gates import client_view
from clients.models import Client
from resilience_site.errors import server_error
from resilience_site.urls import urlpatterns as product
from tests.cast import PASSWORD, Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
TEXT = ('She said: "it\'s <b>fine</b> & so on"\r\n\r\n\tno </textarea> {{ here }} — žluťoučký 🌱 مرحبا ' * 40)[:2998] + " \n"
SAVED: list[str] = []
BROKEN: list[Exception] = []
OURS = {"HTTP_ORIGIN": "http://testserver"}


@client_view(Permission.CONTACT_READ)
def note(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method == "POST" and BROKEN:
        raise BROKEN[0]
    if request.method == "POST":
        SAVED.append(request.POST["text"])
    return HttpResponse(get_token(request))


handler500 = server_error
urlpatterns = [path("probe/<uuid:client_id>/note/", note), *product]


class Form(HTMLParser):
    """The hidden fields of a page's last form, as a browser would send them again, and where to."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.action = ""
        self.feed(page.decode().replace("\r\n", "\n"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields, self.action = {}, values.get("action", "")
        elif tag == "input" and values.get("type") == "hidden":
            self.fields[values["name"]] = values["value"].replace("\n", "\r\n")


def sha(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def sign_in(browser: Browser, person: Person, then: str = "/") -> Any:
    door = Form(browser.get(f"/accounts/login/?next={then}").content)
    fields = {**door.fields, "login": person.user.email, "password": PASSWORD, "next": then}
    answer = browser.post("/accounts/login/", fields, **OURS)
    assert answer.status_code == 302, answer.content
    return answer


@pytest.fixture
def tab(tara: Person, ben: Client) -> dict[str, Any]:
    """Tara has the form of a note open and has typed 3,000 characters."""
    SAVED.clear()
    BROKEN.clear()
    browser = Browser(enforce_csrf_checks=True)
    sign_in(browser, tara)
    address = f"/probe/{ben.pk}/note/"
    token = browser.get(address).content.decode()
    form = {"csrfmiddlewaretoken": token, "scope": f"{tara.membership.pk}:{ben.pk}", "text": TEXT, "new_id": "kept as well"}
    return {"browser": browser, "address": address, "form": form}


def leave(browser: Browser) -> None:
    """Another tab signs out; the cookies are one browser's."""
    fields = Form(browser.get("/accounts/logout/").content).fields
    assert browser.post("/accounts/logout/", fields, **OURS).status_code == 302


def press(browser: Browser, page: Any, address: str) -> None:
    form = Form(page.content)
    assert form.action == address and form.fields["new_id"] == "kept as well"
    assert browser.post(form.action, form.fields, **OURS).status_code == 200


def test_signed_out_meanwhile_and_in_again_one_press_saves_it(tab: dict[str, Any], tara: Person) -> None:
    browser, address = tab["browser"], tab["address"]
    leave(browser)
    answer = browser.post(address, tab["form"], **OURS)
    assert answer.status_code == 302 and answer.headers["Location"] == f"/accounts/login/?next={address}" and not SAVED
    assert sign_in(browser, tara, address).headers["Location"] == address
    page = browser.get(address)
    assert "Your text is here" in page.content.decode()
    press(browser, page, address)
    assert [sha(text) for text in SAVED] == [sha(TEXT)]
    assert "Your text" not in browser.get(address).content.decode(), "given back once"


def test_signed_out_and_in_in_another_tab_the_old_form_shows_its_text(tab: dict[str, Any], tara: Person) -> None:
    """The token of the old form is stale by then: never a bare 403."""
    browser, address = tab["browser"], tab["address"]
    leave(browser)
    sign_in(browser, tara)
    page = browser.post(address, tab["form"], **OURS)
    assert page.status_code == 200 and "Your text is here" in page.content.decode() and not SAVED
    press(browser, page, address)
    assert [sha(text) for text in SAVED] == [sha(TEXT)]


def test_cookies_gone_and_signed_out_it_still_comes_back(tab: dict[str, Any], tara: Person) -> None:
    """A browser that dropped its cookies sends no matching token either."""
    browser, address = tab["browser"], tab["address"]
    browser.cookies.clear()
    assert browser.post(address, tab["form"], **OURS).headers["Location"] == f"/accounts/login/?next={address}"
    sign_in(browser, tara, address)
    press(browser, browser.get(address), address)
    assert [sha(text) for text in SAVED] == [sha(TEXT)]


def sent_and_broke(tab: dict[str, Any], error: Exception, **headers: str) -> Any:
    BROKEN.append(error)
    tab["browser"].raise_request_exception = False
    page = tab["browser"].post(tab["address"], tab["form"], **OURS, **headers)
    BROKEN.clear()
    assert page.status_code == 500 and "She said" not in page.content.decode() and not SAVED
    return page


def test_a_form_that_broke_gives_its_text_back(tab: dict[str, Any]) -> None:
    page = sent_and_broke(tab, ValueError("broken"))
    assert f'href="{tab["address"]}"' in page.content.decode()
    press(tab["browser"], tab["browser"].get(tab["address"]), tab["address"])
    assert [sha(text) for text in SAVED] == [sha(TEXT)]
    assert "Your text" not in tab["browser"].get(tab["address"]).content.decode(), "given back once"


def test_the_page_promises_nothing_when_nothing_could_be_kept(tab: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is away, or the sign-in has ended meanwhile; an autosave's page still holds its text."""
    assert "kept" not in sent_and_broke(tab, ValueError("broken"), HTTP_X_AUTOSAVE="1").content.decode()
    for error in (OperationalError, UpdateError):
        with monkeypatch.context() as patched:
            patched.setattr(SessionStore, "save", Mock(side_effect=error))
            assert "kept" not in sent_and_broke(tab, ValueError("broken")).content.decode()
    assert "Your text" not in tab["browser"].get(tab["address"]).content.decode()


def test_another_person_gets_nothing(tab: dict[str, Any], vera: Person, tara: Person) -> None:
    """Not on that page, not on another, not in a refusal; and what was kept is gone with her coming."""
    browser, address = tab["browser"], tab["address"]
    leave(browser)
    browser.post(address, tab["form"], **OURS)
    sign_in(browser, vera, address)
    pages = [browser.get(address), browser.get("/accounts/password/change/"), browser.post(address, tab["form"], **OURS)]
    assert [page.status_code for page in pages] == [200, 200, 403]
    assert not any("textarea" in page.content.decode() or "žlu" in page.content.decode() for page in pages)
    leave(browser)
    sign_in(browser, tara, address)
    assert "Your text" not in browser.get(address).content.decode() and not SAVED


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_form_from_elsewhere_is_refused_bare(origin: str, tab: dict[str, Any]) -> None:
    browser, address = tab["browser"], tab["address"]
    headers = {"HTTP_ORIGIN": origin} if origin else {}
    forged = {**tab["form"], "csrfmiddlewaretoken": "x" * 64}
    for signed_in in (True, False):
        page = browser.post(address, forged, **headers)
        assert page.status_code == 403 and b"She said" not in page.content and not SAVED
        assert "kept" not in browser.session
        if signed_in:
            leave(browser)


def test_what_is_kept_is_sealed(tab: dict[str, Any], as_owner: Any) -> None:
    leave(tab["browser"])
    tab["browser"].post(tab["address"], tab["form"], **OURS)
    stored = [SessionStore().decode(session.data) for session in BrowserSession.objects.all()]
    assert any("kept" in each for each in stored) and "She said" not in str(stored) and str(tab["form"]["new_id"]) not in str(stored)


def test_it_is_kept_for_a_day(tab: dict[str, Any], tara: Person) -> None:
    browser, address = tab["browser"], tab["address"]
    leave(browser)
    browser.post(address, tab["form"], **OURS)
    sign_in(browser, tara, address)
    with time_machine.travel(time.time() + KEEP_SECONDS + 60):
        assert "Your text" not in browser.get(address).content.decode()


@pytest.mark.parametrize(
    "change",
    [{"text": "x" * (KEEP_AT_MOST + 1)}, {"scope": "rough"}, {"scope": "00000000-0000-7000-8000-000000000000"}],
    ids=["too long", "without its scope", "of a membership nobody has"],
)
def test_what_is_not_kept_sends_to_the_door_all_the_same(change: dict[str, str], tab: dict[str, Any]) -> None:
    leave(tab["browser"])
    assert tab["browser"].post(tab["address"], {**tab["form"], **change}, **OURS).status_code == 302
    assert "kept" not in tab["browser"].session


def test_an_autosave_is_not_kept(tab: dict[str, Any]) -> None:
    """Its page still holds the text and says that it is not saved."""
    leave(tab["browser"])
    tab["browser"].post(tab["address"], tab["form"], **OURS, HTTP_X_AUTOSAVE="1")
    assert "kept" not in tab["browser"].session
