"""What is typed reaches the database and the page, and nothing beside them: no log of any process, no command to the broker, no text of a mail."""

import base64
import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.browser import DESK, PHONE, Browser, expect, visitor
from tests.journeys.test_portal import begin

CANARY = "Canarybird"
LOGS, MAIL = (Path(os.environ["DATA_DIR"]) / name for name in ("logs", "mail"))
BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


@contextmanager
def listening_to_the_broker() -> Iterator[list[str]]:
    """Every command that anybody gives to Valkey meanwhile, and the same with what is packed in it unpacked."""
    heard: list[str] = []
    server = redis.from_url(os.environ["REDIS_URL"])
    with server.monitor() as monitor:

        def listen() -> None:
            for command in monitor.listen():
                heard.append(command["command"])
                if command["command"].endswith("the end"):
                    return

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield heard
        finally:
            server.echo("the end")
            listener.join(timeout=30)
    assert heard and heard[-1].endswith("the end")
    heard += [unpacked(packed) for line in list(heard) for packed in BASE64.findall(line)]


def unpacked(text: str) -> str:
    return base64.b64decode(text + "=" * (-len(text) % 4)).decode(errors="replace")


def logged() -> str:
    return "\n".join(path.read_text(errors="replace") for path in LOGS.glob("*.log"))


def test_names_and_words_stay_where_they_belong(chrome: Browser) -> None:
    address = f"{CANARY.lower()}@example.org"
    with listening_to_the_broker() as heard:
        with visitor(chrome, DESK) as stranger:
            stranger.sign_in(address, f"{CANARY} is my secret")
            stranger.go(f"/accounts/password/reset/?for={CANARY}")
            stranger.page.get_by_label("E-mail").fill(address)
            stranger.page.get_by_role("button", name=re.compile("link|reset|send", re.I)).click()
            stranger.page.goto(f"{os.environ['BASE_URL']}/no/such/page/?q={CANARY}")
        with visitor(chrome, DESK) as tara:
            page = tara.sign_in("tara@example.org")
            page.get_by_role("link", name="Add a client").first.click()
            page.get_by_label("Called").fill(CANARY)
            page.get_by_role("button", name="Add", exact=True).click()
            page.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
            tara.go(re.sub(r"(/clients/[0-9a-f-]{36}/).*", r"\1portal/", page.url.removeprefix(os.environ["BASE_URL"].rstrip("/"))))
            page.get_by_label("E-mail").fill(address)
            with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
                page.get_by_role("button", name=re.compile("invit", re.I)).click()
            number = posted.value.headers["x-request-id"]
            tara.check()
            assert tara.link_in_mail(address)
        with visitor(chrome, PHONE) as ben:
            ben.sign_in("ben@example.org")
            page = begin(ben, "clouds")
            page.locator("#answer").fill(f"What {CANARY} said to me")
            page.get_by_role("button", name="Next").last.click()
            expect(page.locator(".stepno")).to_contain_text("2 of")
    assert not [line for line in heard if CANARY.lower() in line.lower()]
    assert CANARY.lower() not in logged().lower()
    bodies = [path.read_text().partition("\n\n")[2] for path in MAIL.glob("*.log")]
    assert bodies and not any(CANARY.lower() in body.lower() for body in bodies)
    controls(heard, number)


def controls(heard: list[str], number: str) -> None:
    """The broker and the logs were listened to: the invitation went through both, under the number of Tara's request."""
    assert any("clients.tasks.send_invitation" in line for line in heard) and any(number in line for line in heard)
    assert {line["message"].rsplit(" ")[-1] for line in lines_of("worker") if line["request_id"] == number} >= {"succeeded"}
    assert any(line["logger"] == "django.request" for line in lines_of("web"))


def lines_of(process: str) -> list[dict[str, str]]:
    """Its own lines; the servers it runs in print others when they start."""
    return [json.loads(line) for line in (LOGS / f"{process}.log").read_text().splitlines() if line.startswith("{")]
