"""The invitation mail. The task gets ids alone; the worker makes the link itself."""

import logging
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Clinic, Invitation
from accounts.models.invitation import State
from accounts.services import mail_invitation
from core.actor import worker_of

log = logging.getLogger(__name__)
LET_IT_GO = timedelta(minutes=2)  # the task of the request itself has that long before the sweeper sends in its place


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def send_invitation(clinic_id: str, invitation_id: str) -> None:
    worker = worker_of(UUID(clinic_id))
    with acting_as(worker):
        mail_invitation(invitation_id=UUID(invitation_id), by=worker)


@shared_task
def send_waiting_invitations() -> None:
    """Those whose mail did not go: the broker or the mail server was away. Every few minutes, until the link has expired."""
    now = timezone.now()
    for clinic_id in Clinic.objects.values_list("pk", flat=True):
        with acting_as(worker_of(clinic_id)):
            found = Invitation.objects.filter(clinic_id=clinic_id, state=State.SENT, mailed_at=None, expires_at__gt=now, created_at__lt=now - LET_IT_GO)
            waiting = list(found.order_by("created_at").values_list("pk", flat=True))
        for pk in waiting:
            try:
                send_invitation(str(clinic_id), str(pk))
            except Exception as error:  # one that cannot be sent keeps nobody else waiting
                log.warning("Invitation %s waits: %s", pk, type(error).__name__)
