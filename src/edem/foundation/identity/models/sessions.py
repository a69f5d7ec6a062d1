"""Where people are signed in, what was ended early, and the code that carries a sign-in to another host."""

from django.db import models
from django.db.models import Q

from edem.foundation.people.models import Person


class SignIn(models.Model):
    """One session of a person, so that they can see and end it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    method = models.CharField(max_length=20)
    device = models.CharField(max_length=60, blank=True)
    """«Firefox, Windows»: enough to recognise one's own, too little to follow anyone."""
    origin = models.CharField(max_length=40, blank=True, default="", db_default="")
    """The session from which it was handed over to a community's own host: whoever leaves one leaves both."""
    through = models.CharField(max_length=50, blank=True, default="", db_default="")
    """The city's own provider by which a worker came: its code."""
    session_there = models.CharField(max_length=64, blank=True, default="", db_default="")
    """A hash of what that provider calls its session, so that it can end this one with it."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = [
            models.Index(fields=["person", "-started_at"], name="sign_in_of_person"),
            models.Index(fields=["origin"], name="sign_in_handed_over", condition=~Q(origin="")),
        ]


class RevokedSession(models.Model):
    """A session ended before its act pass: refused everywhere until the pass would have ended by itself."""

    session_key = models.CharField(max_length=40, primary_key=True)
    until = models.DateTimeField(db_index=True)


class SpentLogout(models.Model):
    """A provider's word about a logout, taken once: a hash of its number, until the word would be too old anyway."""

    number_hash = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)


class HandOver(models.Model):
    """A one-time code that carries a sign-in from the platform's host to a community's own."""

    code_hash = models.BinaryField(max_length=32, unique=True)
    browser_hash = models.CharField(max_length=64)
    """Of a secret in the session of the browser that asked: the code is of no use in another one."""
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    next_path = models.CharField(max_length=2000)
    method = models.CharField(max_length=20)
    second_factor = models.BooleanField()
    origin = models.CharField(max_length=40, blank=True, default="", db_default="")
    """The session that it is handed over from."""
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
