"""Clients from a file (case G21): every alphabet and separator, days that can be read in two ways, doubles, and once however often it is sent."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from audit.models import AuditEvent
from clients.csv_file import MOST_BYTES, MOST_ROWS, table_of, text_of
from clients.forms.importing import headings
from clients.models import CareAssignment, Client, Episode
from clients.models.client import Status
from clients.services.importing import NewClient, import_clients
from core.errors import Refused
from core.ids import uuid7
from tests.cast import Person
from tests.clients.test_screen_people import scope

pytestmark = pytest.mark.django_db
HEAD = "called,legal_name,birth_date,email,started_on,therapist"
MIRA = "Mira,Mirabel O'Çelik,1990-05-17,mira@example.org,2026-04-13,tara@example.org"


class Desk(Browser):
    """Somebody's browser, whose forms name her membership."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.force_login(person.user)
        self.scope = scope(person)


@pytest.fixture
def desk(ada: Person, tara: Person) -> Desk:
    return Desk(ada)


def look(desk: Desk, text: str = "", *, content: bytes | None = None, new_id: Any = None, **more: str) -> Any:
    fields: dict[str, Any] = {"text": text, "days": "", **desk.scope, "new_id": str(new_id or uuid7()), **more}
    if content is not None:
        fields["file"] = SimpleUploadedFile("clients.csv", content, "text/csv")
    return desk.post(reverse("clients:import"), fields)


def clients(as_owner: Callable[[], Any]) -> list[Client]:
    with as_owner():
        return list(Client.objects.order_by("called"))


# ---- the file


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_every_alphabet_and_separator(alphabet: str, separator: str) -> None:
    content = f'called{separator}gp\r\nÅsa{separator}"Dr Müller\r\nHigh Street {separator}"\r\n'.encode(alphabet)
    text, supposed = text_of(content)
    (line,) = table_of(text, headings(), ["called"]).lines
    assert line.cells == {"called": "Åsa", "gp": f"Dr Müller\r\nHigh Street {separator}".strip()} and line.number == 2
    assert supposed is (alphabet == "cp1252")


def test_the_line_of_a_wrong_letter_and_of_a_stray_quote_is_named() -> None:
    with pytest.raises(Refused, match="Line 3 "):
        text_of(b"called\nAnn\n\x81\xff\n")
    with pytest.raises(Refused, match="Line 4:"):
        table_of('called,gp\n"An\nn",x\nBo,"x"y\n', headings(), ["called"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing in it"),
        ("called\n", "no line below"),
        ("name of the cat\nTom\n", "No column is called “called”"),
        ("called,Called\nA,B\n", "Two columns mean the same"),
        ("called\n" + "Ann\n" * (MOST_ROWS + 1), "at most 500"),
    ],
    ids=["empty", "headings", "other", "twice", "long"],
)
def test_what_cannot_be_imported_at_all(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        table_of(text, headings(), ["called"])


def test_a_large_file_is_refused() -> None:
    with pytest.raises(Refused, match="larger than 1 MB"):
        text_of(b"x" * (MOST_BYTES + 1))
    assert text_of(b"x" * MOST_BYTES)


# ---- looking at it


def test_looking_writes_nothing(desk: Desk, as_owner: Callable[[], Any]) -> None:
    page = look(desk, f"{HEAD},shoe size\n{MIRA},39\nTom,,,,,,\n").content.decode()
    assert "shoe size" in page and "Add these 2 clients" in page and "waits for a therapist" in page
    assert clients(as_owner) == []


def test_each_problem_is_named_with_its_line(desk: Desk, as_owner: Callable[[], Any]) -> None:
    lines = [
        "Ann,,03/04/1990,,,",
        "Bo,,,not an address,,",
        ",,,,,",
        "Cy,,,,,nobody@example.org",
        "Di,,2190-01-01,,,",
        "Ed,too,many,,,,x",
        "\x01,,,,,",
        "Fay,,,,,",
    ]
    page = look(desk, "\n".join([HEAD, *lines])).content.decode()
    for said in ("Line 2<", "two ways", "Line 3<", "Line 5<", "nobody’s address", "Line 6<", "lies in the future", "Line 7<", "7 columns", "Line 8<"):
        assert said in page, said
    assert "Line 4<" not in page  # empty cells only: no client
    assert "Add this client" in page and clients(as_owner) == []


@pytest.mark.parametrize(("order", "month"), [("day", 4), ("month", 3)], ids=["day", "month"])
def test_a_day_read_in_two_ways_is_read_as_said(desk: Desk, as_owner: Callable[[], Any], order: str, month: int) -> None:
    look(desk, f"{HEAD}\nAnn,,03/04/1990,,,\n", days=order, add="yes")
    assert [client.birth_date for client in clients(as_owner)] == [date(1990, month, 7 - month)]


def test_what_was_typed_stays(desk: Desk) -> None:
    for page in (look(desk, "cat\nTom &\n"), look(desk, content=b"called;gp\nAnn;x\n")):
        assert "Tom &amp;" in page.content.decode() or "Ann;x" in page.content.decode()


# ---- adding


def add(desk: Desk, text: str, new_id: Any = None) -> Any:
    return look(desk, text, new_id=new_id, add="yes")


def test_a_client_with_a_therapist_is_in_care_and_one_without_waits(desk: Desk, tara: Person, as_owner: Callable[[], Any]) -> None:
    answer = add(desk, f"{HEAD}\n{MIRA}\n=1+1,@x,,,2026-01-02,\n")
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("clients:care")
    odd, mira = clients(as_owner)
    assert (odd.called, odd.legal_name, odd.status) == ("=1+1", "@x", Status.WAITING)
    assert (mira.legal_name, mira.status, mira.started_on) == ("Mirabel O'Çelik", Status.ACTIVE, date(2026, 4, 13))
    with acting_as(tara.actor):
        assert [client.called for client in Client.objects.all()] == ["Mira"]
    with as_owner():
        assert [episode.client_id for episode in Episode.objects.all()] == [mira.pk] == [care.client_id for care in CareAssignment.objects.all()]
        assert AuditEvent.objects.filter(verb="client_imported").count() == 2


def test_sent_again_it_writes_nothing(desk: Desk, as_owner: Callable[[], Any]) -> None:
    new_id, text = uuid7(), f"{HEAD}\nTom,,,,,\nTom,,,,,\n{MIRA}\n"
    for _time in range(2):
        assert "3 clients are here now" in desk.get(add(desk, text, new_id).headers["Location"]).content.decode()
    assert [client.called for client in clients(as_owner)] == ["Mira", "Tom", "Tom"]
    add(desk, f"{HEAD}\nAnn,,,,,\nTom,,,,,\n", new_id)  # mended after Back: whoever is new is added, whoever is there is not
    assert [client.called for client in clients(as_owner)] == ["Ann", "Mira", "Tom", "Tom"]


def test_somebody_who_is_here_is_left_out(desk: Desk, ben: Client, as_owner: Callable[[], Any]) -> None:
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(email="ben@example.org", legal_name="Benedikt Öz", birth_date="1980-02-03")
    alike = ["Be,,,BEN@example.org,,", "benedikt  oz,,1980-02-03,,,", f"{MIRA}", "M,mirabel o'çelik,1990-05-17,,,"]
    page = look(desk, "\n".join([HEAD, *alike])).content.decode()
    assert "Add this client" in page and page.count("is <bdi>Ben</bdi>") == 2 and page.count("is <bdi>Mira</bdi>") == 1
    add(desk, "\n".join([HEAD, *alike]))
    assert [client.called for client in clients(as_owner)] == ["Ben", "Mira"]
    other = "benedikt oz,,1980-02-04,,,"  # another day: somebody else
    assert "Add this client" in look(desk, f"{HEAD}\n{other}").content.decode()


def test_nothing_is_written_when_a_therapist_left_meanwhile(ada: Person, as_owner: Callable[[], Any]) -> None:
    contact = {"called": "Ann", "timezone": "Europe/London"}
    people = [NewClient(uuid7(), contact, date(2026, 1, 2), None), NewClient(uuid7(), contact, date(2026, 1, 2), uuid7())]
    with pytest.raises(Refused), acting_as(ada.actor):
        import_clients(people=people, by=ada.actor)
    assert clients(as_owner) == []


def test_only_the_office(tara: Person, ben_portal: Person) -> None:
    for person in (tara, ben_portal):
        browser = Desk(person)
        assert look(browser, f"{HEAD}\n{MIRA}\n").status_code == 404 == browser.get(reverse("clients:import_template")).status_code


def test_the_template_can_be_imported(desk: Desk, as_owner: Callable[[], Any]) -> None:
    template = desk.get(reverse("clients:import_template"))
    head, _break = template.content.decode("utf-8-sig").split("\r\n")
    assert template.headers["Content-Disposition"].startswith("attachment")
    add(desk, f"{head}\nAnn{',' * head.count(',')}\n")
    assert [client.called for client in clients(as_owner)] == ["Ann"]
