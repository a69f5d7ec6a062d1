"""People as the platform knows them: opaque, with a display name and roles. What identifies them is in the vault."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from edem.foundation.people.roles import LABELS, Role


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login=username)


class Person(AbstractBaseUser):
    """A resident or a member of staff; residents have no login and no password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=100, null=True, unique=True)
    display_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=5, default="uk")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = People()

    USERNAME_FIELD = "login"

    class Meta:
        ordering = ("name_key", "pk")

    @property
    def is_staff(self) -> bool:
        """Residents have no login: they come through a state identification service every time."""
        return self.login is not None

    def __str__(self) -> str:
        return str(self.pk)  # never a name: this is what reaches logs


class RoleGrant(models.Model):
    """A role held in a community (or in one of its organisations) from a day until it is taken back."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    community = models.ForeignKey("communities.Community", null=True, on_delete=models.CASCADE)
    """None for the platform's own roles."""
    organisation = models.ForeignKey("communities.Organisation", null=True, on_delete=models.CASCADE)
    role = models.CharField(max_length=30, choices=[(role.value, label) for role, label in LABELS.items()])
    granted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """The moment it ends by itself, for access in an emergency; None for a job that is held till taken back."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="role_held_once",
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_is_known"),
        ]
