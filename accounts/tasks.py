"""Mail. Tasks get ids alone: the worker makes the link and looks up the address, so that nothing about a person is in the broker."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.urls import reverse

from accounts.mail import send_text
from accounts.models import User
from accounts.sessions import SessionStore


@shared_task
def forget_ended_sessions() -> None:
    """Rows of sessions that have run out; nothing reads them any more."""
    SessionStore.clear_expired()


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def send_password_reset(user_id: str) -> None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": key.partition("-")[0], "key": key.partition("-")[2]})
    send_text("mail/password_reset.txt", user.email, {"link": settings.BASE_URL + path})
