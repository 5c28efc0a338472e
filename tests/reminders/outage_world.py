"""Run as a script with the owner's login: a clinic of so many clients whose reminders were due two minutes ago. `... more`: one more for each."""

import sys
from datetime import timedelta

import django
from django.conf import settings

django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # so many sign-ins that nobody uses

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from access.acting import acting_as  # noqa: E402
from clients.services import invitations  # noqa: E402
from homework.services.library import load_library  # noqa: E402
from reminders.models import Reminder, ReminderPreference, ReminderTime  # noqa: E402
from reminders.services import choose_reminders  # noqa: E402
from tests import cast  # noqa: E402
from tests.homework.agreed import agree  # noqa: E402
from tests.support import as_role  # noqa: E402

invitations.send_invitation.delay = lambda *ids: None  # no mail but reminders


@transaction.atomic
def people(count: int) -> None:
    load_library()
    clinic, _admin = cast.clinic("Lanternbrook", "Ada")
    tara = cast.member(clinic, "therapist", "Tara")
    soon = timezone.now() + timedelta(minutes=5)
    for number in range(count):
        client = cast.client_of(tara, f"Client {number}")
        portal = cast.portal_sign_in(tara, client, f"client{number}")
        agree(tara, client, "slow_breathing", per_week=70)
        with acting_as(portal.actor):
            client.refresh_from_db()
            times, never = {soon.weekday(): soon.time()}, soon.time()
            choose_reminders(client=client, kind="homework", version=0, times=times, quiet_from=never, quiet_until=never, by=portal.actor)


@transaction.atomic
def make_due() -> None:
    """What is planned, two minutes ago; what was sent keeps its row and frees its day."""
    with as_role(connection, "app_owner"):
        at = timezone.now() - timedelta(minutes=2)
        Reminder.objects.exclude(state="planned").update(sent_on=None)
        Reminder.objects.filter(state="planned").delete()
        ReminderTime.objects.update(at=at.time(), weekday=at.weekday())
        for preference in ReminderPreference.objects.select_related("client"):
            row = Reminder(preference=preference, client=preference.client, clinic_id=preference.clinic_id, recipient_id=preference.client.portal_user_id)
            row.local_date, row.local_time, row.zone, row.due_at, row.ready_at = at.date(), at.time(), "Europe/London", at, at
            row.save(force_insert=True)


if sys.argv[1] != "more":
    people(int(sys.argv[1]))
make_due()
