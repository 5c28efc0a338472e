"""A real browser on the running product: Debian's Chromium, two sizes, axe on every page, and no page that breaks its own policy."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CHROMIUM = "/usr/bin/chromium"
PHONE = {"viewport": {"width": 360, "height": 780}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
PASSWORD = os.environ.get("DEMO_PASSWORD", "a quiet lantern 7")

__all__ = ["DESK", "PHONE", "Browser", "BrowserContext", "Page", "Visitor", "chromium", "expect", "visitor"]


def base_url() -> str:
    return os.environ["BASE_URL"].rstrip("/")


@contextmanager
def chromium() -> Iterator[Browser]:
    """One headless browser; it asks nobody outside for anything."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


CSP_VIOLATIONS: list[str] = []  # of all visitors, for `make security`


class Visitor:
    """One person at one device. `problems` collects whatever a page did that it may not: outside requests, policy violations, script errors, axe findings."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.problems.append(f"console: {message.text}")
        if "Content Security Policy" in message.text:
            CSP_VIOLATIONS.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((base_url(), "data:", "about:")):
            self.problems.append(f"outside request: {request.url}")

    def go(self, path: str) -> Page:
        self.page.goto(base_url() + path)
        return self.check()

    def looked_at(self) -> Any:
        """What axe finds. When a click was still leading away from the page it began on, the page that came is looked at, from its beginning."""
        try:
            return Axe().run(self.page)
        except PlaywrightError:
            self.page.wait_for_load_state()
            return Axe().run(self.page)

    def check(self) -> Page:
        """Axe on the page as it stands, and no sideways scrolling."""
        found = self.looked_at()
        for violation in found.response["violations"]:
            places = [node["target"] for node in violation["nodes"]]
            self.problems.append(f"axe on {self.page.url}: {violation['id']} {violation['help']} at {places[:3]}")
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            self.problems.append(f"scrolls sideways: {self.page.url}")
        return self.page

    def sign_in(self, email: str, password: str = PASSWORD) -> Page:
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.locator("input[type=password]").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        return self.check()

    def link_in_mail(self, address: str) -> str:
        """The newest link that the product mailed to this address, as its own path."""
        self.page.goto(f"{base_url()}/dev/mail/")
        mail = self.page.locator("article", has_text=address).first
        expect(mail).to_be_visible()
        links = re.findall(re.escape(base_url()) + r"(/\S+)", mail.inner_text())
        return str(links[-1])


@contextmanager
def visitor(browser: Browser, device: dict[str, Any] | None = None, **options: Any) -> Iterator[Visitor]:
    """A fresh device; leaving fails if a page did what it may not."""
    context = browser.new_context(reduced_motion="reduce", **{**(device or DESK), **options})
    person = Visitor(context)
    try:
        yield person
    except BaseException:
        person.page.screenshot(path="test-results/where-it-stopped.png", full_page=True)
        raise
    context.close()
    assert not person.problems, "\n".join(person.problems)
