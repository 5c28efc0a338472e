"""Every address of the running URLconf, asked for by everybody who has no business there, by every method, with ids of somebody else's rows.

Nothing of the record comes back that its reader may not see, nothing in it changes, and what is somebody else's is the same page as what is not there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client as Browser
from django.urls import path
from django.utils import timezone

from access.acting import acting_as
from accounts.models import BrowserSession, Membership, User
from accounts.sessions import hash_key
from clients.models import Client
from core.gates import signed_in_view
from resilience_site.urls import urlpatterns as product
from tests import cast
from tests.access.addresses import Address, addresses, as_sent, attack_fields, filled, missing
from tests.access.canaries import Record, fill_record, found_in, of_client, put_canaries, row_hashes
from tests.cast import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
OTHER_METHODS = ("head", "put", "patch", "delete", "options", "trace")
STAFF_ONLY = ("therapy.SessionNote", "therapy.Amendment", "therapy.PrivateNote", "therapy.LogDraft", "therapy.TherapySession", "clients.CareAssignment")
# what the pages that are not about one client make: a stranger's form may carry the id of such a row
MADE_BY_STRANGERS = ("clients.Client", "accounts.Invitation", "clients.CheckIn", "homework.ExerciseRun", "homework.NotToday", "strengths.Supporter")
HERE = {"REMOTE_ADDR": "192.0.2.9"}  # so that the limits on tries are this test's own


@dataclass
class Attacker:
    """Somebody, how she comes in, where she is a stranger, and what she may read all the same; `at_home`: what is here is hers to work with by id.

    `may_change`: the tables that an address changes for her by right.
    """

    person: Person | None
    stranger_at: Callable[[Address], bool] = lambda address: True
    may_read: set[str] = field(default_factory=set)
    expired: bool = False
    at_home: bool = False
    may_change: dict[str, set[str]] = field(default_factory=dict)

    def browser(self) -> Browser:
        browser = Browser(raise_request_exception=False, **HERE)
        if self.person is not None:
            browser.force_login(self.person.user)
            if self.expired:
                BrowserSession.objects.filter(key_hash=hash_key(browser.session.session_key or "")).update(ends_at=timezone.now())
        return browser

    @property
    def id(self) -> Any:
        return self.person.user.pk if self.person else uuid4()

    def scopes(self, address: Address, record: Record, tara: Person) -> list[str]:
        """Her own membership's, as her pages would send it, and a forged one."""
        mine = [self.person.membership.pk] if self.person else []
        about = f":{record.client.pk}" if "client_id" in address.parameters else ""
        return [f"{membership}{about}" for membership in (*mine, tara.membership.pk)]


@dataclass
class Scene:
    record: Record
    tara: Person
    attackers: dict[str, Attacker]


@pytest.fixture
def scene(ada: Person, tara: Person, sam: Person, fay: Person, vera: Person, ben: Client, cleo: Client, ben_portal: Person, as_owner: Any) -> Scene:
    """Ben's record is full; each of these would like to see it."""
    fill_record(tara, ben, ben_portal)
    clinic = ada.membership.clinic
    other, omar = cast.clinic("Otherwell", "Omar")
    gone, ended = (cast.member(clinic, "therapist", name) for name in ("Gone", "Ended"))
    for person in (gone, ended):
        cast.assign(tara, person, ben)
    eva = cast.member(clinic, "admin", "Eva")
    cast.emergency(eva, ben)
    record = put_canaries(ben, as_owner)
    with as_owner():
        User.objects.filter(pk=gone.user.pk).update(is_active=False)
        Membership.objects.filter(pk=ended.membership.pk).update(active=False)
    notes = {canary.word for canary in record.canaries if canary.column.startswith(STAFF_ONLY)}
    authors = {canary.word for canary in record.canaries if canary.author}
    names = {canary.word for canary in record.canaries if canary.name}
    office = {"clients:end_emergency": {"clients_careassignment"}}
    attackers = {
        "anonymous": Attacker(None),
        "therapist of another clinic": Attacker(cast.member(other, "therapist", "Olu")),
        "not assigned": Attacker(sam),
        "another client": Attacker(cast.portal_sign_in(tara, cleo, "Cleo")),
        "supervisor": Attacker(vera, may_read=record.words(private=False) - authors),
        "admin in an emergency": Attacker(eva, lambda address: not address.gate.startswith("clinic:"), may_read=record.words(private=False) - authors),
        "admin of another clinic": Attacker(omar),
        "former": Attacker(fay),
        "admin": Attacker(ada, lambda address: not address.gate.startswith("clinic:")),
        "admin in the office": Attacker(ada, lambda address: address.gate.startswith("clinic:"), names, at_home=True, may_change=office),
        "deactivated": Attacker(gone),
        "role ended": Attacker(ended),
        "session expired": Attacker(tara, expired=True),
        "therapist on the portal": Attacker(tara, lambda address: address.gate == "portal", record.words(private=False)),
        "client at the desk": Attacker(ben_portal, lambda address: address.gate.startswith(("client:", "clinic:")), record.words() - notes),
    }
    return Scene(record, tara, attackers)


class Walk:
    """Counts the requests and gathers what is wrong: words that were read, rows that changed, pages that broke."""

    def __init__(self, scene: Scene, as_owner: Any) -> None:
        self.scene, self.as_owner, self.asked = scene, as_owner, 0
        self.leaks: list[str] = []
        self.writes: list[str] = []
        self.broken: list[str] = []
        self.before = self.hashes()

    @property
    def wrong(self) -> list[str]:
        return self.leaks + self.writes + self.broken

    def report(self, record_property: Callable[[str, int], None]) -> None:
        """For `make security`."""
        for name, figure in (("probes", self.asked), ("leaks", len(self.leaks)), ("foreign_writes", len(self.writes))):
            record_property(name, figure)

    def hashes(self) -> dict[tuple[str, str], str]:
        with self.as_owner():
            return row_hashes(of_client(self.scene.record.client))

    def visit(self, name: str, address: Address, *, every: bool) -> None:
        attacker = self.scene.attackers[name]
        if not attacker.stranger_at(address):
            return
        for ids in filled(address, self.scene.record, every=every):
            self.look(name, attacker, address, ids)
            self.write(name, attacker, address, ids, every=every)
        if every:
            for method in OTHER_METHODS:
                self.judge(name, attacker, address, method, self.ask(attacker.browser(), method, address.url(ids)))
        after = self.hashes()
        if after != self.before:
            tables = {table for (table, _id), _hash in after.items() ^ self.before.items()} - attacker.may_change.get(address.name, set())
            if tables:
                self.writes.append(f"{name} changed {sorted(tables)} at {address.name}")
            self.before = after

    def ask(self, browser: Browser, method: str, url: str, data: dict[str, Any] | None = None) -> Any:
        self.asked += 1
        return getattr(browser, method)(url, data) if data is not None else getattr(browser, method)(url)

    def look(self, name: str, attacker: Attacker, address: Address, ids: dict[str, Any]) -> None:
        browser = attacker.browser()
        answer = self.ask(browser, "get", address.url(ids))
        self.judge(name, attacker, address, "get", answer)
        if address.ids and not attacker.may_read:
            self.compare(name, address, "get", answer, self.ask(browser, "get", address.url(missing(address))))

    def write(self, name: str, attacker: Attacker, address: Address, ids: dict[str, Any], *, every: bool) -> None:
        record = self.scene.record
        for number, scope in enumerate(attacker.scopes(address, record, self.scene.tara)[: None if every else 1]):
            own_form = every and number == 0 and not address.gate.startswith("client:")  # a stranger's is refused before its form is read
            for new_id in [rows[0].pk for label, rows in record.rows.items() if label in MADE_BY_STRANGERS] if own_form else [record.client.pk]:
                fields = attack_fields(record, attacker.id, new_id) | {"scope": scope}
                answer = self.ask(attacker.browser(), "post", address.url(ids), fields)
                self.judge(name, attacker, address, "post", answer)
            if address.ids and not attacker.at_home:
                other = self.ask(attacker.browser(), "post", address.url(missing(address)), fields)
                self.compare(name, address, "post", answer, other)

    def judge(self, name: str, attacker: Attacker, address: Address, method: str, answer: Any) -> None:
        leaked = found_in(answer, self.scene.record.words() - attacker.may_read)
        if leaked:
            columns = {canary.column for canary in self.scene.record.canaries if canary.word in leaked}
            self.leaks.append(f"{name} reads {sorted(columns)} by {method} of {address.name}")
        if answer.status_code >= 500 and address.name != "readyz":
            self.broken.append(f"{name} gets {answer.status_code} by {method} of {address.name}")

    def compare(self, name: str, address: Address, method: str, foreign: Any, absent: Any) -> None:
        exact = foreign.status_code == absent.status_code == 404
        if as_sent(foreign, exact=exact) != as_sent(absent, exact=exact):
            codes = f"{foreign.status_code}, {absent.status_code}"
            self.leaks.append(f"{name} can tell somebody else's from what is not there by {method} of {address.name}: {codes}")


def test_a_stranger_sees_and_changes_nothing(scene: Scene, as_owner: Any, record_property: Any) -> None:
    """Each address with two of the strangers, in turn; all of them with `make test-full`."""
    walk, names = Walk(scene, as_owner), list(scene.attackers)
    for number, address in enumerate(addresses()):
        for name in (names[number % len(names)], names[(number + 5) % len(names)]):
            walk.visit(name, address, every=False)
    walk.report(record_property)
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.asked > 200


@pytest.mark.full
@pytest.mark.parametrize("number", range(15))
def test_every_stranger_at_every_address(number: int, scene: Scene, as_owner: Any, record_property: Any) -> None:
    walk, name = Walk(scene, as_owner), list(scene.attackers)[number]
    for address in addresses():
        walk.visit(name, address, every=True)
    walk.report(record_property)
    assert not walk.wrong, "\n".join(walk.wrong)
    assert walk.asked > 300 or not scene.attackers[name].stranger_at(Address("", "none", ()))


def test_there_is_something_to_see(scene: Scene) -> None:
    """The search works: whoever may read finds canaries, and finds no others."""
    record, seen = scene.record, {}
    for name, words in (("supervisor", record.words(private=False)), ("client at the desk", record.words())):
        attacker = scene.attackers[name]
        pages = [attacker.browser().get(address.url(ids)) for address in addresses() for ids in filled(address, record, every=True)]
        seen[name] = set().union(*(found_in(page, words) for page in pages))
    assert len(seen["supervisor"]) > 30 and len(seen["client at the desk"]) > 8
    assert seen["client at the desk"] & record.words(private=True)


@signed_in_view
def leaky(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What a view would be that forgot to ask: it works as the therapist whoever comes."""
    with acting_as(LEAK[0]):
        client = Client.objects.filter(pk=client_id).first()
        if client is None:
            raise Http404
        Client.objects.filter(pk=client_id).update(gp="changed")
        return HttpResponse(client.called)


LEAK: list[Any] = []
urlpatterns = [path("leaky/<uuid:client_id>/", leaky, name="leaky"), *product]


@pytest.mark.urls(__name__)
def test_the_walk_sees_a_leaky_view(scene: Scene, as_owner: Any) -> None:
    LEAK[:] = [scene.tara.actor]
    walk = Walk(scene, as_owner)
    for address in addresses():
        if address.name == "leaky":
            walk.visit("not assigned", address, every=False)
    said = "\n".join(walk.wrong)
    assert "reads ['clients.Client.called'] by get" in said and "can tell" in said and "changed ['clients_client']" in said
