"""Off until chosen; the client chooses; staff make them fewer, never more, but together with her."""

from datetime import time, timedelta

import pytest
from django.db import ProgrammingError

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, Consent
from core.errors import Refused, Stale
from reminders.models import ReminderPreference
from reminders.selectors import settings_of
from reminders.services import choose_reminders, go_on, keep_days, pause, turn_off
from tests.cast import Person
from tests.reminders.chosen import EVENING, MONDAY, QUIET, chosen, rows, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
THREE = {0: EVENING, 1: EVENING, 4: EVENING}


def times_of(person: Person, client: Client) -> dict[int, time]:
    with acting_as(person.actor):
        return settings_of(client, "homework").times


def together(tara: Person, ben: Client, times: dict[int, time] | None = None, version: int = 0) -> ReminderPreference:
    with acting_as(tara.actor):
        return choose_reminders(client=ben, kind="homework", version=version, times=times or THREE, by=tara.actor, together=True, **QUIET)


def test_nothing_is_on_before_it_is_chosen(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        settings = settings_of(ben, "homework")
    assert not settings.is_on and settings.row is None and not ReminderPreference().is_on


def test_the_client_chooses_and_it_is_planned_at_once(ben: Client, ben_portal: Person, as_owner) -> None:
    preference = chosen(ben_portal, ben, {0: EVENING, 2: time(9)})
    assert preference.is_on and times_of(ben_portal, ben) == {0: EVENING, 2: time(9)}
    assert [(row.local_date, row.local_time, row.state) for row in rows(as_owner)] == [
        (MONDAY, EVENING, "planned"), (MONDAY + timedelta(days=2), time(9), "planned"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("times", "field"),
    [({}, "days"), (dict.fromkeys(range(5), EVENING), "days"), ({0: time(22)}, "at"), ({0: time(7, 59)}, "at")],
)
def test_what_is_refused(ben: Client, ben_portal: Person, times: dict[int, time], field: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen(ben_portal, ben, times)
    assert refused.value.field == field


def test_an_older_form_is_stale(ben: Client, ben_portal: Person) -> None:
    chosen(ben_portal, ben)
    for version in (0, 7):
        with pytest.raises(Stale):
            chosen(ben_portal, ben, version=version)
    assert chosen(ben_portal, ben, {1: EVENING}, version=1).version == 2
    assert times_of(ben_portal, ben) == {1: EVENING}


def test_staff_do_not_turn_them_on_alone(ben: Client, tara: Person, ben_portal: Person) -> None:
    with acting_as(tara.actor), pytest.raises(ValueError, match="together"):
        choose_reminders(client=ben, kind="homework", version=0, times=THREE, by=tara.actor, **QUIET)


def test_together_is_kept_as_a_consent(ben: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    together(tara, ben)
    together(tara, ben, {0: EVENING}, version=1)
    with as_owner():
        found = list(Consent.objects.filter(client=ben, kind="reminders").order_by("given_at"))
        verbs = list(AuditEvent.objects.filter(client_id=ben.pk, verb__startswith="reminders").order_by("at").values_list("verb", "detail"))
    assert [consent.withdrawn_at is None for consent in found] == [False, True] and {consent.created_by_id for consent in found} == {tara.user.pk}
    assert [verb for verb, _detail in verbs] == ["reminders_chosen"] * 2 and verbs[0][1]["together"] is True


def test_turning_off_ends_the_consent(ben: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    preference = together(tara, ben)
    with acting_as(ben_portal.actor):
        turn_off(preference=preference, by=ben_portal.actor, how="portal")
    with as_owner():
        assert not Consent.objects.filter(kind="reminders", withdrawn_at=None).exists()


@pytest.mark.parametrize("contact", [{"phone_checked": True}, {"email_ok": False}])
def test_not_where_the_contact_page_says_it_is_not_safe(contact: dict[str, bool], ben: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    """Off for her safety: neither staff nor an import turns them on."""
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(**contact)
    with acting_as(tara.actor):
        ben.refresh_from_db()
    with pytest.raises(Refused):
        together(tara, ben)
    if contact == {"phone_checked": True}:
        assert chosen(ben_portal, ben).is_on  # her own choice stays hers
    else:
        with pytest.raises(Refused):
            chosen(ben_portal, ben)


def test_staff_make_them_fewer(ben: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    preference = chosen(ben_portal, ben)
    with acting_as(tara.actor):
        current = keep_days(preference=preference, version=1, days=[1], by=tara.actor)
        assert current.version == 2
        with pytest.raises(Refused):
            keep_days(preference=current, version=2, days=[1, 3], by=tara.actor)
        with pytest.raises(Stale):
            keep_days(preference=current, version=1, days=[1], by=tara.actor)
    assert times_of(tara, ben) == {1: EVENING}
    assert states(as_owner) == [("cancelled", "changed"), ("planned", "")]
    with acting_as(tara.actor):
        assert not keep_days(preference=current, version=2, days=[], by=tara.actor).is_on
    assert states(as_owner) == [("cancelled", "changed"), ("cancelled", "off")]


def test_staff_pause_for_longer_and_never_for_less(ben: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    preference = chosen(ben_portal, ben)
    with acting_as(ben_portal.actor):
        preference = pause(preference=preference, days=7, by=ben_portal.actor)
    with acting_as(tara.actor):
        assert pause(preference=preference, days=1, by=tara.actor).paused_until == MONDAY + timedelta(days=6)
        with pytest.raises(ValueError, match="fewer"):
            go_on(preference=preference, by=tara.actor)


def test_a_pause_holds_what_lies_in_it_and_its_end_plans_it_again(ben: Client, ben_portal: Person, as_owner) -> None:
    preference = chosen(ben_portal, ben)
    with acting_as(ben_portal.actor):
        pause(preference=preference, days=1, by=ben_portal.actor)
    assert states(as_owner) == [("held", "paused"), ("planned", "")]
    with acting_as(ben_portal.actor):
        go_on(preference=preference, by=ben_portal.actor)
    assert states(as_owner) == [("planned", ""), ("planned", "")]
    with acting_as(ben_portal.actor), pytest.raises(Refused):
        pause(preference=preference, days=30, by=ben_portal.actor)


def test_off_and_on_again_uses_the_same_rows(ben: Client, ben_portal: Person, as_owner) -> None:
    preference = chosen(ben_portal, ben)
    with acting_as(ben_portal.actor):
        off = turn_off(preference=preference, by=ben_portal.actor, how="portal")
        assert turn_off(preference=off, by=ben_portal.actor, how="mail").set_how == "portal"  # off already: as it is
    assert states(as_owner) == [("cancelled", "off")] * 2
    chosen(ben_portal, ben, version=2)
    assert states(as_owner) == [("planned", "")] * 2


def test_the_wall_lets_staff_add_no_other_consent(ben: Client, tara: Person) -> None:
    """The one rule that lets staff write a consent is for this kind alone."""
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(tara.actor):
        Consent(client=ben, clinic_id=ben.clinic_id, kind="sharing", text_version="x", created_by_id=tara.user.pk).save(force_insert=True)
