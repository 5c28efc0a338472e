"""Whose emergency numbers the help page shows (no clinical table is read, and nothing is kept); and whether the clinic is open."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Clinic, Role
from accounts.working_as import bind_chosen
from core.zones import zone
from safety.content import Country, countries


@dataclass(frozen=True)
class Opening:
    """Whether the clinic is open: until when, or else when it opens next (None: not within a year). Moments by the clinic's clock."""

    until: datetime | None
    opens: datetime | None


@dataclass(frozen=True)
class Visitor:
    """Who opened the help page, as far as it matters there: `clinic` is that of the role she works in, None when nobody is signed in."""

    clinic: Clinic | None = None
    has_portal: bool = False
    signed_in: bool = False
    opening: Opening | None = None


def visitor(request: HttpRequest) -> Visitor:
    """Nobody, when the database does not answer: the page must always come."""
    try:
        if not request.user.is_authenticated:
            return Visitor()
        membership = bind_chosen(request)
    except DatabaseError:
        return Visitor()
    if membership is None:
        return Visitor(signed_in=True)
    opening = opening_at(membership.clinic, timezone.now())
    return Visitor(membership.clinic, has_portal=membership.role == Role.CLIENT, signed_in=True, opening=opening)


def country_for(asked: str, clinic: Clinic | None) -> Country:
    """The country asked for in the address, else the clinic's, else settings.HELP_COUNTRY. One that we have no numbers for falls through to the next."""
    known = countries()
    for code in (asked.upper(), clinic.country if clinic is not None else "", settings.HELP_COUNTRY):
        if code in known:
            return known[code]
    return next(iter(known.values()))


def opening_at(clinic: Clinic, now: datetime) -> Opening | None:
    """None where no opening hours are set."""
    if not any(clinic.opening_hours):
        return None
    here = now.astimezone(zone(clinic.timezone))
    closed = {day for day, _name in clinic.holidays}
    for day in (here.date() + timedelta(days=number) for number in range(366)):
        for stretch in clinic.opening_hours[day.weekday()] if day.isoformat() not in closed else []:
            opens, closes = (datetime.combine(day, time.fromisoformat(clock), here.tzinfo) for clock in stretch)
            if here < closes:
                return Opening(closes, None) if opens <= here else Opening(None, opens)
    return Opening(None, None)
