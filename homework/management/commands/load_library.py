"""`manage.py load_library`: bring the exercise library into the database. Run it after every update; twice changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from homework.services.library import load_library


class Command(BaseCommand):
    help = "Load the exercises that come with the product; a changed one becomes a new version."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_library()
        self.stdout.write(f"Exercises: {loaded.added} new, {loaded.changed} changed, {loaded.unchanged} as before, {loaded.retired} retired.")
