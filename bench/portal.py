"""The client's first page on a bad line, as a browser has it (`make bench-portal`): 400 kbit/s, 400 ms there and back, a processor four times slower.

Each round opens a new browser profile and visits a bare page of the same server, then Today, then Today again; medians, and ratios to the bare page.
Nothing is asserted. It runs beside a served product (`exec --serve`) with its starter clinic.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.report import Report

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
PHONE = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True}
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = 4
TODAY, BARE = "/portal/", "/healthz"
WHO, PASSWORD = "ben@example.org", os.environ.get("DEMO_PASSWORD", "a quiet lantern 7")
KIB = 1024
# When the words are on the screen, and when the form below them can be sent: no page of the portal needs a script for that.
SEEN = """() => new Promise((resolve) => {
  const told = () => {
    const page = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    if (!paint || !page.loadEventEnd) return setTimeout(told, 20);
    resolve({ painted: paint.startTime, built: page.domInteractive, done: page.loadEventEnd });
  };
  told();
})"""


@dataclass
class Visit:
    """Seconds, and bytes on the wire with their headers by kind of file."""

    painted: float
    usable: float
    done: float
    bytes: dict[str, int] = field(default_factory=dict)
    requests: int = 0

    @property
    def all_bytes(self) -> int:
        return sum(self.bytes.values())

    @property
    def first_screen(self) -> int:
        """What has to be there before anything is painted."""
        return self.bytes.get("Document", 0) + self.bytes.get("Stylesheet", 0)


def visit(page: Page, address: str, *, slow: bool = True) -> Visit:
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    if slow:
        link.send("Network.emulateNetworkConditions", LINE)
        link.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    link.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    link.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}))
    page.goto(address, wait_until="networkidle")
    told = {name: value / 1000 for name, value in page.evaluate(SEEN).items()}
    found: dict[str, int] = {}
    for number, size in sizes.items():
        found[kinds.get(number, "Other")] = found.get(kinds.get(number, "Other"), 0) + size
    link.detach()
    return Visit(told["painted"], max(told["painted"], told["built"]), told["done"], found, sum(size > 0 for size in sizes.values()))


@contextmanager
def profile(browser: Browser, cookies: Any = ()) -> Iterator[BrowserContext]:
    """A browser that was here never before, but is signed in."""
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]  # a dict of mixed values
    context.add_cookies(cookies)
    yield context
    context.close()


def sign_in(browser: Browser, base: str) -> Any:
    with profile(browser) as context:
        page = context.new_page()
        page.goto(f"{base}/accounts/login/")
        page.fill("[name=login]", WHO)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/portal/**")
        return context.cookies()


def one_round(browser: Browser, base: str, cookies: Any) -> tuple[Visit, Visit, Visit]:
    with profile(browser, cookies) as context:
        bare = visit(context.new_page(), base + BARE)
    with profile(browser, cookies) as context:
        first = visit(context.new_page(), base + TODAY)
        second = visit(context.new_page(), base + TODAY)
    return bare, first, second


def middle(visits: list[Visit], name: str) -> float:
    return median(getattr(one, name) for one in visits)


def tell(rounds: list[tuple[Visit, Visit, Visit]], report: Report) -> None:
    bare, first, second = ([one[place] for one in rounds] for place in range(3))
    base = middle(bare, "usable")
    beside = base - LINE["latency"] / 1000
    report.head(f"Today at 400 kbit/s, 400 ms, processor four times slower; medians of {len(rounds)}; a bare page is there after {base:.2f} s")
    weights = first[0].bytes
    told = ", ".join(f"{kind.lower()} {size}" for kind, size in sorted(weights.items(), key=lambda pair: -pair[1]))
    report.ratio("first visit, KiB", middle(first, "all_bytes") / KIB, 40, f"{first[0].requests} requests with their headers: {told}")
    report.ratio("first screen, KiB", middle(first, "first_screen") / KIB, 14, "the page and its style")
    for name, visits, most in (("first visit, s", first, 1.5), ("second visit, s", second, 0.6)):
        usable, trips = middle(visits, "usable"), 1 + bool(visits[0].bytes.get("Stylesheet"))
        line = trips * LINE["latency"] / 1000 + middle(visits, "first_screen") / LINE["downloadThroughput"]
        spread = sorted(one.usable for one in visits)
        about = (
            f"{usable / base:.2f} x the bare page; {spread[0]:.2f} to {spread[-1]:.2f}; the line alone {line:.2f}; with its fonts {middle(visits, 'done'):.2f}"
        )
        report.ratio(name, usable, most, about)
    report.line("not the line's", f"{beside:.2f} s of the bare page: this machine, now (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
    report.line("second visit, bytes", f"{middle(second, 'all_bytes'):.0f} in {second[0].requests} requests")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.portal", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    base = os.environ["BASE_URL"].rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        cookies = sign_in(browser, base)
        with profile(browser, cookies) as context:  # the server has every page in memory, as on any day but its first
            visit(context.new_page(), base + TODAY, slow=False)
        report = Report()
        tell([one_round(browser, base, cookies) for _round in range(given.rounds)], report)
        report.head(f"{report.over} over their budget")
        browser.close()


if __name__ == "__main__":
    main()
