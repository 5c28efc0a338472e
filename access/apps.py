from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "access"

    def ready(self) -> None:
        from access import checks  # noqa: F401  (registers the system checks)
        from access.wall import build_after_migrate

        post_migrate.connect(build_after_migrate, sender=self)  # so that the wall is always as the models say
