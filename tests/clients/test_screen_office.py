"""The office's pages about one colleague and about who cares for whom: by names and dates, for the office alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Membership, Supervision
from clients.models import CareAssignment, Client
from clients.services import record_check_in
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from tests.clients.test_office_services import reads, rows, treated_by
from tests.clients.test_screen_people import scope, signed_in
from tests.support import as_role

pytestmark = pytest.mark.django_db
CARE = "/clinic/people/care/"
TODAY = timezone.localdate


def page_of(name: str, person: Person, *more: Any) -> str:
    return reverse(f"clients:{name}", args=[person.user.pk, *more])


def giving(ada: Person, to: Person, *clients: Client, **given: Any) -> dict[str, Any]:
    plain = {"therapist": str(to.user.pk), "starts_on": f"{TODAY()}", "stays": "no", "clients": [str(client.pk) for client in clients]}
    return {**scope(ada), **plain, **given}


def test_a_colleagues_page_shows_clients_and_never_their_words(ada: Person, tara: Person, ben: Client, cleo: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        check_in = record_check_in(client=ben, new_id=uuid7(), mood=2, by=ben_portal.actor)
    with as_role(connection, "app_owner"):
        type(check_in).objects.filter(pk=check_in.pk).update(note="nobody's business")
        Client.objects.filter(pk=ben.pk).update(status="discharged")
    page = signed_in(ada).get(page_of("member", tara))
    assert [client.called for client in page.context["caseload"]] == ["Cleo", "Ben"] and "nobody" not in page.content.decode()


def test_handing_over_ticks_everybody_or_the_one_asked_for(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    office = signed_in(ada)
    form = office.get(page_of("handover", tara)).context["form"]
    assert form["clients"].value() == [str(ben.pk), str(cleo.pk)]
    form = office.get(page_of("handover", tara) + f"?client={cleo.pk}").context["form"]
    assert form["clients"].value() == [str(cleo.pk)] and [name for _id, name in form.fields["clients"].choices] == ["Ben", "Cleo"]
    given = giving(ada, sam, cleo)
    for _press in range(2):
        assert office.post(page_of("handover", tara), given).headers["Location"] == CARE
    assert treated_by(cleo) == ["Sam"] and treated_by(ben) == ["Tara"] and len(rows(cleo)) == 2


def test_the_desk_of_the_one_before_finds_nothing_with_the_next_request(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    before, after, record = signed_in(tara), signed_in(sam), reverse("clients:team", args=[ben.pk])
    assert before.get(record).status_code == 200 and after.get(record).status_code == 404
    signed_in(ada).post(page_of("handover", tara), giving(ada, sam, ben))
    assert before.get(record).status_code == 404 and after.get(record).status_code == 200


def test_a_day_ahead_is_listed_and_can_be_taken_back(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    office = signed_in(ada)
    office.post(page_of("handover", tara), giving(ada, sam, ben, cleo, starts_on=f"{TODAY() + timedelta(days=9)}"))
    planned = office.get(CARE).context["planned"]
    assert [(stretch.therapist, stretch.clients) for stretch in planned] == [("Sam", ("Ben", "Cleo"))] and treated_by(ben) == ["Tara"]
    stop = reverse("clients:stop_stretch", args=[planned[0].id])
    assert office.get(stop).status_code == 405
    for _press in range(2):
        assert office.post(stop, scope(ada)).headers["Location"] == CARE
    assert not office.get(CARE).context["planned"] and rows(ben) == rows(cleo) == [("primary", "Tara", False)]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"therapist": ""}, "therapist"), ({"clients": []}, "clients"), ({"clients": ["x"]}, "clients"), ({"starts_on": "03/04/2026"}, "starts_on"),
     ({"starts_on": "2020-01-01"}, "starts_on"), ({"stays_until": "2999-01-01"}, "stays_until"), ({"stays": "yes", "stays_until": "2020-01-01"}, "stays_until"),
     ({"stays": "maybe"}, "stays")],
)  # fmt: skip
def test_rough_input_is_answered_beside_the_field(given: dict[str, Any], field: str, ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    page = signed_in(ada).post(page_of("handover", tara), giving(ada, sam, ben, **given))
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field} and rows(ben) == [("primary", "Tara", False)]


def test_a_colleagues_client_is_not_given_away_from_anothers_page(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    eve = cast.client_of(sam, "Eve")
    page = signed_in(ada).post(page_of("handover", tara), giving(ada, tara, eve))
    assert {"clients", "therapist"} == page.context["form"].errors.keys() and treated_by(eve) == ["Sam"]


def test_cover_has_its_days_and_ends_early(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    office, given = signed_in(ada), giving(ada, sam, ben, cleo, ends_on=f"{TODAY() + timedelta(days=6)}", why="on leave")
    for _press in range(2):
        assert office.post(page_of("cover", tara), given).headers["Location"] == CARE
    covers = office.get(CARE).context["covers"]
    assert [(stretch.therapist, stretch.clients, stretch.to_come) for stretch in covers] == [("Sam", ("Ben", "Cleo"), False)]
    assert timezone.localtime(covers[0].ends_at).date() == TODAY() + timedelta(days=7)
    assert signed_in(sam).get(reverse("clients:team", args=[ben.pk])).context["team"][1].why == "on leave"
    office.post(reverse("clients:stop_stretch", args=[covers[0].id]), scope(ada))
    assert not office.get(CARE).context["covers"] and not reads(sam, ben)
    page = office.post(page_of("cover", tara), giving(ada, sam, ben, ends_on="2020-01-01"))
    assert page.context["form"].errors.keys() == {"ends_on"}


def test_whom_nobody_treats_is_given_somebody(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    with as_role(connection, "app_owner"):
        CareAssignment.objects.filter(client=ben).update(ends_at=timezone.now())
    office = signed_in(ada)
    assert [client.called for client in office.get(CARE).context["unassigned"]] == ["Ben"]
    for _press in range(2):
        assert office.post(CARE, giving(ada, sam, ben)).headers["Location"] == CARE
    assert not office.get(CARE).context["unassigned"] and treated_by(ben) == ["Sam"]


def test_deactivating_asks_for_a_new_therapist_first(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    office, desk = signed_in(ada), signed_in(tara)
    page = page_of("member", tara)
    assert [client.called for client in office.get(page).context["in_need"]] == ["Ben"]
    answer = office.post(page_of("deactivate", tara), scope(ada), follow=True)
    assert answer.redirect_chain[0][0] == page and "One client needs a new therapist first" in answer.content.decode()
    for membership in ("no", "yes"):
        office.post(reverse("clients:change_role", args=[tara.membership.pk]), {**scope(ada), "active": membership})
    assert desk.get(reverse("clients:team", args=[ben.pk])).status_code == 200, "Ending the role alone is refused too."
    office.post(page_of("handover", tara), giving(ada, sam, ben))
    assert desk.get("/clients/new/").status_code == 200
    assert office.post(page_of("deactivate", tara), scope(ada)).headers["Location"] == "/clinic/people/"
    assert desk.get("/clients/new/").status_code == 302 and signed_in(tara).get("/clients/new/").status_code == 404
    assert "does not work here any more" in office.get(page).content.decode()


def test_a_clinic_keeps_an_admin(ada: Person) -> None:
    office = signed_in(ada)
    assert "needs an admin" in office.post(page_of("deactivate", ada), scope(ada), follow=True).content.decode()
    cast.member(ada.membership.clinic, "admin", "Una")
    assert office.post(page_of("deactivate", ada), scope(ada)).headers["Location"] == "/"
    assert not Membership.objects.get(pk=ada.membership.pk).active


def supervising(ada: Person, other: Person, **given: Any) -> dict[str, Any]:
    plain = {"new_id": str(uuid7()), "colleague": str(other.user.pk), "way": "is_supervised", "starts_on": f"{TODAY()}", "ends_on": ""}
    return {**scope(ada), **plain, **given}


def test_supervision_is_added_once_and_ended(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    office, given = signed_in(ada), supervising(ada, sam)
    for _press in range(2):
        assert office.post(page_of("member", tara), given).headers["Location"] == page_of("member", tara)
    links = office.get(page_of("member", tara)).context["links"]
    assert [(link.other, link.other_supervises) for link in links] == [("Sam", True)] and reads(sam, ben) and not reads(tara, cast.client_of(sam, "Eve"))
    assert [(link.other, link.other_supervises) for link in office.get(page_of("member", sam)).context["links"]] == [("Tara", False)]
    page = office.post(page_of("member", tara), supervising(ada, sam))
    assert page.context["form"].errors.keys() == {"colleague"}
    office.post(page_of("stop_supervision", tara, links[0].id), scope(ada))
    assert not office.get(page_of("member", tara)).context["links"] and not reads(sam, ben)


def test_whats_another_clinics_is_not_there(ada: Person, tara: Person, olu: Person, ben: Client, ben_portal: Person) -> None:
    pia, office = cast.client_of(olu, "Pia"), signed_in(ada)
    for stranger in (olu, ben_portal):
        for name in ("member", "handover", "cover"):
            assert office.get(page_of(name, stranger)).status_code == 404
        assert office.post(page_of("deactivate", stranger), scope(ada)).status_code == 404
    with as_role(connection, "app_owner"):
        theirs = CareAssignment.objects.get(client=pia)
        link = Supervision.objects.create(clinic_id=pia.clinic_id, supervisor=olu.user, supervisee=tara.user, starts_at=timezone.now(), created_by=olu.user)
    assert office.post(reverse("clients:stop_stretch", args=[theirs.pk]), scope(ada)).status_code == 404
    assert office.post(page_of("stop_supervision", tara, link.pk), scope(ada)).status_code == 404
    assert treated_by(pia) == ["Olu"]


@pytest.mark.parametrize("who", ["tara", "ben_portal"])
def test_only_the_office_finds_these_pages(who: str, tara: Person, sam: Person, ben: Client, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    browser: Browser = signed_in(person)
    for where in (CARE, page_of("member", tara), page_of("handover", tara), page_of("cover", tara)):
        assert browser.get(where).status_code == 404
        assert browser.post(where, giving(person, sam, ben, ends_on="2999-01-01")).status_code == 404
    assert browser.post(page_of("deactivate", tara), scope(person)).status_code == 404 and rows(ben) == [("primary", "Tara", False)]
