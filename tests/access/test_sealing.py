"""The seal on the trail: what is new is sealed once, and whatever is done to a sealed row afterwards shows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.db.models.functions import Now

from access import sealing
from access.acting import acting_as
from access.sealing import is_in_chain, seal_clinic, seal_trails, verify_clinic
from audit.models import AuditEvent, AuditSeal
from core.actor import worker_of
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
Owner = Callable[[], Any]


@pytest.fixture
def trail(ada: Person, as_owner: Owner) -> Person:
    """Five settled events of Ada's clinic, one a minute, and one that is too fresh to be sealed."""
    with as_owner():
        AuditEvent.objects.all().delete()
        for minute in range(6):
            at = Now() - timedelta(minutes=20 - 4 * minute)
            AuditEvent.objects.create(clinic_id=ada.actor.clinic_id, actor_id=ada.user.pk, actor_kind="admin", verb="invited", at=at, detail={"n": minute})
    return ada


def verdict(ada: Person) -> sealing.Verdict:
    with acting_as(ada.actor):
        return verify_clinic(ada.actor.clinic_id)


def test_settled_events_are_sealed_once_and_the_rest_later(trail: Person, as_owner: Owner) -> None:
    assert seal_trails() == 1 and seal_trails() == 0
    found = verdict(trail)
    assert (found.holds, found.links, found.events) == (True, 1, 4)
    with as_owner():
        AuditEvent.objects.filter(detail={"n": 5}).update(at=Now() - timedelta(minutes=6))
        AuditEvent.objects.filter(detail={"n": 4}).update(at=Now() - timedelta(minutes=7))
    assert seal_clinic(trail.actor.clinic_id) == 1
    found = verdict(trail)
    assert (found.holds, found.links, found.events) == (True, 2, 6)


def test_many_events_make_several_links(trail: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    assert seal_trails() == 2
    assert (verdict(trail).holds, verdict(trail).links, verdict(trail).events) == (True, 2, 4)


@pytest.mark.parametrize("deed", ["edit", "delete", "insert", "cut", "reseal"])
def test_the_owner_of_the_tables_leaves_a_trace(trail: Person, deed: str, as_owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    seal_trails()
    head = verdict(trail).head
    with as_owner():
        rows = AuditEvent.objects.filter(clinic_id=trail.actor.clinic_id).order_by("at")
        if deed == "edit":
            rows.filter(detail={"n": 1}).update(verb="role_ended")
        elif deed == "delete":
            rows.filter(detail={"n": 0}).delete()
        elif deed == "insert":
            AuditEvent.objects.create(clinic_id=trail.actor.clinic_id, verb="invited", at=Now() - timedelta(minutes=13))
        elif deed == "cut":
            AuditSeal.objects.order_by("-number")[:1].get().delete()
            rows.filter(detail__n__gte=2).delete()
        else:  # a sealed row and its link made to fit, the later ones not
            AuditSeal.objects.filter(number=1).update(hash="f" * 64)
    with acting_as(trail.actor):
        kept = is_in_chain(trail.actor.clinic_id, f" {head.upper()} ")
        found = verify_clinic(trail.actor.clinic_id)
    if deed == "cut":
        assert found.holds and not kept, "only a hash kept elsewhere shows a cut tail"
    else:
        assert found.broken in (1, 2) and not found.holds and kept
    assert not is_in_chain_of(trail, "0" * 64)


def is_in_chain_of(ada: Person, value: str) -> bool:
    with acting_as(ada.actor):
        return is_in_chain(ada.actor.clinic_id, value)


def test_nobody_changes_a_seal_or_an_event(trail: Person, tara: Person) -> None:
    seal_trails()
    worker = worker_of(trail.actor.clinic_id)
    for by in (trail.actor, tara.actor, worker):
        for attempt in (lambda: AuditSeal.objects.update(events=0), lambda: AuditSeal.objects.all().delete(), lambda: AuditEvent.objects.update(verb="x")):
            with pytest.raises(ProgrammingError, match="permission denied"), acting_as(by):
                attempt()
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(tara.actor):
        AuditSeal.objects.count()
    with pytest.raises(ProgrammingError, match="permission denied"), as_role(connection, "app_web"):
        AuditSeal.objects.count()


def test_an_event_is_dated_by_the_databases_clock(ada: Person, as_owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web server whose clock is behind writes nothing into what is sealed already."""
    from django.utils import timezone

    from audit.services import record_event

    behind = timezone.now() - timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: behind)
    with acting_as(ada.actor):
        record_event(verb="invited", by=ada.actor)
    with as_owner():
        assert AuditEvent.objects.order_by("-at").values_list("at", flat=True)[0] > behind + timedelta(hours=2)
