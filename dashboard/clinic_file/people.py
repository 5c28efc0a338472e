"""Who there is: the clinic, its admin, the therapists, and each client with her portal sign-in."""

from datetime import date, timedelta
from zoneinfo import available_timezones

from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.text import slugify

from access.acting import acting_as
from accounts.models import Clinic, Membership, Role
from accounts.services import add_member, create_clinic
from clients.models import Client
from clients.models.client import ENDED, Status
from clients.pillars import Pillar
from clients.services import add_client, invite_client, sign_up_invited
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Slot
from dashboard.clinic_file.weeks import DAYS, Weeks
from dashboard.starter.cast import actor_of
from therapy.content import note_formats

HOURS = range(8, 20)  # a session begins on the hour, from eight to seven in the evening
WORKING = DAYS[:5]
ADULT = 18
FIELDS = ("key", "name", "pronouns", "age", "language", "therapist", "status", "started_week", "discharged_week", "pillar_focus")


def check_clinic(clinic: Entry) -> None:
    try:
        validate_slug(clinic.text("key", most=60))
    except ValidationError:
        raise clinic.error("key", "letters, figures, hyphens and underscores only") from None
    clinic.text("name", most=200)
    clinic.text("phone", "", most=40)
    clinic.whole("weeks", 0, 520)
    if len(clinic.text("country")) != 2:
        raise clinic.error("country", "two letters are needed, as in GB")
    clinic.key("timezone", available_timezones())


def check_member(member: Entry) -> None:
    member.text("key")
    member.text("name", most=200)
    try:
        validate_email(member.text("email", most=254))
    except ValidationError:
        raise member.error("email", "this is no e-mail address") from None
    member.keys("works", DAYS)
    member.key("note_format", note_formats(), "dap")


def check_client(client: Entry, last: int, therapists: set[str]) -> None:
    client.text("name", most=200)
    client.text("pronouns", "", most=40)
    client.number("age", 0, 120, needed=False)
    client.key("language", dict(LANGUAGES), "en-gb")
    client.key("therapist", therapists)
    client.keys("pillar_focus", Pillar.values)
    status = client.key("status", Status.values, Status.ACTIVE)
    began = client.whole("started_week", 0, last, 0)
    if client.whole("discharged_week", began, last, last) and client.has("discharged_week") and status not in ENDED:
        raise client.error("discharged_week", f"the status is {status}")


def slots(clients: list[Entry], therapists: dict[str, Entry]) -> dict[str, Slot]:
    """By client: one weekday and hour of her therapist's week for each, on the days the therapist works first."""
    found: dict[str, Slot] = {}
    for key, therapist in therapists.items():
        works = therapist.keys("works", DAYS) or list(WORKING)
        days = [*works, *(day for day in DAYS if day not in works)]
        free = [Slot(DAYS.index(day), hour) for group in (works, days[len(works) :]) for hour in _from_nine() for day in group]
        mine = [client for client in clients if client.text("therapist") == key]
        if len(mine) > len(free):
            raise therapist.error("key", f"{len(mine)} clients do not fit into one week")
        found |= {client.text("key"): slot for client, slot in zip(mine, free, strict=False)}
    return found


def _from_nine() -> list[int]:
    """Hours in the order in which a week fills."""
    return sorted(HOURS, key=lambda hour: (hour - 9) % 24)


def load_staff(clinic: Entry, admin: Entry, therapists: list[Entry], *, works_with_minors: bool) -> tuple[Membership, dict[str, Membership]]:
    """The admin's membership, and the therapists' by their keys. Nobody has a password yet."""
    boss = create_clinic(
        name=clinic.text("name"),
        timezone_name=clinic.text("timezone"),
        country=clinic.text("country"),
        admin_name=admin.text("name"),
        admin_email=admin.text("email"),
        password=None,
        key=clinic.text("key"),
        is_demo=True,
        works_with_minors=works_with_minors,
    )
    members = {
        each.text("key"): add_member(clinic=boss.clinic, role=Role.THERAPIST, name=each.text("name"), email=each.text("email"), password=None)
        for each in therapists
    }
    return boss, members


def load_client(entry: Entry, therapist: Membership, began: date, weeks: Weeks) -> Client:
    by = actor_of(therapist)
    age = entry.number("age", 0, 120, needed=False)
    clinic = therapist.clinic
    with acting_as(by):
        client = add_client(
            new_id=uuid7(),
            started_on=began,
            waiting=entry.text("status", Status.ACTIVE) == Status.WAITING,
            called=entry.text("name"),
            pronouns=entry.text("pronouns", ""),
            birth_date=None if age is None else weeks.today - timedelta(days=round(365.25 * (age + 0.4))),
            language=entry.text("language", "en-gb"),
            timezone=clinic.timezone,
            country=clinic.country,
            by=by,
        )
    client.clinic = clinic
    return client


def sign_in_of(entry: Entry, clinic: Clinic, taken: set[str]) -> str:
    """The address of a client's demo sign-in: her first name, or her key where that is taken or cannot be written in an address."""
    first = slugify(entry.text("name").split(" ")[0])
    name = first if first and first not in taken else slugify(entry.text("key")) or f"client-{len(taken) + 1}"
    taken.add(name)
    return f"{name}@{clinic.key.replace('_', '-').lower()}.example.org"


def load_portal(client: Client, therapist: Membership, email: str) -> Membership:
    """Invited and accepted as a person does it, through the link."""
    by = actor_of(therapist)
    with acting_as(by):
        invitation = invite_client(client=client, new_id=uuid7(), email=email, consent_on_record=client.is_minor, by=by)
    user, outcome = sign_up_invited(token=invitation.token, email=email, name=client.called, password=None)
    if user is None:
        raise RuntimeError(f"the invitation of a demo client was answered with {outcome}")
    return Membership.objects.select_related("user", "clinic").get(user=user, clinic=therapist.clinic, role=Role.CLIENT)
