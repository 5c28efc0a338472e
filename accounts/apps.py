from allauth.core.internal import ratelimit
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # The counter of tries is one per address: a whole house that signs in at once waits for it, where allauth gives up after a second.
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 8  # seconds; less than its lock lasts
