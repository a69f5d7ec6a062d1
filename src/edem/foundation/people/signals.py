"""Adding a second factor proves it: the worker need not show it twice in a row."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from edem.foundation.people.models import Person
from edem.foundation.people.second_factor import FACTORS, record_second_factor


@receiver(authenticator_added)
def count_the_new_factor(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        record_second_factor(request, user, kind=authenticator.type)
