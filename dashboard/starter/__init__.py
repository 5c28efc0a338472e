"""The starter clinic: a small made-up clinic to look at, written through the services, each row by the person who would write it.

One module for each app. To give your app its part, write `def load(cast: Cast) -> None` in a module here and name it in PARTS.
"""

from collections.abc import Callable

from django.db import transaction

from dashboard.starter import check_ins, compassion, coping, good, homework, people, selfcare, strengths, therapy, thoughts
from dashboard.starter.cast import Cast
from homework.services.library import load_library

PARTS: list[Callable[[Cast], None]] = [
    *(check_ins.load, therapy.load, homework.load, strengths.load, coping.load),
    *(selfcare.load, compassion.load, thoughts.load, good.load),
]


@transaction.atomic
def load(password: str) -> Cast:
    """All of it or nothing. Needs the owner's login and a database without a clinic."""
    load_library()
    cast = people.load(password)
    for part in PARTS:
        part(cast)
    return cast
