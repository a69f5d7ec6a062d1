"""A sign-in that is half way: the first factor is shown, the second one not yet."""

import uuid

from django.db import models

from edem.foundation.people.models.person import Person


class HalfSignIn(models.Model):
    """While its row stands the second factor may be shown; whoever ends the person's sign-ins takes the row away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    through = models.CharField(max_length=50, blank=True)
    """The city's own provider by which the worker came: its code."""
    session_there = models.CharField(max_length=64, blank=True)
    """A hash of what that provider calls its session, so that it can end this with it."""
    until = models.DateTimeField(db_index=True)
