"""The picture of the map, made on the server: where each name or number stands in the rings. Pure geometry, no words of its own."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Where a name may stand in each ring: x, y, how many letters of middle width, and lines; the widest first. With more names they become numbers.
SLOTS = {
    1: ((190, 233, 13, 1), (190, 142, 8, 1), (139, 186, 7, 2), (241, 186, 7, 2)),
    2: ((190, 295, 20, 1), (190, 85, 14, 1), (92, 241, 8, 2), (288, 241, 8, 2), (280, 130, 8, 2)),
    3: ((190, 345, 20, 1), (190, 31, 18, 1), (341, 186, 8, 2), (39, 186, 8, 2), (76, 300, 8, 2), (304, 300, 8, 2), (306, 70, 8, 2)),
}
RADII, MIDDLE, SIZE = (80, 134, 186), 190, 380
LABEL, ME, STEP = 18, 24, 33  # room for a ring's name, for "me", and from mark to mark
ICON, GAP, LINE = 16, 4, 19


@dataclass(frozen=True)
class Icon:
    x: int
    y: int
    mark: str


@dataclass(frozen=True)
class Line:
    y: int
    text: str


@dataclass(frozen=True)
class Mark:
    """One name, clipped to its place, in a line or two; or in a full picture its number."""

    x: int
    y: int
    lines: tuple["Line", ...]
    icons: tuple[Icon, ...] = ()


@dataclass(frozen=True)
class Label:
    """A ring's circle, and the quarter of a circle that its name is written on."""

    ring: int
    radius: int
    path: str


@dataclass(frozen=True)
class Picture:
    """A square of `size`, "me" in its `middle`. `numbered`: the marks are numbers."""

    size: int
    middle: int
    numbered: bool
    rings: tuple[Label, ...]
    marks: tuple[Mark, ...]

    @property
    def me_y(self) -> int:
        return self.middle + 5

    @property
    def outside_in(self) -> tuple[Label, ...]:
        """So that each circle is painted over the one around it."""
        return self.rings[::-1]


@dataclass(frozen=True)
class Place:
    """Somebody to draw: the ring, the name, its number in the table, and the marks of the help."""

    ring: int
    name: str
    number: int
    icons: tuple[str, ...] = ()


def picture_of(places: Sequence[Place]) -> Picture:
    by_ring = {ring: [place for place in places if place.ring == ring] for ring in (1, 2, 3)}
    fits = all(len(by_ring[ring]) <= len(SLOTS[ring]) for ring in SLOTS)
    return _named(by_ring) if fits else _numbered(by_ring)


def clip(name: str, letters: int) -> str:
    """The beginning of a name that is longer than its place, with an ellipsis. Wide letters count as two, those that stand on others as none."""
    if width(name) <= letters:
        return name
    kept, used = "", 1  # the ellipsis
    for letter in name:
        used += width(letter)
        if used > letters:
            break
        kept += letter
    return kept.rstrip() + "…"


def in_lines(name: str, letters: int, most: int) -> list[str]:
    """A name in its place: on one line where it fits, else broken at a blank where two are allowed, and clipped."""
    words = name.split()
    if most < 2 or width(name) <= letters or len(words) < 2:
        return [clip(name, letters)]
    first = words[0]
    rest = words[1:]
    while len(rest) > 1 and width(f"{first} {rest[0]}") <= letters:
        first = f"{first} {rest.pop(0)}"
    return [clip(first, letters), clip(" ".join(rest), letters)]


def width(text: str) -> int:
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _named(by_ring: dict[int, list[Place]]) -> Picture:
    """The longest names go where there is most room."""
    marks = []
    for ring, places in by_ring.items():
        longest = sorted(places, key=lambda place: -width(place.name))
        for (x, y, letters, most), place in zip(SLOTS[ring], longest, strict=False):
            texts = in_lines(place.name, letters, most)
            first = y - LINE * (len(texts) - 1) // 2
            lines = tuple(Line(first + LINE * index, text) for index, text in enumerate(texts))
            shown = place.icons[: 3 if letters > 8 else 2]
            left = x - (len(shown) * ICON + (len(shown) - 1) * GAP) // 2
            icons = tuple(Icon(left + index * (ICON + GAP), lines[-1].y + 6, mark) for index, mark in enumerate(shown))
            marks.append(Mark(x, y, lines, icons))
    return Picture(SIZE, MIDDLE, False, _labels(RADII, MIDDLE), tuple(marks))


def _numbered(by_ring: dict[int, list[Place]]) -> Picture:
    """Each ring gets as many circles of marks as it needs, and the whole as much room as its rings."""
    inner, radii, orbits = ME, [], []
    for ring in (1, 2, 3):
        waiting = len(by_ring[ring])
        first = True
        while waiting > 0 or first:
            radius = inner + STEP // 2 + 2
            held = min(waiting, int(2 * math.pi * radius // STEP))
            orbits.append((ring, radius, held))
            waiting, inner, first = waiting - held, inner + STEP, False
        inner += LABEL
        radii.append(inner)
    middle = inner + 4
    marks = []
    for ring in (1, 2, 3):
        places = iter(by_ring[ring])
        for radius, held in [(radius, held) for of, radius, held in orbits if of == ring]:
            for index in range(held):
                angle = 2 * math.pi * index / held - math.pi / 2
                place = next(places)
                x, y = round(middle + radius * math.cos(angle)), round(middle + radius * math.sin(angle))
                marks.append(Mark(x, y, (Line(y, str(place.number)),)))
    return Picture(2 * middle, middle, True, _labels(radii, middle), tuple(marks))


def _labels(radii: Sequence[int], middle: int) -> tuple[Label, ...]:
    """The ring's name runs inside its circle, from the left up to the top."""
    found = []
    for ring, radius in enumerate(radii, 1):
        on = radius - 15
        found.append(Label(ring, radius, f"M{middle - on} {middle}A{on} {on} 0 0 1 {middle} {middle - on}"))
    return tuple(found)
