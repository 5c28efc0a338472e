"""E-mail: the one message there is, and what a mail server's answer means. Its words are the same for everybody and say nothing about anything."""

import smtplib
from types import TracebackType
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from accounts.mail import text_mail
from accounts.models import User
from reminders.links import off_link, portal_link
from reminders.models import Reason, Reminder


class Refusal(Exception):
    """For good: sending it again would be refused again."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class MailChannel:
    """One connection for many messages. The Message-ID is the reminder's own id, so that a repeat can be told from a second message."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def __enter__(self) -> "MailChannel":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def send(self, reminder: Reminder, recipient: User) -> None:
        """Hand it over. Raises Refusal, or whatever else stood in the way this time."""
        message = self._message(reminder, recipient)
        try:
            if self.connection is None:
                self.connection = get_connection()
                self.connection.open()
            self.connection.send_messages([message])
        except Exception as error:
            self._close()  # the next one begins with a connection of its own
            refused = refusal(error)
            if refused is not None:
                raise Refusal(refused) from error
            raise

    def _message(self, reminder: Reminder, recipient: User) -> EmailMessage:
        off = off_link(reminder)
        host = urlsplit(settings.BASE_URL).hostname
        headers = {
            "Message-ID": f"<{reminder.pk}@{host}>",
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        }
        with translation.override(recipient.locale):
            return text_mail("mail/reminder.txt", recipient.email, {"link": portal_link(reminder), "off": off}, headers)

    def _close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception:  # it is of no use any more, whatever it says
                pass


def refusal(error: Exception) -> Reason | None:
    """Why it is refused for good; None when the next try may go better: a server that is away, slow, busy (4xx) or does not know us."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return Reason.ADDRESS if codes and min(codes) >= 500 else None
    if isinstance(error, smtplib.SMTPDataError):
        return Reason.MESSAGE if error.smtp_code >= 500 else None
    if isinstance(error, ValueError | UnicodeError | smtplib.SMTPNotSupportedError):  # a line break in a header, an address no server could take
        return Reason.ADDRESS
    return None
