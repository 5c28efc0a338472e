"""The caseload: my clients and nobody else's, what is new since we last met, a search that forgives accents."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from clients.services import record_check_in
from core.ids import uuid7
from tests import cast
from tests.cast import Person

pytestmark = pytest.mark.django_db
URL = "/caseload/"


def as_person(client: Browser, person: Person) -> Browser:
    client.force_login(person.user)
    return client


def asked(queries: CaptureQueriesContext) -> list[str]:
    """What a running web process would ask: a test's transaction is open already, so its gate makes a savepoint instead of beginning one."""
    return [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]


def page(client: Browser, person: Person, query: str = "") -> str:
    response = as_person(client, person).get(URL, {"q": query} if query else {})
    assert response.status_code == 200
    return response.content.decode()


def test_shows_my_clients_and_nobody_elses(client: Browser, tara: Person, ben: Client, cleo: Client, dana: Client) -> None:
    html = page(client, tara)
    assert "Ben" in html and "Cleo" in html
    assert "Dana" not in html


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu"])
def test_outsiders_find_none_of_them(client: Browser, outsider: str, request: pytest.FixtureRequest, ben: Client) -> None:
    assert "Ben" not in page(client, request.getfixturevalue(outsider))


def test_a_supervisees_clients_are_found_and_stand_on_their_own_page(client: Browser, vera: Person, ben: Client) -> None:
    mine = page(client, vera)
    assert "Ben" not in mine and "/supervision/" in mine
    assert "Ben" in as_person(client, vera).get(URL, {"q": "ben"}).content.decode()


def test_a_client_and_an_admin_have_no_caseload(client: Browser, ben_portal: Person, ada: Person) -> None:
    assert as_person(client, ben_portal).get(URL).status_code == 404
    assert as_person(client, ada).get(URL).status_code == 404


def test_nobody_is_sent_to_the_sign_in(client: Browser) -> None:
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("query", ["zoë", "zoe", "ZOE", "o'b"])
def test_search_forgives_accents_and_case(client: Browser, tara: Person, ben: Client, query: str) -> None:
    cast.client_of(tara, "Zoë O'Brien")
    html = page(client, tara, query)
    assert "O&#x27;Brien" in html
    assert ">Ben<" not in html


def test_search_that_finds_nobody_says_so(client: Browser, tara: Person, ben: Client) -> None:
    html = page(client, tara, "<script>")
    assert "0 clients found" in html
    assert "<script>”" not in html
    assert "Nothing new since" not in html and "0 of 0" not in html  # what is true of nobody is not said


def test_a_check_in_is_something_new(client: Browser, tara: Person, ben: Client, cleo: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=2, by=ben_portal.actor)
    html = page(client, tara)
    assert "One check-in: 2 of 5." in html
    assert html.index("Something new") < html.index("Ben") < html.index("Nothing new") < html.index("Cleo")


def test_what_she_keeps_to_herself_is_no_news(client: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=2, by=ben_portal.actor, visibility="only_me")
    html = page(client, tara)
    assert "check-in" not in html
    assert "Something new" not in html


def test_as_many_statements_for_one_client_as_for_many(client: Browser, tara: Person, ben: Client) -> None:
    as_person(client, tara).get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for number in range(8):
        cast.client_of(tara, f"Number {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(asked(one)) == len(asked(many)) <= 14, asked(many)


def test_first_use_offers_the_first_step(client: Browser, tara: Person) -> None:
    html = page(client, tara)
    assert "No clients yet" in html
    assert reverse("clients:add") in html
