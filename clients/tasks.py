"""The invitation mail. The task gets ids alone; the worker makes the link itself."""

from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.urls import reverse

from access.acting import acting_as
from accounts.mail import send_text
from accounts.models import Invitation
from core.actor import worker_of


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def send_invitation(clinic_id: str, invitation_id: str) -> None:
    with acting_as(worker_of(UUID(clinic_id))):
        invitation = Invitation.objects.only("id", "email", "name", "role", "state", "expires_at").filter(pk=invitation_id).first()
    if invitation is None or not invitation.is_open:
        return
    link = settings.BASE_URL + reverse("clients:invitation", args=[invitation.token])
    send_text("mail/invitation.txt", invitation.email, {"link": link, "days": 7})
