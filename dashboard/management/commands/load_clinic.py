"""`manage.py load_clinic FILE`: a made-up clinic from a file. Needs the owner's login."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Clinic, User
from dashboard.clinic_file import ClinicFile, half_loaded, load_clinic, read_clinic_file
from dashboard.clinic_file.entry import FileError
from dashboard.management.commands.load_starter import PASSWORD


class Command(BaseCommand):
    help = "Load a demo clinic from a file in place of the one loaded before, and print its sign-ins. The password comes from DEMO_PASSWORD."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a clinic already, unless it is this one and was cut off")

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("DEMO_PASSWORD") or PASSWORD
        try:
            file = read_clinic_file(options["file"])
            if not options["if_empty"] or half_loaded(file) or not Clinic.objects.exists():
                load_clinic(file, password, processes=min(4, os.cpu_count() or 1))
        except FileError as error:
            raise CommandError(str(error)) from error
        self.tell(file, password)

    def tell(self, file: ClinicFile, password: str) -> None:
        """Who can sign in, and with what."""
        clinic = Clinic.objects.filter(key=file.clinic.text("key"), is_demo=True).first()
        if clinic is None:
            self.stdout.write("There is a clinic already; nothing was loaded.")
            return
        boss = User.objects.filter(email=file.admin.text("email")).first()
        told = password if boss is not None and boss.check_password(password) else "as it was when the clinic was loaded"
        self.stdout.write(f"Sign-ins, all with the password: {told}")
        for who, entry in [("admin", file.admin), *(("therapist", each) for each in file.therapists)]:
            self.stdout.write(f"  {entry.text('email'):34} {who}, {entry.text('name')}")
        for user in User.objects.filter(memberships__clinic=clinic, memberships__role="client").order_by("email"):
            self.stdout.write(f"  {user.email:34} client, {user.name}")
