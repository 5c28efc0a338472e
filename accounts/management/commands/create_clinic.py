"""`manage.py create_clinic`: the first step of a real clinic. Needs the owner's login (DATABASE_OWNER_URL)."""

from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.text import slugify
from kombu.exceptions import OperationalError

from accounts.models import Clinic, Membership, User
from accounts.models.user import normal_email
from accounts.services import create_clinic
from accounts.tasks import send_password_reset
from core.text import clean_text, is_blank
from core.zone_names import country_codes, today_name


class Command(BaseCommand):
    help = "Make a clinic and its first admin, and say what to do next. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="as clients read it, e.g. 'Mill Lane Practice'")
        parser.add_argument("--timezone", required=True, help="the clinic's clock, e.g. Europe/London")
        parser.add_argument("--country", required=True, help="two letters, e.g. GB: whose help lines and emergency number are shown")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--works-with-minors", action="store_true", help="clients under 18 may be invited to the portal, with a consent on record")
        parser.add_argument("--prompt-password", action="store_true", help="type the admin's password here instead of mailing a link to choose one")

    def handle(self, *args: Any, **options: Any) -> None:
        name, admin_name, email = self.read_names(options)
        zone_name, country = today_name(options["timezone"]), options["country"].upper()
        if zone_name is None:
            raise CommandError(f"{options['timezone']} is no time zone: give one such as Europe/London.")
        if country not in country_codes():
            raise CommandError(f"{options['country']} is no country: give two letters such as GB.")
        key = slugify(name)[:60]
        there = Clinic.objects.filter(Q(name=name) | Q(key=key, key__gt="")).first()
        if there is not None:
            self.stdout.write(f"{there.name} is there already; nothing was changed.")
            return
        known = User.objects.filter(email=normal_email(email)).first()
        password = self.ask_password(admin_name, email) if options["prompt_password"] and known is None else None
        admin = create_clinic(
            name=name,
            timezone_name=zone_name,
            country=country,
            admin_name=admin_name,
            admin_email=email,
            password=password,
            key=key,
            works_with_minors=options["works_with_minors"],
        )
        self.say_next(admin, has_password=known is not None or password is not None)

    def read_names(self, options: dict[str, Any]) -> tuple[str, str, str]:
        """Clinic, admin and address, as typed; what cannot be shown or mailed is refused."""
        try:
            name, admin_name = clean_text(options["name"]).strip(), clean_text(options["admin_name"]).strip()
            validate_email(options["admin_email"].strip())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if is_blank(name) or is_blank(admin_name):
            raise CommandError("Give the clinic and its admin a name that can be seen.")
        return name, admin_name, options["admin_email"].strip()

    def ask_password(self, name: str, email: str) -> str:
        password = getpass(f"Password for {email} (12 characters or more): ")
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if password != getpass("The same again: "):
            raise CommandError("These were two different passwords; nothing was changed.")
        return password

    def say_next(self, admin: Membership, *, has_password: bool) -> None:
        self.stdout.write(f"{admin.clinic.name} is made; {admin.user.email} is its admin.")
        if has_password:
            self.stdout.write(f"Next: sign in at {settings.BASE_URL}/accounts/login/ and invite therapists under People.")
            return
        try:
            send_password_reset.delay(str(admin.user_id))
            self.stdout.write("Next: a link to choose a password is on its way there; it works for an hour.")
        except OperationalError:
            self.stdout.write("No link to choose a password could be sent: REDIS_URL does not answer.")
        self.stdout.write(f"Nothing came? Ask for another at {settings.BASE_URL}/accounts/password/reset/. Then sign in and invite therapists under People.")
