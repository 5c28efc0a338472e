"""The shelf of things to read."""

from dataclasses import dataclass

from clients.pillars import Pillar
from homework.reading import Text, texts
from homework.selectors.reading import Reading


@dataclass(frozen=True)
class Book:
    """One text on the shelf: `read` and `waits` are this client's."""

    text: Text
    read: bool = False
    waits: bool = False


@dataclass(frozen=True)
class Shelf:
    pillar: str
    books: tuple[Book, ...]


def shelves(reading: Reading | None = None) -> list[Shelf]:
    """All texts by pillar, the one about the whole pillar first; with what one client has read and has waiting."""
    read = reading.read_keys if reading is not None else set()
    waiting = {row.text.key for row in reading.waiting} if reading is not None else set()
    found = [Book(text, text.key in read, text.key in waiting) for text in texts()]
    return [
        Shelf(pillar, tuple(sorted((book for book in found if book.text.pillar == pillar), key=lambda book: not book.text.whole_pillar))) for pillar in Pillar
    ]
