"""`make screenshots`: the README's pictures, taken from the running product with its starter clinic."""

from pathlib import Path

from tests.browser import DESK, PHONE, Browser, base_url, chromium, visitor

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SHARP = {**DESK, "device_scale_factor": 1}


def desk(browser: Browser) -> None:
    with visitor(browser, SHARP) as tara:
        page = tara.sign_in("tara@example.org")
        page.screenshot(path=PICTURES / "caseload.png")
        page.get_by_role("link", name="Ben").first.click()
        record = tara.page.url
        page.screenshot(path=PICTURES / "record.png")
        page.goto(f"{record}sessions/new/")
        page.screenshot(path=PICTURES / "session-log.png")
        page.goto(f"{record}homework/assign/")
        page.screenshot(path=PICTURES / "assign.png")
        page.goto(f"{base_url()}/library/own/slow_breathing/adapt/")
        page.screenshot(path=PICTURES / "own-exercise.png")
        tabs = ("people", "coping", "selfcare", "mindset")
        for tab, name in (*((tab, f"{tab}-desk") for tab in tabs), ("selfcare/kind", "kind-desk")):
            page.goto(f"{record}{tab}/")
            page.screenshot(path=PICTURES / f"{name}.png")


def phone(browser: Browser) -> None:
    with visitor(browser, {**PHONE, "device_scale_factor": 1.5}) as ben:
        page = ben.sign_in("ben@example.org")
        page.screenshot(path=PICTURES / "today.png")
        for place in ("strengths", "people", "coping", "selfcare", "selfcare/kind", "mindset", "reading", "practise", "me", "talk"):
            page.goto(f"{base_url()}/portal/{place}/")
            page.screenshot(path=PICTURES / f"{place.rpartition('/')[2]}.png")
        for place, name in (("progress", "progress"), ("mindset/jar", "jar")):
            page.goto(f"{base_url()}/portal/{place}/")
            page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        desk(browser)
        phone(browser)
    print("\n".join(f"{path.relative_to(PICTURES.parent.parent)} {path.stat().st_size // 1024} KiB" for path in sorted(PICTURES.glob("*.png"))))


if __name__ == "__main__":
    main()
