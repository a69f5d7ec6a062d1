"""Refusals carry a code, facts and the status their page is answered with."""

import copy

import pytest

from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed, Refused


@pytest.mark.parametrize(("kind", "status"), [(NotAllowed, 403), (Missing, 404), (Conflict, 409), (Invalid, 422)])
def test_every_refusal_knows_its_status(kind, status):
    assert kind.status == status
    assert issubclass(kind, Refused)


def test_the_facts_of_a_refusal_are_readable_in_a_log():
    assert str(Conflict("petition.closed", number=7)) == "petition.closed(number=7)"
    assert str(Missing("petition.missing")) == "petition.missing"


def test_a_refusal_made_anew_keeps_its_facts():
    arrived = copy.copy(Conflict("petition.closed", number=7))
    assert (type(arrived), arrived.code, arrived.facts) == (Conflict, "petition.closed", {"number": 7})
