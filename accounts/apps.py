from allauth.core.internal import ratelimit
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # The counter of tries is one per address: a whole house that signs in at once waits for it, where allauth gives up after a second.
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 8  # seconds; less than its lock lasts

        from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

        from accounts.second_factor import factor_changed

        for changed in (authenticator_added, authenticator_removed, authenticator_reset):
            changed.connect(factor_changed)
