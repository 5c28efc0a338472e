"""A walk through the pages: each is looked at where it stands, in light and in dark, and can be kept as a picture.

`PICTURES_TO=some/folder` keeps them, named after the page, the device and the colours.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import PASSWORD, PHONE, Browser, Page, Visitor, base_url, visitor

STAFF_TOUCH, PORTAL_TOUCH = 44, 48  # CSS pixels on a phone: LOOK.md 12

# What a finger has to hit and what is smaller than it may be. A link inside a sentence has the sentence's height (WCAG 2.5.8), and a radio has its label's.
TOO_SMALL = """(least) => {
  const hit_of = (one) => {
    if (one.type !== "radio" && one.type !== "checkbox") return one;
    return one.closest("label") || document.querySelector(`label[for="${one.id}"]`) || one;
  };
  const wrong = [];
  for (const one of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    if (one.tabIndex < 0 || one.matches(".skip")) continue;
    const hit = hit_of(one), box = hit.getBoundingClientRect(), style = getComputedStyle(hit);
    if (box.width < 2 || !hit.checkVisibility({ visibilityProperty: true }) || (one.tagName === "A" && style.display === "inline")) continue;
    const words = (hit.innerText || one.name || "").trim().replace(/\\s+/g, " ").slice(0, 40);
    if (box.height < least - 0.5) wrong.push(`${Math.round(box.width)}x${Math.round(box.height)} ${one.tagName.toLowerCase()}.${one.className} ${words}`);
  }
  return wrong;
}"""


class Walk:
    """One person's way at one device. What a page does wrong lands in the visitor's `problems`."""

    def __init__(self, person: Visitor, device: dict[str, Any], least: int, colours: tuple[str, ...] = ("light", "dark")) -> None:
        self.person, self.page, self.colours = person, person.page, colours
        self.phone = device is PHONE
        self.least = least if self.phone else 0
        self.stood: list[str] = []

    def go(self, path: str, name: str) -> Page:
        self.page.goto(base_url() + path)
        return self.stand(name)

    def stand(self, name: str) -> Page:
        """Look at the page as it is."""
        self.page.wait_for_load_state("networkidle")  # a press may lead on through a redirect, and axe needs a page that stays
        before = len(self.person.problems)
        for colours in self.colours:
            self.page.emulate_media(color_scheme=colours, reduced_motion="reduce")  # type: ignore[arg-type]  # a plain string and dict to us, literals to Playwright
            self.person.check()
            self._keep(f"{name}-{'phone' if self.phone else 'desk'}-{colours}")
        if self.least:
            self.person.problems += [f"smaller than {self.least} px: {one}" for one in self.page.evaluate(TOO_SMALL, self.least)]
        self.person.problems[before:] = [f"{name}: {problem}" for problem in self.person.problems[before:]]
        self.stood.append(name)
        return self.page

    def _keep(self, name: str) -> None:
        folder = os.environ.get("PICTURES_TO")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size or {"width": 360, "height": 780}
        whole = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], whole)})  # so that what sticks to an edge covers nothing
        self.page.screenshot(path=Path(folder) / f"{name}.png")
        self.page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain string and dict to us, literals to Playwright

    def press(self, name: str) -> None:
        """A button, or a link that looks like one."""
        words = re.compile(name)
        self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)).last.click()

    def tap(self, label: str) -> None:
        """A radio or a tick by its words, where several may say the same the first."""
        self.page.get_by_label(label, exact=True).first.check(force=True)


@contextmanager
def walking(browser: Browser, device: dict[str, Any], least: int, email: str = "", **options: Any) -> Iterator[Walk]:
    with visitor(browser, device) as person:
        if email:
            person.page.goto(base_url() + "/accounts/login/")
            person.page.get_by_label("E-mail").fill(email)
            person.page.locator("input[type=password]").fill(PASSWORD)
            person.page.get_by_role("button", name="Sign in").click()
        yield Walk(person, device, least, **options)
