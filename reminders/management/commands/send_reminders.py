"""Plan and send reminders without Celery: once, for a timer of the machine, or again and again."""

import logging
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from reminders.services import send_reminders
from reminders.services.sending import AWAY

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Plan the reminders of the next 48 hours and send those that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with a round every so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        """What nobody foresaw ends it with a log line, and never with a traceback: that would quote the error."""
        try:
            self.rounds(options["every"])
        except Exception:
            log.exception("Reminders stopped")
            sys.exit(1)

    def rounds(self, every: int | None) -> None:
        if not every:
            return self.one_round()
        while True:
            try:
                self.one_round()
            except AWAY:
                log.exception("The database is away")
            close_old_connections()
            time.sleep(every)

    def one_round(self) -> None:
        done = send_reminders()
        self.stdout.write(", ".join(f"{n} {state}" for state, n in sorted(done.items())) or "nothing was due")
