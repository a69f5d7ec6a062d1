"""Residents whose mail address the vault holds."""

from django.db import transaction

from edem.foundation.identity.claims import Claims
from edem.foundation.identity.vault import store
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.people.tests.factories import PersonFactory


def person_with(email):
    person = PersonFactory()
    if email:
        with transaction.atomic():
            store(person, Claims(method="bank_id", last_name="Коваленко", given_name="Олена", email=email), now=NOW)
    return person
