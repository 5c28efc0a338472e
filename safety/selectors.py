"""Whose emergency numbers the help page shows. No clinical table is read, and nothing is kept."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from accounts.models import Clinic, Role
from accounts.working_as import bind_chosen
from safety.content import Country, countries


@dataclass(frozen=True)
class Visitor:
    """Who opened the help page, as far as it matters there: `clinic` is that of the role she works in, None when nobody is signed in."""

    clinic: Clinic | None = None
    has_portal: bool = False
    signed_in: bool = False


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
    return Visitor(membership.clinic, has_portal=membership.role == Role.CLIENT, signed_in=True)


def country_for(asked: str, clinic: Clinic | None) -> Country:
    """The country asked for in the address, else the clinic's, else settings.HELP_COUNTRY. One that we have no numbers for falls through to the next."""
    known = countries()
    for code in (asked.upper(), clinic.country if clinic is not None else "", settings.HELP_COUNTRY):
        if code in known:
            return known[code]
    return next(iter(known.values()))
