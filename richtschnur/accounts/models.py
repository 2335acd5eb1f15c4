"""Who works here, in which role and office, and who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from richtschnur.accounts.states import Role
from richtschnur.journal.actors import Actor


class Office(models.Model):
    """Amt: a department of the county, or an outside body that answers for it."""

    short = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    is_outside = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        found = self.get(login__iexact=username)
        if found.login.lower() != str(username).lower():  # databases take ſ for s
            raise User.DoesNotExist
        return found


class User(AbstractBaseUser):
    """A member of staff with one role; what the role may do stands in the policy."""

    login = models.CharField(_("Login"), max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.login

    def actor(self, on: date) -> Actor:
        """This person as an actor on a day, with the roles of those she stands in for."""
        stood_in = [
            (deputy.absent.role, str(deputy.absent_id))
            for deputy in Deputy.objects.filter(
                stands_in=self, from_on__lte=on, until_on__gte=on, absent__is_active=True
            ).select_related("absent")
        ]
        roles = frozenset([self.role, *(role for role, _id in stood_in)])
        return Actor("user", str(self.pk), self.role, roles, tuple(stood_in))


class Deputy(models.Model):
    """Vertretung: `stands_in` may act in the role of `absent` on the days from–until."""

    absent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    stands_in = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="deputy_period"
            ),
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("stands_in")), name="deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stands_in} – {self.absent}"


class FailedLogin(models.Model):
    """A login that failed a short while ago; kept for a day, to slow guessing down."""

    login = models.CharField(max_length=60)
    failed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["login", "failed_at"], name="failed_login_recent")]

    def __str__(self) -> str:
        return self.login


def actor_of(request: Any) -> Actor:
    """Who acts in this request: the person logged in, else a visitor.

    Someone who has not yet changed a one-time password is a visitor, too.
    """
    from richtschnur.journal.actors import VISITOR

    if not request.user.is_authenticated or request.user.must_change_password:
        return VISITOR
    if not hasattr(request, "_actor"):
        request._actor = request.user.actor(localdate(request.at))
    actor: Actor = request._actor
    return actor
