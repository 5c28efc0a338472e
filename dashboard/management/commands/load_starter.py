"""`manage.py load_starter`: a small made-up clinic to look at. Needs the owner's login; does nothing where a clinic is already."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Clinic, User
from dashboard import starter
from dashboard.starter.people import KEY

PASSWORD = "a quiet lantern 7"  # of every sign-in of the demo, unless DEMO_PASSWORD says another
SIGN_INS = (
    ("ada@example.org", "admin"),
    ("tara@example.org", "therapist of Ben and Cleo"),
    ("sam@example.org", "therapist of Dana"),
    ("ben@example.org", "client, on a phone"),
)


class Command(BaseCommand):
    help = "Load the starter clinic where there is no clinic yet, and print its sign-ins. The password comes from DEMO_PASSWORD."

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("DEMO_PASSWORD") or PASSWORD
        if not Clinic.objects.exists():
            starter.load(password)
        if not Clinic.objects.filter(key=KEY, is_demo=True).exists():
            self.stdout.write("There is a clinic already; nothing was loaded.")
            return
        ada = User.objects.filter(email="ada@example.org").first()
        told = password if ada is not None and ada.check_password(password) else "as it was when the clinic was loaded"
        self.stdout.write(f"Sign-ins, all with the password: {told}")
        for address, who in SIGN_INS:
            self.stdout.write(f"  {address:18} {who}")
