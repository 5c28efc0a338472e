"""G15: the picture and the table of mood taps are made of the same points; a missing day is missing, a gap is a gap, one point says nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from portal.pages.moods import BOTTOM, LEFT, RIGHT, TOP, Point, chart, is_harder, mood_words, points_of, sentence, stretches, table

MONDAY = datetime(2026, 3, 2, 20, tzinfo=UTC)
Tap = tuple[datetime, int]


def taps(*said: tuple[int, int]) -> list[Tap]:
    """(days after that Monday, mood)."""
    return [(MONDAY + timedelta(days=day), mood) for day, mood in said]


def drawn(points: list[Point], *, weekly: bool = False, marks: list[tuple[date, str]] | None = None) -> ElementTree.Element:
    page = {"chart": chart(points, marks or [], weekly=weekly), "said": sentence(points), "weekly": weekly}
    return ElementTree.fromstring(render_to_string("portal/progress_chart.html", page).strip())


def numbers(svg: ElementTree.Element) -> list[tuple[float, float]]:
    """Every point of every line."""
    return [(float(x), float(y)) for path in svg.findall("path[@class='p']") for x, y in re.findall(r"(\d+\.\d) (\d+\.\d)", path.attrib["d"])]


def test_a_day_without_a_tap_is_no_point_and_no_zero() -> None:
    points, weekly = points_of(taps((0, 5), (2, 3)), "UTC")
    assert not weekly and [(point.day.day, point.mean) for point in points] == [(2, 5.0), (4, 3.0)]
    svg = drawn(points)
    assert numbers(svg) == [(LEFT, TOP), (RIGHT, (TOP + BOTTOM) / 2)], "two points, none at the bottom between them"
    assert len(svg.findall("circle")) == 2 and [row.n for row in table(points, [], weekly=False)] == [1, 1]


def test_two_taps_of_one_day_are_their_mean() -> None:
    points, _weekly = points_of([*taps((0, 5)), (MONDAY - timedelta(hours=9), 4)], "UTC")
    (row,) = table(points, [], weekly=False)
    assert (points[0].mean, points[0].n, row.mean, row.n, row.words) == (4.5, 2, 4.5, 2, "Okay to good")


def test_a_day_is_the_clients_own() -> None:
    late = [(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), 4), (datetime(2026, 3, 3, 9, tzinfo=UTC), 2)]
    assert [point.n for point in points_of(late, "UTC")[0]] == [1, 1] and [point.n for point in points_of(late, "Europe/Berlin")[0]] == [2]


@pytest.mark.parametrize(("gap", "lines"), [(20, 1), (21, 2)], ids=["just under", "three weeks"])
def test_three_weeks_without_a_tap_break_the_line(gap: int, lines: int) -> None:
    points, _weekly = points_of(taps((0, 4), (1, 4), (1 + gap, 3), (2 + gap, 3)), "UTC")
    svg = drawn(points)
    assert len(stretches(points)) == lines == len(svg.findall("path[@class='p']"))
    assert len(svg.findall("circle")) == 4


def test_weeks_break_as_days_do() -> None:
    points, weekly = points_of(taps((0, 2), (3, 3), (8, 3), (50, 4), (58, 4)), "UTC")
    assert weekly and [(point.n, point.mean) for point in points] == [(2, 2.5), (1, 3.0), (1, 4.0), (1, 4.0)]
    assert len(drawn(points, weekly=True).findall("path[@class='p']")) == 2
    assert table(points, [], weekly=True)[-1].when == "Week of 2 March 2026"


def test_a_week_that_stands_alone_is_still_drawn() -> None:
    points, weekly = points_of(taps((0, 2), (7, 2), (35, 3), (70, 4), (77, 4)), "UTC")
    kinds = [circle.attrib["class"] for circle in drawn(points, weekly=weekly).findall("circle")]
    assert weekly and kinds == ["st", "one", "now"]


def test_one_point_is_drawn_and_says_it_is_not_enough() -> None:
    points, _weekly = points_of(taps((0, 3)), "UTC")
    svg = drawn(points)
    assert len(svg.findall("circle")) == 1 and not numbers(svg)
    assert svg.attrib["aria-label"] == sentence(points) == "1 tap so far: not enough to say."


@pytest.mark.parametrize(
    ("moods", "said"),
    [
        ((2, 2, 2, 3, 4, 4, 4), "Around Hard when you began, around Okay now. It rose little by little."),
        ((4, 4, 4, 3, 2, 2, 2), "Around Okay when you began, around Hard now."),
        ((3, 3, 3, 3, 3, 3), "Around In between, much as when you began."),
        ((3, 4), "2 taps so far: not enough to say."),
    ],
    ids=["up", "down", "even", "two"],
)
def test_the_sentence_comes_first_and_names_no_fall(moods: tuple[int, ...], said: str) -> None:
    assert sentence(points_of(taps(*enumerate(moods)), "UTC")[0]) == said


@pytest.mark.parametrize(("mean", "words"), [(1.0, "Very hard"), (2.2, "Hard"), (2.5, "Hard to in between"), (3.8, "Okay"), (5.0, "Good")])
def test_a_mean_in_words(mean: float, words: str) -> None:
    assert mood_words(mean) == words


def test_what_happened_is_a_mark_within_the_picture_and_stands_in_the_table() -> None:
    points, _weekly = points_of(taps((0, 2), (5, 3), (9, 4)), "UTC")
    marks = [(date(2026, 3, 7), "back to choir"), (date(2026, 2, 1), "before all this")]
    texts = [text.text for text in drawn(points, marks=marks).findall("text")]
    assert "back to choir" in texts and "before all this" not in texts
    assert [row.marks for row in table(points, marks, weekly=False)] == [(), ("back to choir",), ()]


TODAY = date(2026, 3, 2) + timedelta(days=40)


@pytest.mark.parametrize(
    ("before", "lately", "harder"),
    [((4, 4, 4), (3, 3, 3), True), ((4, 4, 4), (4, 4, 3), False), ((4, 4), (1, 1, 1), False), ((4, 4, 4), (1, 1), False), ((2, 2, 2), (4, 4, 4), False)],
    ids=["lower", "a little", "too few before", "too few lately", "higher"],
)
def test_a_harder_stretch_is_lately_against_before(before: tuple[int, ...], lately: tuple[int, ...], harder: bool) -> None:
    said = [(10 + place, mood) for place, mood in enumerate(before)] + [(34 + place, mood) for place, mood in enumerate(lately)]
    assert is_harder(taps(*said), "UTC", TODAY) is harder


def test_nothing_in_the_picture_needs_a_style_of_its_own() -> None:
    svg = drawn(points_of(taps((0, 2), (5, 3), (9, 4)), "UTC")[0])
    assert not [each for each in svg.iter() if "style" in each.attrib] and svg.attrib["role"] == "img"
