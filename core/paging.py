"""Paging by place: a list ordered by a moment goes on after the last row shown, also when rows come in meanwhile or share that moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

PAGE = 50  # rows


@dataclass(frozen=True)
class Place:
    """Where a page ended: the moment of its last row, and the row's id, which settles the order of rows of one moment."""

    moment: datetime
    id: UUID

    @classmethod
    def read(cls, typed: str) -> "Place | None":
        """From an address, as `str` writes it; None for whatever is not one."""
        moment, _, row_id = typed.partition("_")
        try:
            place = cls(datetime.fromisoformat(moment.replace(" ", "+")), UUID(row_id))
        except ValueError:
            return None
        return None if timezone.is_naive(place.moment) else place

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}_{self.id}"

    def later_rows(self, moment: str) -> Q:
        """What stands below it in a list ordered by `-moment, -pk`. The first condition is the one an index answers."""
        return Q(**{f"{moment}__lte": self.moment}) & (Q(**{f"{moment}__lt": self.moment}) | Q(pk__lt=self.id))
