"""Each exercise on one A4 page, 14 point and larger, in a real browser."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import sync_playwright

from homework.models import Assignment
from homework.pages.paper import BlockKind, sheet
from safety.content import countries, directory
from tests.browser import CHROMIUM
from tests.homework.option_lists import all_exercises, exercise

STATIC = Path(__file__).parents[2] / "static"
LONGEST_REASON = "To see what happens on a day without checks, and to have something in hand when the evening is long and nobody is there to ring."


MEASURE = """() => {
  const sheet = document.querySelector(".sheet"), foot = sheet.querySelector("footer");
  const shown = [...sheet.querySelectorAll("*")].filter((one) => one.textContent.trim() && !one.closest(".vh"));
  const sizes = shown.map((one) => parseFloat(getComputedStyle(one).fontSize));
  const below = foot.getBoundingClientRect().bottom - sheet.getBoundingClientRect().bottom;
  return [sheet.scrollHeight - sheet.clientHeight, below, Math.min(...sizes)];
}"""


class Somebody:
    """A client as the page needs her."""

    pk = "00000000-0000-7000-8000-000000000000"
    called = "Ben Ashgrove"


def page_of(one) -> str:
    context = {
        "client": Somebody(),
        "task": Assignment(reason=LONGEST_REASON, per_week=3, weeks=2, starts_on=None, look_at_on=None),
        "sheet": sheet(one),
        "dose": "3 times a week for 2 weeks",
        "by": "Tara Finch",
        "country": countries()["GB"],
        "directory": directory(),
    }
    return render_to_string("homework/paper.html", context).replace("/static/", f"{STATIC.as_uri()}/")


def test_every_step_is_on_the_page_and_the_second_part_stands_apart():
    for one in all_exercises():
        page = sheet(one)
        assert len(page.blocks) == len(one.steps)
        assert [block.later for block in page.blocks] == [step.later for step in one.steps]
        assert all(block.options for block in page.blocks if block.kind == BlockKind.TICKS)


def test_a_step_that_hangs_on_an_answer_says_so():
    texts = [block.text for block in sheet(exercise("ride_the_wave")).blocks]
    assert any(text.startswith("If “To hurt myself”: ") for text in texts)


def test_a_long_list_is_written_by_hand():
    picks = next(block for block in sheet(exercise("strengths_spotting")).blocks if "Which strengths" in block.text)
    assert (picks.kind, picks.options) == (BlockKind.LINES, ())


@pytest.mark.full
def test_all_54_fit_on_one_page_in_14_point(tmp_path: Path, settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 794, "height": 1123})
        for one in all_exercises():
            file = tmp_path / f"{one.key}.html"
            file.write_text(page_of(one))
            tab.goto(file.as_uri())
            tab.evaluate("document.fonts.ready")
            over, below, smallest = tab.evaluate(MEASURE)
            if over > 0 or below > 0 or smallest < 18.6:
                wrong.append((one.key, sheet(one).size, over, round(below), smallest))
        browser.close()
    assert not wrong, wrong
