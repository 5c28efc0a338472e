"""The pages: against Django admin, against their own SQL floor, against no policies, and against a tenth of the rows."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.test import Client as Browser

from bench import place
from bench.clinics import Practice
from bench.floors import Floor
from bench.measure import compared, in_sql, median_of, once, statements
from bench.peer import change_list
from bench.report import Report


def browser_of(user: Any) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def visit(browser: Browser, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return bytes(answer.content)


def pages_of(practice: Practice) -> dict[str, Callable[[], bytes]]:
    big = browser_of(practice.big)
    record = f"/clients/{practice.client.pk}/"
    return {name: partial(visit, big, where) for name, where in (("caseload", "/caseload/"), ("record", record), ("timeline", f"{record}timeline/"))}


def as_owner(call: Callable[[], object]) -> Callable[[], object]:
    """The admin knows no wall: it works as the owner of the tables, bound in the request as the product binds its actor."""
    from django.db import connection, transaction

    def bound() -> object:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', 'app_owner', true), set_config('app.maintenance', 'on', true)")
            return call()

    return bound


def against_the_peer(practice: Practice, rounds: int, report: Report) -> None:
    """Processor time of Python and PostgreSQL together."""
    pages = pages_of(practice)
    costs = compared({"peer": as_owner(change_list), "caseload": pages["caseload"], "record": pages["record"]}, rounds)
    peer = costs["peer"]
    report.head(f"CPU in all, ms; Django admin's list of 200: {peer.cpu:.1f} (app {peer.app:.1f}, database {peer.database:.1f})")
    for name, must in (("caseload", 0.5), ("record", 0.3)):
        cost = costs[name]
        report.ratio(f"{name} / admin list", cost.cpu / peer.cpu, must, f"{cost.cpu:.1f} (app {cost.app:.1f}, database {cost.database:.1f})")


def against_the_floor(practice: Practice, rounds: int, report: Report) -> None:
    """Milliseconds inside the database's driver, the rows fetched."""
    floor, pages = Floor(), pages_of(practice)
    report.head("Time in SQL, ms, against the least SQL that answers the same")
    for name, least in (("caseload", partial(floor.caseload, practice.big.pk)), ("record", partial(floor.record, practice.client.pk))):
        ours, theirs = median_of([in_sql(pages[name]), least], rounds)
        report.ratio(f"{name} / its floor", ours / theirs, 2.0, f"{ours:.1f} / {theirs:.1f}")


def against_no_policies(practice: Practice, rounds: int, report: Report) -> None:
    report.head("What the wall costs: page behind it / under a role whose policies are `true`, ms by the clock")
    for name, page in pages_of(practice).items():

        def free(page: Callable[[], bytes] = page) -> bytes:
            with place.without_policies():
                return page()

        lengths = len(page()), len(free())
        costs = compared({"wall": page, "open": free}, rounds)
        told = "" if max(lengths) <= 1.01 * min(lengths) else f"; pages differ: {lengths} bytes, so a selector leaves a filter to the wall"
        report.ratio(name, costs["wall"].wall / costs["open"].wall, 1.2, f"{costs['wall'].wall:.1f} / {costs['open'].wall:.1f}{told}")


def costs_now(practice: Practice, rounds: int) -> dict[str, float]:
    return {name: cost.cpu for name, cost in compared(pages_of(practice), rounds).items()}


def grown(few: dict[str, float], many: dict[str, float], report: Report, said: str) -> None:
    report.head(f"{said}: CPU in all, ms")
    for name, before in few.items():
        report.ratio(name, many[name] / before, 1.3, f"{many[name]:.1f} / {before:.1f}")


def asked(practice: Practice, report: Report) -> None:
    """Each page once for a therapist of one client and for one of many."""
    report.head("Statements a page, binding, session, user and trail counted: 1 client, many")
    office = browser_of(practice.admin)
    big, small = browser_of(practice.big), browser_of(practice.small)
    here, there = f"/clients/{practice.one.pk}/", f"/clients/{practice.client.pk}/"
    looks = {
        "caseload": (partial(visit, small, "/caseload/"), partial(visit, big, "/caseload/")),
        "record": (partial(visit, small, here), partial(visit, big, there)),
        "timeline": (partial(visit, small, f"{here}timeline/"), partial(visit, big, f"{there}timeline/")),
        "homework": (partial(visit, small, f"{here}homework/"), partial(visit, big, f"{there}homework/")),
        "today": (partial(visit, browser_of(practice.one.portal_user), "/portal/"), partial(visit, browser_of(practice.client.portal_user), "/portal/")),
    }
    for name, (one, many) in looks.items():
        one(), many()  # what is read once a process
        report.count(name, len(statements(one)), len(statements(many)))
    clinic = partial(visit, office, "/clinic/")
    clinic()
    report.count("clinic", len(statements(clinic)), None)
    report.line("clinic, all clients", f"{once(clinic).wall:.0f} ms by the clock")
