"""What the wall costs a page, in one run: the same pages behind the wall and under roles whose policies are `true`, in interleaved rounds.

Run it beside throw-away servers, as `make bench` does. Prints medians and their ratio; goal <= 1.2 (PERFORMANCE.md, Budgets). No figure is asserted.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import django
import psycopg2
from django.conf import settings

GOAL = 1.2
OPEN = "bench_therapist"
WARM_UP = 3  # rounds that are not counted


def main() -> None:
    given = arguments()
    settings_for_the_bench()
    django.setup()
    from bench.clinics import practice

    prepare_database()
    me, client = practice(caseload=given.caseload, others=given.others, entries=given.entries)
    open_roles()
    work_as("app_web")
    browser = browser_of(me)
    pages = {"caseload": "/caseload/", "record": f"/clients/{client.pk}/", "timeline": f"/clients/{client.pk}/timeline/"}
    print(f"{given.caseload} clients of {given.caseload + given.others}, {given.entries} entries, {given.rounds} rounds; ms and ratio are medians")
    print(f"{'page':10} {'wall':>8} {'open':>8} {'ratio':>6}  goal {GOAL}")
    for name, address in pages.items():
        pairs = rounds(partial(visit, browser, address), given.rounds)
        behind, free = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
        ratio = statistics.median(wall / free for wall, free in pairs)
        print(f"{name:10} {behind:8.2f} {free:8.2f} {ratio:6.2f}{note(browser, address)}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--caseload", type=int, default=40, help="clients of the therapist who looks")
    parser.add_argument("--others", type=int, default=200, help="clients of colleagues, half in another clinic")
    parser.add_argument("--entries", type=int, default=30_000, help="timeline entries of all clients together")
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


def settings_for_the_bench() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience_site.settings")
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LOGGING_CONFIG = None


def prepare_database() -> None:
    """Tables and wall, made as their owner in the throw-away database."""
    from django.core.management import call_command

    work_as("app_owner")
    call_command("migrate", verbosity=0, interactive=False)


def work_as(role: str) -> None:
    """Every new statement of the connection begins as this role."""
    from django.db import connection

    options = f"-c role={role}" + (" -c app.maintenance=on" if role == "app_owner" else "")
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict.get("OPTIONS", {}), "options": options}
    connection.close()


def open_roles() -> None:
    """A role with the therapist's grants, all of whose policies are `true`."""
    from django.db import connection

    from access.wall import rule_sql, walled_models

    with psycopg2.connect(os.environ["TEST_SUPERUSER_URL"]) as link, link.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {OPEN} NOLOGIN; GRANT {OPEN} TO app_test WITH INHERIT FALSE, SET TRUE")
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public, sec TO {OPEN}; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sec TO {OPEN}")
        for model in walled_models():
            for number, rule in enumerate(model.rules):  # type: ignore[attr-defined]
                for line in rule_sql(model, number, replace(rule, when="true", check="")) if rule.kind == "therapist" else ():
                    cursor.execute(line.replace("TO app_therapist", f"TO {OPEN}").replace("POLICY therapist", "POLICY bench"))


@contextmanager
def without_policies(on: bool) -> Iterator[None]:
    """Requests inside bind the open role instead of the therapist's, through the same number of steps."""
    from django.db import connection

    def swap(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if on and params and params[0] == "app_therapist":
            params = [OPEN, *params[1:]]
        return execute(sql, params, many, context)

    with connection.execute_wrapper(swap):
        yield


def browser_of(user: Any) -> Any:
    from django.test import Client as Browser

    browser = Browser()
    browser.force_login(user)
    return browser


def visit(browser: Any, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return bytes(answer.content)


def rounds(call: Callable[[], object], number: int) -> list[tuple[float, float]]:
    """Seconds behind the wall and without it; each round does both one after the other, in an order of chance."""
    taken = []
    for _turn in range(number + WARM_UP):
        seconds: dict[bool, float] = {}
        for on in random.sample([False, True], 2):
            with without_policies(on):
                began = time.perf_counter()
                call()
                seconds[on] = time.perf_counter() - began
        taken.append((seconds[False], seconds[True]))
    return taken[WARM_UP:]


def note(browser: Any, address: str) -> str:
    """Pages of unequal length have not done the same work."""
    lengths = []
    for on in (False, True):
        with without_policies(on):
            lengths.append(len(visit(browser, address)))
    return "" if max(lengths) <= 1.01 * min(lengths) else f"  pages differ: {lengths} bytes; the selector leaves a filter to the wall"


if __name__ == "__main__":
    main()
