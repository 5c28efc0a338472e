"""A person who signs in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from core.models import BaseModel
from core.rules import Rule


def normal_email(address: str) -> str:
    """One spelling of an address: without blanks around it, in lower case."""
    return address.strip().lower()


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a hashed password (none given: a password that no one can have)."""
        user = self.model(email=normal_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normal_email(username or ""))


class User(AbstractBaseUser, BaseModel):
    """Signs in with an e-mail address in any letter case. `locale` and `timezone` are for staff pages; a client's own are on `clients.Client`."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    locale = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    names = ("email", "name")
    codes = ("locale", "timezone", "password")
    rules = [
        Rule("web", "select insert update", "true"),
        Rule("therapist", "select", "id = ANY ((SELECT sec.staff_user_ids())::uuid[])", columns="id, name"),
        Rule("portal", "select", "id = {me} OR id = ANY ((SELECT sec.my_therapist_ids())::uuid[])", columns="id, name"),
        Rule("admin", "select", "id = ANY ((SELECT sec.clinic_user_ids())::uuid[])", columns="id, name, email, is_active, last_login"),
        Rule("worker", "select", "id = ANY ((SELECT sec.clinic_user_ids())::uuid[])", columns="id, name, email, is_active, locale"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
            models.CheckConstraint(name="user_email_normal", condition=models.Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.name
