"""A clinic from a file, loaded beside the running product by the command of `make run`, several clients at a time."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser import DESK, PHONE, Browser, expect, visitor

PROJECT = Path(__file__).parents[2]
ODD = PROJECT / "tests/dashboard/odd_clinic.yaml"


def load(*options: str) -> str:
    command = [sys.executable, "manage.py", "load_clinic", str(ODD), *options]
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, "DATABASE_LOGIN": "owner"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_its_people_sign_in_and_find_themselves(chrome: Browser) -> None:
    assert "nothing was loaded" in load("--if-empty"), "the starter clinic is there"
    assert "t2@odd.example.org" in load()
    with visitor(chrome, DESK) as zoe:
        page = zoe.sign_in("t2@odd.example.org")
        zoe.check()
        expect(page.locator("main")).to_contain_text("Wanda")
        expect(page.get_by_text("demo", exact=False).first).to_be_visible()
    with visitor(chrome, PHONE) as client:
        page = client.sign_in("x@odd-house.example.org")
        client.check()
        client.go("/portal/privacy/")
        expect(page.locator("body")).to_contain_text("Тарас <b>Шум</b>")
