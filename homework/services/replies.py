"""A therapist answers something the client shared, in a few words; the client reads it on Today and beside the entry."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from homework.models import Reply
from homework.selectors.replies import entry_to_answer


@transaction.atomic
def write_reply(*, client: Client, source_id: UUID, new_id: UUID, text: str, by: Actor) -> Reply:
    """Answer one entry. Sent twice, it is one. Raises Refused for an entry that is not shared (any more), and for no words."""
    entry = entry_to_answer(client, source_id)
    if entry is None:
        raise Refused(_("This is not shared any more, so nothing was sent."))
    if not text.strip():
        raise Refused(_("A few words, please."), "text")

    def make() -> Reply:
        row = Reply(
            id=new_id, client=client, clinic_id=client.clinic_id, source_kind=entry.source_kind, source_id=source_id, text=text, created_by_id=by.user_id
        )
        row.save(force_insert=True)
        record_event(verb="reply_written", by=by, row=row, client_id=client.pk)
        return row

    return create_once(Reply, new_id, make, by=by, client_id=client.pk, source_id=source_id)[0]


@transaction.atomic
def take_back_reply(*, reply: Reply, by: Actor) -> None:
    """Its author takes it back: on no page any more. Done twice it changes nothing."""
    now = timezone.now()
    if Reply.objects.filter(pk=reply.pk, created_by_id=by.user_id, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        record_event(verb="reply_withdrawn", by=by, row=reply, client_id=reply.client_id)


@transaction.atomic
def mark_read(*, reply: Reply, by: Actor) -> None:
    """The client has read it: it leaves Today and stays beside its entry. Done twice it changes nothing."""
    now = timezone.now()
    if Reply.objects.filter(pk=reply.pk, read_at=None).update(read_at=now, updated_at=now):
        record_event(verb="reply_read", by=by, row=reply, client_id=reply.client_id)
