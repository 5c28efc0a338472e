#!/usr/bin/env python
"""Django's command line. Commands that build or load use the owner's login, everything else the web's."""

import os
import sys

OWNER_COMMANDS = {"migrate", "create_clinic", "load_library", "load_starter", "load_clinic", "makemigrations", "sqlmigrate", "showmigrations"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience_site.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_LOGIN", "owner")
    from django.core.management import execute_from_command_line

    from resilience_site import celery  # noqa: F401  (so that tasks sent from a command know their broker)

    execute_from_command_line(sys.argv)
