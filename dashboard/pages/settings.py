"""What a clinic's set-up still lacks, and why it matters."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Clinic, Membership, Role
from clients.selectors.office import unassigned
from core.zones import today_in
from safety.content import countries
from safety.selectors import has_verified_line


@dataclass(frozen=True)
class Step:
    """One thing of the set-up; `why` it matters, and where it is done."""

    done: bool
    url: str
    title: str
    why: str


def settings_context(clinic: Clinic) -> dict[str, Any]:
    """The checklist: what is missing, and what is done. A constant number of statements."""
    steps = [*staff_steps(clinic), *clinic_steps(clinic)]
    return {"clinic": clinic, "missing": [step for step in steps if not step.done], "done": [step for step in steps if step.done]}


def staff_steps(clinic: Clinic) -> list[Step]:
    people, care = reverse("clients:people"), reverse("clients:care")
    members = Membership.objects.filter(clinic_id=clinic.pk, active=True).exclude(role=Role.CLIENT)
    roles = list(members.values_list("role", flat=True))
    covered = not unassigned(clinic.pk).exists()
    return [
        Step(Role.THERAPIST in roles, people, _("A therapist"), _("Only a therapist can write in a record.")),
        Step(
            roles.count(Role.ADMIN) > 1,
            people,
            _("A second admin"),
            _("When the only one is away, nobody can hand over clients or open a record in an emergency."),
        ),
        Step(covered, care, _("A therapist for everybody in care"), _("Nobody reads what a client without one shares.")),
    ]


def clinic_steps(clinic: Clinic) -> list[Step]:
    here = reverse("dashboard:settings")
    today = today_in(clinic.timezone).isoformat()
    mail = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    return [
        Step(bool(clinic.phone), f"{here}#clinic", _("A phone number that is answered"), _("Help now shows it to a client who needs somebody.")),
        Step(
            clinic.country in countries(),
            f"{here}#clinic",
            _("Emergency numbers for your country"),
            _("We have none for it yet: Help now begins with those of another country."),
        ),
        Step(
            has_verified_line(clinic),
            reverse("safety:lines"),
            _("At least one checked crisis line"),
            _("Help now shows a line only while two checks of it are younger than 90 days."),
        ),
        Step(any(clinic.opening_hours), f"{here}#hours", _("Opening hours"), _("Help now says beside the phone number whether somebody is there.")),
        Step(
            any(day >= today for day, _name in clinic.holidays),
            f"{here}#hours",
            _("Holidays"),
            _("Else Help now says on that day that you are open."),
        ),
        Step(clinic.second_factor_required, f"{here}#sign_in", _("A second step of signing in"), _("Without it, whoever finds a password can read records.")),
        Step(mail, here, _("A mail server"), _("Until EMAIL_URL names one, invitations and reminders stay in a folder of the machine.")),
    ]
