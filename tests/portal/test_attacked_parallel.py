"""Every new form sent several times at the same moment: one row, and nobody is told of a conflict with herself."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from access.acting import acting_as
from clients.services import add_life_event
from coping.models import CopingStrategy
from coping.services import add_strategy, change_strategy
from core.ids import uuid7
from core.zones import today_in
from homework.reading import texts
from homework.services.own import write_exercise
from homework.services.reading import give_reading, say_read
from homework.services.replies import write_reply
from mindset.services import add_good_thing, add_win
from selfcare.models import SelfCareActivity
from selfcare.services import add_activity, add_log, catch_talk, change_activity, hide_domain, log_today, record_night
from tests import cast
from tests.homework.own import CONTENT
from tests.support import as_role, set_role
from therapy.services import add_agenda_item

SENDS = 4
WALK = {"domain": "physical", "name": "Walk", "often": "few"}
TEA = {"kind": "body_calming", "name": "Tea", "measure": "distress"}
SELFCARE, MINDSET = "selfcare.SelfCareEntry", "mindset.Accomplishment"


@pytest.fixture
def web_again() -> Iterator[None]:
    """Torn down last: the next test works as the web again."""
    yield
    set_role("app_web")


@pytest.fixture
def home(web_again: None, transactional_db: None) -> Iterator[dict[str, Any]]:
    """Ben and Tara in rows that other connections see; the owner empties the tables afterwards."""
    with transaction.atomic():
        clinic, _admin = cast.clinic("Lanternbrook", "Ada")
        tara = cast.member(clinic, "therapist", "Tara")
        ben = cast.client_of(tara, "Ben")
        portal = cast.portal_sign_in(tara, ben, "Ben")
    with acting_as(portal.actor):
        walk = add_activity(client=ben, new_id=uuid7(), by=portal.actor, **WALK)
        tea = add_strategy(client=ben, new_id=uuid7(), by=portal.actor, **TEA)
        win = add_win(client=ben, new_id=uuid7(), text="Got up", by=portal.actor)
    yield {"tara": tara, "portal": portal, "ben": ben, "walk": walk, "tea": tea, "win": win, "id": uuid7(), "day": today_in(ben.timezone)}
    set_role("app_owner")


def of(home: dict[str, Any], who: str) -> dict[str, Any]:
    return {"client": home["ben"], "new_id": home["id"], "by": home[who].actor}


def reworded(home: dict[str, Any]) -> SelfCareActivity:
    row = SelfCareActivity.objects.select_related("client").get(pk=home["walk"].pk)
    return change_activity(activity=row, new_id=home["id"], name="Walk with Obi", by=home["portal"].actor)


def other_tea(home: dict[str, Any]) -> CopingStrategy:
    row = CopingStrategy.objects.select_related("client").get(pk=home["tea"].pk)
    return change_strategy(strategy=row, new_id=home["id"], name="Tea with Obi", by=home["portal"].actor)


Send = Callable[[dict[str, Any]], Any]
FORMS: dict[str, tuple[str, str, int, Send]] = {
    "agenda": ("portal", "therapy.AgendaItem", 1, lambda home: add_agenda_item(text="Sleep", **of(home, "portal"))),
    "win": ("portal", MINDSET, 2, lambda home: add_win(text="Rang", **of(home, "portal"))),
    "good": ("portal", "mindset.GratitudeEntry", 1, lambda home: add_good_thing(text="Tea", **of(home, "portal"))),
    "caught": ("portal", "selfcare.CompassionNote", 1, lambda home: catch_talk(self_talk="I am bad", **of(home, "portal"))),
    "life": ("portal", "clients.LifeEvent", 1, lambda home: add_life_event(text="Moved", day=home["day"], **of(home, "portal"))),
    "read": ("portal", "homework.ReadingNote", 1, lambda home: say_read(text=texts()[0], stayed="a word", **of(home, "portal"))),
    "activity": ("portal", "selfcare.SelfCareActivity", 2, lambda home: add_activity(**{**WALK, "name": "Swim"}, **of(home, "portal"))),
    "night": ("portal", SELFCARE, 1, lambda home: record_night(day=home["day"], quality=5, **of(home, "portal"))),
    "log": ("portal", SELFCARE, 1, lambda home: add_log(activity=home["walk"], new_id=home["id"], day=home["day"], by=home["portal"].actor)),
    "tap": ("portal", SELFCARE, 1, lambda home: log_today(activity=home["walk"], size="tiny", by=home["portal"].actor)),
    "part": ("portal", "selfcare.DomainHidden", 1, lambda home: hide_domain(client=home["ben"], domain="social", hidden=True, by=home["portal"].actor)),
    "reworded": ("portal", "selfcare.SelfCareActivity", 2, reworded),
    "strategy": ("portal", "coping.CopingStrategy", 2, other_tea),
    "given": ("tara", "homework.ReadingGiven", 1, lambda home: give_reading(text=texts()[0], **of(home, "tara"))),
    "reply": ("tara", "homework.Reply", 1, lambda home: write_reply(source_id=home["win"].pk, text="Well done", **of(home, "tara"))),
    "own": ("tara", "homework.Exercise", 1, lambda home: write_exercise(new_id=home["id"], content=CONTENT, by=home["tara"].actor)),
}


@pytest.mark.parametrize("form", FORMS)
def test_sent_at_once_it_is_one(form: str, home: dict[str, Any]) -> None:
    who, label, rows, send = FORMS[form]
    at_the_line = Barrier(SENDS)

    def sent(_number: int) -> None:
        try:
            with acting_as(home[who].actor):
                at_the_line.wait(20)
                send(home)
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDS) as pool:
        list(pool.map(sent, range(SENDS)))
    with transaction.atomic(), as_role(connection, "app_owner"):
        assert apps.get_model(label)._default_manager.count() == rows
