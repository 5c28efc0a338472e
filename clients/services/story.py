"""The few lines a therapist keeps about a client."""

from django.db import IntegrityError, transaction

from audit.services import record_event
from clients.models import Client, ClientSummary
from core.actor import Actor
from core.errors import Stale
from core.versions import save_version


@transaction.atomic
def write_summary(*, client: Client, version: int, summary: str, story: str, by: Actor) -> ClientSummary:
    """Write or change it. `version` is that of the row the form was made from, 0 where there was none. Raises Stale with the newer one."""
    row = ClientSummary.objects.filter(client=client).first()
    if row is not None and (row.summary, row.story) == (summary, story):
        return row
    row = _new(client, summary, story, by) if row is None else save_version(row, version=version, changes={"summary": summary, "story": story})
    record_event(verb="summary_written", by=by, row=row, client_id=client.pk)
    return row


def _new(client: Client, summary: str, story: str, by: Actor) -> ClientSummary:
    row = ClientSummary(client=client, clinic_id=client.clinic_id, summary=summary, story=story, created_by_id=by.user_id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # a colleague was a moment faster
        raise Stale(ClientSummary.objects.get(client=client)) from error
    return row
