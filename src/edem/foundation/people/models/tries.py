"""How often somebody has tried a password, a code, a phone: of one server's processes and of all the servers."""

from django.db import models


class Tries(models.Model):
    """What `edem.foundation.people.tries` remembers for some minutes."""

    name = models.CharField(max_length=64, primary_key=True)
    """A keyed hash: neither an address nor an account can be read from it."""
    value = models.TextField()
    until = models.DateTimeField(db_index=True)
