"""What a service may answer instead of doing the work."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """The rules of the product do not allow it. `message` is for the person; `field` names the form field it belongs to."""

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class Stale(Exception):
    """Somebody saved a newer version since the form was shown. `current` is the row as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__("newer version exists")
        self.current = current
