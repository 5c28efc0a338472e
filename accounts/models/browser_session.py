"""A browser's session, signed in or not yet."""

from typing import ClassVar

from django.db import models

from core.models import BaseModel
from core.rules import Rule


class BrowserSession(BaseModel):
    """What the session cookie stands for. The cookie's key is not in the table: only its SHA-256.

    `ends_at` is when it ends unless somebody does something before; accounts.sessions knows the limits. The database ends all sessions of a
    person whose role, password or second factor changes (access/sign_in.sql).
    """

    key_hash = models.CharField(max_length=64, editable=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")  # nobody before signing in
    data = models.TextField()  # signed, as Django encodes it
    device = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    codes = ("key_hash", "data", "device")
    rules: ClassVar[list[Rule]] = [Rule("web", "select insert update delete", "true")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_hash"], name="browsersession_key_unique")]

    def __str__(self) -> str:
        return self.device
