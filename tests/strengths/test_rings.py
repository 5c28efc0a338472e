"""The picture: everybody in their ring, nobody on top of another, names that fit or are clipped, whatever is on the map."""

import math
from itertools import combinations

import pytest

from strengths.pages.rings import Place, clip, in_lines, picture_of, width

LETTER, HIGH = 8, 13  # of the picture's type


def places(*counts, name="Somebody"):
    found = [(ring, number) for ring, count in zip((1, 2, 3), counts, strict=True) for number in range(count)]
    return [Place(ring, f"{name} {number}", index) for index, (ring, number) in enumerate(found, 1)]


def ring_at(picture, x, y):
    """The ring a point stands in."""
    away = math.hypot(x - picture.middle, y - picture.middle)
    return next(each.ring for each in picture.rings if away <= each.radius)


@pytest.mark.parametrize(
    ("counts", "numbered"),
    [
        ((1, 0, 0), False),
        ((0, 0, 1), False),
        ((2, 2, 3), False),
        ((4, 5, 7), False),
        ((5, 0, 0), True),
        ((4, 11, 15), True),
        ((30, 0, 0), True),
        ((0, 0, 30), True),
    ],
    ids=["one", "one far out", "seven", "sixteen", "five close", "thirty", "thirty close", "thirty far out"],
)
def test_everybody_is_in_their_ring_and_nobody_on_another(counts, numbered):
    picture = picture_of(places(*counts))
    assert picture.numbered is numbered and len(picture.marks) == sum(counts)
    inside = [ring_at(picture, mark.x, mark.y) for mark in picture.marks]
    assert [inside.count(ring) for ring in (1, 2, 3)] == list(counts)
    if numbered:
        gaps = [math.hypot(one.x - other.x, one.y - other.y) for one, other in combinations(picture.marks, 2)]
        assert min(gaps) >= 29  # a mark is 28 across
    assert all(0 <= number <= picture.size for mark in picture.marks for number in (mark.x, mark.y))


def box_of(mark):
    """What a name and the marks below it cover: left, right, top, bottom."""
    half = max([*(width(line.text) * LETTER // 2 for line in mark.lines), *(mark.x - icon.x for icon in mark.icons)])
    return mark.x - half, mark.x + half, mark.lines[0].y - HIGH, max([mark.lines[-1].y, *(icon.y + 16 for icon in mark.icons)])


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def test_long_names_stand_clear_of_each_other():
    full = [Place(place.ring, "Maximiliana Featherstonehaugh", place.number, ("help-listens", "help-advice", "help-night")) for place in places(4, 5, 7)]
    boxes = [box_of(mark) for mark in picture_of(full).marks]
    assert len(boxes) == 16 and not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    assert all(left >= 0 and right <= 380 and bottom <= 380 for left, right, _top, bottom in boxes)
    assert overlap((0, 10, 0, 10), (9, 20, 9, 20)) and not overlap((0, 10, 0, 10), (10, 20, 0, 10))


def test_thirty_are_numbered_as_in_the_table():
    texts = [mark.lines[0].text for mark in picture_of(places(4, 11, 15)).marks]
    assert sorted(map(int, texts)) == list(range(1, 31))


def test_the_picture_of_thirty_stays_readable_on_a_phone():
    """344 px wide, a number keeps at least 10 px."""
    assert 14 * 344 / picture_of(places(4, 11, 15)).size >= 10


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Obi", "Obi"), ("Christopherson", "Christo…"), ("جدتي الحبيبة فاطمة", "جدتي ال…"), ("王小明王小明", "王小明…"), ("é" * 8, "é" * 8)],
    ids=["short", "long", "right to left", "wide", "accents"],
)
def test_a_name_is_clipped_to_its_place(name, shown):
    assert clip(name, 8) == shown and width(clip(name, 8)) <= 8


def test_a_narrow_place_has_two_lines():
    assert in_lines("Old soul records", 8, 2) == ["Old soul", "records"]
    assert in_lines("Tuesday choir practice", 8, 2) == ["Tuesday", "choir p…"]
    assert in_lines("Old soul records", 16, 1) == ["Old soul records"]


def test_the_longest_name_has_the_widest_place():
    picture = picture_of([Place(1, "Obi", 1, ("help-listens",)), Place(1, "Auntie Ifeoma", 2)])
    assert [mark.lines[0].text for mark in sorted(picture.marks, key=lambda mark: mark.y)] == ["Obi", "Auntie Ifeoma"]
    assert [icon.mark for mark in picture.marks for icon in mark.icons] == ["help-listens"]
