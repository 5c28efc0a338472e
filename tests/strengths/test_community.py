"""The directory: its wall, its services, and both sides' pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client
from core.errors import Refused
from core.ids import uuid7
from strengths.community import KINDS, kinds, needs
from strengths.models import CommunityService, Supporter
from strengths.services.community import add_service, check_service, put_on_map, put_service_away
from tests import cast
from tests.cast import Person
from tests.clients.test_screen_people import scope
from tests.portal.driving import signed_in

pytestmark = pytest.mark.django_db
ABOUT: dict[str, Any] = {"name": "Warm Room", "kind": "community_service", "needs": ["food", "company"], "area": "North", "staff_note": "ask for Jo"}
MINE = "/portal/people/services/"


def service(who: Person, **about: Any) -> CommunityService:
    with acting_as(who.actor):
        return add_service(new_id=uuid7(), zone="Europe/London", by=who.actor, **{**ABOUT, **about})


def text_of(who: Person, url: str = "/directory/") -> str:
    page = signed_in(who).get(url)
    assert page.status_code == 200, url
    return page.content.decode()


def test_kinds_and_needs_are_known() -> None:
    assert list(kinds()) == list(KINDS) and len(needs()) >= 10


def test_staff_keep_it_and_the_trail_says_who(ada: Person, tara: Person, as_owner: Callable[[], Any]) -> None:
    made = service(tara)
    fields = {"new_id": str(uuid7()), **ABOUT, "name": "Choir", "kind": "group"}
    for _twice in range(2):
        assert signed_in(ada).post("/directory/add/", {**scope(ada), **fields}).status_code == 302
    assert signed_in(ada).post(f"/directory/{made.pk}/", {**scope(ada), **ABOUT, "version": 1, "phone": "020 7946 0958"}).status_code == 302
    text = text_of(tara)
    assert "Warm Room" in text and "Choir" in text and 'href="tel:02079460958"' in text and "ask for Jo" in text
    with as_owner():
        assert CommunityService.objects.count() == 2
        assert set(AuditEvent.objects.filter(verb__startswith="service_").values_list("verb", "actor_id")) == {
            ("service_added", tara.user.pk), ("service_added", ada.user.pk), ("service_changed", ada.user.pk)
        }  # fmt: skip


def test_a_stale_edit_shows_both_texts_and_a_wrong_one_keeps_what_was_typed(ada: Person, tara: Person) -> None:
    url = f"/directory/{service(tara).pk}/"
    send = {**scope(tara), **ABOUT, "version": 1}
    assert signed_in(tara).post(url, {**send, "address": "1 Lane"}).status_code == 302
    answer = signed_in(tara).post(url, {**send, "address": "2 Road"})
    assert answer.status_code == 409 and "1 Lane" in (text := answer.content.decode()) and "2 Road" in text
    assert signed_in(tara).post(url, {**send, "address": "2 Road", "version": 2}).status_code == 302
    for field, typed in (("website", "javascript:alert(1)"), ("email", "nobody"), ("kind", "family"), ("needs", "gold"), ("name", "")):
        answer = signed_in(tara).post(url, {**send, "version": 3, "for_whom": "kept text", field: typed})
        assert answer.status_code == 200 and "kept text" in answer.content.decode() and answer.context["form"].errors[field], field


def test_search_and_filters(tara: Person) -> None:
    service(tara)
    service(tara, name="Choir", kind="group", needs=["making"], area="South")
    for query, hit in (("q=warm", "Warm"), ("need=making", "Choir"), ("kind=group", "Choir"), ("area=South", "Choir")):
        text = text_of(tara, f"/directory/?{query}")
        assert (">Warm Room<" in text, ">Choir<" in text) == (hit == "Warm", hit == "Choir"), query
    assert "Nothing fits this search." in text_of(tara, "/directory/?q=zzz") and "Warm Room" in text_of(tara, "/directory/?need=gold")


def test_it_is_stale_after_180_days_until_somebody_looks(tara: Person, ben_portal: Person) -> None:
    made = service(tara)
    service(tara, name="Aardvark Club")
    with time_machine.travel(timezone.now() + timedelta(days=179), tick=False):
        assert "look again" not in text_of(tara) and "Last checked" not in text_of(ben_portal, MINE)
    with time_machine.travel(timezone.now() + timedelta(days=181), tick=False):
        assert text_of(tara).count("look again") == 2 and text_of(ben_portal, MINE).count("It may have changed.") == 2
        assert signed_in(tara).post(f"/directory/{made.pk}/checked/", scope(tara)).status_code == 302
        assert text_of(tara).count("look again") == 1
        text = text_of(ben_portal, MINE)
        assert text.index("Warm Room") < text.index("Aardvark Club"), "what is not stale stands first"


def test_put_away_it_is_in_no_list_and_comes_back(tara: Person, ben_portal: Person) -> None:
    made = service(tara)
    url = f"/directory/{made.pk}/away/"
    assert signed_in(tara).post(url, {**scope(tara), "away": "yes"}).status_code == 302
    assert "Warm Room" not in text_of(tara) and "Warm Room" in text_of(tara, "/directory/?away=on") and "Warm Room" not in text_of(ben_portal, MINE)
    with acting_as(ben_portal.actor):
        assert not CommunityService.objects.filter(pk=made.pk).exists(), "the wall says so too"
    signed_in(tara).post(url, {**scope(tara), "away": "no"})
    assert "Warm Room" in text_of(tara) and "Warm Room" in text_of(ben_portal, MINE)


def test_a_client_finds_one_by_need_and_never_the_note(tara: Person, ben: Client, ben_portal: Person) -> None:
    service(tara)
    service(tara, name="Choir", needs=["making"])
    text = text_of(ben_portal, MINE)
    assert "Warm Room" in text and "ask for Jo" not in text
    assert "Warm Room" not in (text := text_of(ben_portal, f"{MINE}?need=making")) and "Choir" in text
    for column in ("staff_note", "checked_by_id", "created_by_id"):
        with pytest.raises(DatabaseError), acting_as(ben_portal.actor):
            list(CommunityService.objects.values_list(column, flat=True))
    with acting_as(ben_portal.actor):
        assert CommunityService.objects.values_list("name", flat=True).count() == 2


def test_one_tap_puts_it_on_the_map_never_twice(tara: Person, ben: Client, ben_portal: Person, as_owner: Callable[[], Any]) -> None:
    made, other = service(tara), service(tara, name="Choir")
    url = f"/clients/{ben.pk}/people/from-directory/"
    staff = {"scope": f"{tara.membership.pk}:{ben.pk}", "service": str(made.pk)}
    for new_id in (first := str(uuid7()), first, str(uuid7())):
        assert signed_in(tara).post(url, {**staff, "new_id": new_id}).status_code == 302
    assert "On the map" in text_of(tara, url) and "On your map" in text_of(ben_portal, MINE)
    for new_id in (second := str(uuid7()), second, str(uuid7())):
        mine = {"scope": f"{ben_portal.membership.pk}:{ben.pk}", "service": str(other.pk), "new_id": new_id}
        assert signed_in(ben_portal).post(f"{MINE}put/", mine).status_code == 302
    with as_owner():
        assert set(Supporter.objects.values_list("name", "kind", "ring")) == {("Warm Room", "community_service", 3), ("Choir", "community_service", 3)}
        assert Supporter.objects.count() == 2


def test_not_by_a_stranger_nor_with_what_is_not_there(tara: Person, sam: Person, vera: Person, ben: Client, olu: Person, ben_portal: Person) -> None:
    made, url = service(olu), f"/clients/{ben.pk}/people/from-directory/"
    staff = {"scope": f"{tara.membership.pk}:{ben.pk}", "new_id": str(uuid7())}
    for service_id in (str(made.pk), str(uuid7()), "x", ""):
        assert signed_in(tara).post(url, {**staff, "service": service_id}).status_code == 404
    assert signed_in(sam).get(url).status_code == 404
    assert signed_in(tara).get(f"/directory/{made.pk}/").status_code == 404 and "Warm Room" not in text_of(tara) + text_of(ben_portal, MINE)
    assert signed_in(ben_portal).get("/directory/").status_code in (403, 404)


def test_the_wall_keeps_clients_from_writing(tara: Person, ben: Client, ben_portal: Person, as_owner: Callable[[], Any]) -> None:
    made = service(tara)
    for act in (lambda: service(ben_portal), lambda: check_service(service=made, zone="Europe/London", by=ben_portal.actor)):
        with pytest.raises(DatabaseError), acting_as(ben_portal.actor):
            act()
    with pytest.raises(DatabaseError), acting_as(ben_portal.actor):
        put_service_away(service=made, away=True, by=ben_portal.actor)
    with pytest.raises(Refused), acting_as(tara.actor):
        put_on_map(service=CommunityService(name=" "), client=ben, new_id=uuid7(), by=tara.actor)
    with as_owner():
        assert CommunityService.objects.get().retired_at is None


def test_another_clinics_directory_is_its_own(tara: Person, olu: Person) -> None:
    service(tara)
    assert "Warm Room" not in text_of(olu) and "Warm Room" in text_of(tara)
    other = cast.clinic("Thirdwell", "Omi")[1]
    assert "Nothing here yet." in text_of(other)
