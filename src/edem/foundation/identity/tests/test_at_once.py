"""Two browsers of one newcomer at the same moment, on two connections: one person comes of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from edem.foundation.identity import actions
from edem.foundation.identity.actions import admit_person
from edem.foundation.identity.models import Consent, SignInMark, VaultRecord
from edem.foundation.identity.tests.factories import claims_of
from edem.foundation.people.models import Person
from edem.foundation.people.tests.factories import MARCH_1

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_first_sign_ins_at_once_make_one_person(monkeypatch):
    claims, gate, calls = claims_of(), Barrier(2, timeout=10), []
    really_known = actions.person_known_by

    def both_look_before_either_writes(claims):
        known = really_known(claims)
        calls.append(known)
        if len(calls) <= 2:
            gate.wait()
        return known

    monkeypatch.setattr(actions, "person_known_by", both_look_before_either_writes)

    def sign_in(_):
        try:
            return admit_person(claims, consents=True, now=MARCH_1).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as browsers:
        one, two = browsers.map(sign_in, range(2))

    assert calls[:2] == [None, None]  # both were sure they are the first
    assert len(calls) == 3  # and one of them had to look again
    assert one == two == Person.objects.get().pk
    assert SignInMark.objects.count() == VaultRecord.objects.count() == Consent.objects.count() == 1
