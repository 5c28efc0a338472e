"""A dated yes, and taking it back."""

from django.db import transaction
from django.utils import timezone

from audit.services import record_event
from clients.models import Client, Consent
from core.actor import Actor


@transaction.atomic
def give_consent(*, client: Client, kind: str, text_version: str, by: Actor) -> Consent:
    """A new yes, of today; one that stood before ends with it."""
    withdraw_consent(client=client, kind=kind, by=by)
    consent = Consent(client=client, clinic_id=client.clinic_id, kind=kind, text_version=text_version, created_by_id=by.user_id)
    consent.save(force_insert=True)
    record_event(verb="consent_given", by=by, row=consent, client_id=client.pk, detail={"kind": kind, "text": text_version})
    return consent


@transaction.atomic
def withdraw_consent(*, client: Client, kind: str, by: Actor) -> None:
    """Whatever stood is over from now on; nothing stood: nothing is changed."""
    standing = Consent.objects.filter(client=client, kind=kind, withdrawn_at=None)
    for consent in standing:
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
        record_event(verb="consent_withdrawn", by=by, row=consent, client_id=client.pk, detail={"kind": kind})
