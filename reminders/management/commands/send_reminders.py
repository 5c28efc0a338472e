"""Plan and send reminders without Celery: once, for a timer of the machine, or again and again."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reminders.services import send_reminders


class Command(BaseCommand):
    help = "Plan the reminders of the next 48 hours and send those that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with a round every so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            done = send_reminders()
            self.stdout.write(", ".join(f"{n} {state}" for state, n in sorted(done.items())) or "nothing was due")
            if not options["every"]:
                return
            time.sleep(options["every"])
