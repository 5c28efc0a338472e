"""`manage.py reseal`: after a new key was put in front of SEALING_KEYS. Needs the owner's login."""

from typing import Any

from django.core.management.base import BaseCommand

from safety.services.plan import reseal_plans


class Command(BaseCommand):
    help = "Encrypt with the newest key what older ones sealed. Afterwards an old key may go."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Safety plans sealed anew: {reseal_plans()}. The older keys may go.")
