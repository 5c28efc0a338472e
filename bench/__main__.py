"""How fast it is, as ratios in one run (`make bench`): pages, writes and reminders of a large practice, each beside its budget. Nothing is asserted.

Run it beside throw-away servers, as `make bench` does. docs/performance.md says what the figures mean.
"""

import argparse
import time

import django

from bench import place
from bench.report import Report


def main() -> None:
    given = arguments()
    place.settings_for_the_bench()
    django.setup()
    from bench import clinics, outbox, pages, writes

    report, began = Report(), time.monotonic()
    place.prepare_database()
    practice = clinics.practice(therapists=given.therapists, biggest=given.biggest, usual=given.usual)
    place.open_roles()
    clinics.fill(practice, given.entries // 10)
    report.head(f"{given.therapists} therapists, one of {given.biggest} clients; {practice.clients} clients in all; made in {time.monotonic() - began:.0f} s")
    place.work_as("app_web")
    few = pages.costs_now(practice, given.rounds)
    with place.owner():
        clinics.fill(practice, given.entries)
    report.line("entries", f"{practice.entries}, from {given.entries // 10}; {time.monotonic() - began:.0f} s")
    pages.grown(few, pages.costs_now(practice, given.rounds), report, "Ten times the entries")
    pages.against_the_peer(practice, given.rounds, report)
    pages.against_the_floor(practice, given.rounds, report)
    pages.against_no_policies(practice, given.rounds, report)
    pages.asked(practice, report)
    writes.against_a_bare_one(practice, given.rounds * 3, report)
    outbox.planned_and_drained(practice, given.reminders, report)
    report.head(f"{report.over} over their budget; {time.monotonic() - began:.0f} s in all")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--therapists", type=int, default=60)
    parser.add_argument("--biggest", type=int, default=200, help="clients of the therapist who looks")
    parser.add_argument("--usual", type=int, default=40, help="clients of each of the others")
    parser.add_argument("--entries", type=int, default=1_000_000, help="timeline entries of all clients together")
    parser.add_argument("--reminders", type=int, default=1000, help="clients with a reminder due")
    parser.add_argument("--rounds", type=int, default=15)
    return parser.parse_args()


if __name__ == "__main__":
    main()
