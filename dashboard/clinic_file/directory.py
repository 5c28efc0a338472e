"""The clinic's directory of services, as its people wrote it down."""

from datetime import timedelta

from access.acting import acting_as
from accounts.models import Membership
from core.ids import uuid7
from core.zones import today_in
from dashboard.clinic_file.entry import Entry
from dashboard.starter.cast import actor_of
from strengths.community import kinds, needs
from strengths.services.community import add_service

WORDS = {"name": 120, "phone": 40, "email": 254, "website": 300, "address": 300, "area": 80, "for_whom": 200, "staff_note": 5000}  # field to most letters
AGO = 3650


def check(service: Entry) -> None:
    for field, most in WORDS.items():
        service.text(field, None if field == "name" else "", most=most)
    service.key("kind", set(kinds()))
    service.keys("needs", set(needs()))
    service.whole("checked_days_ago", 0, AGO, 0)
    service.only(*WORDS, "kind", "needs", "checked_days_ago")


def load_directory(boss: Membership, entries: list[Entry]) -> None:
    by, today = actor_of(boss), today_in(boss.clinic.timezone)
    with acting_as(by):
        for entry in entries:
            about = {field: entry.text(field, "") for field in WORDS} | {"kind": entry.text("kind"), "needs": entry.texts("needs")}
            looked = today - timedelta(days=entry.whole("checked_days_ago", 0, AGO, 0))
            add_service(new_id=uuid7(), zone=boss.clinic.timezone, checked_on=looked, by=by, **about)
