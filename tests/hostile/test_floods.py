"""A thousand posts in a second: from one address, from one person, from a whole village behind one address."""

import pytest

from edem.foundation.intake import middleware
from edem.foundation.intake.limits import Limits
from tests.hostile.readers import reader_from

A_SECOND = [moment / 1000 for moment in range(1000)]


def test_a_village_behind_one_address_signs_at_once():
    limits = Limits()
    assert all(limits.admits_act(f"neighbour {number}", "petition 5", moment=at) for number, at in enumerate(A_SECOND))


def test_one_person_s_thousand_repeats_are_cut_off_and_the_first_act_is_not():
    limits = Limits()
    admitted = [limits.admits_act("one", "petition 5", moment=at) for at in A_SECOND]
    assert sum(admitted) == 1 + limits.repeats_of_person
    assert limits.admits_act("one", "petition 6", moment=1.0)
    assert limits.admits_act("another", "petition 5", moment=1.0)


def test_strangers_of_one_address_are_cut_off_for_a_minute():
    limits = Limits()
    assert sum(limits.admits_stranger("10.0.0.1", moment=at) for at in A_SECOND) == limits.strangers_of_address
    assert limits.admits_stranger("10.0.0.2", moment=1.0)
    assert limits.admits_stranger("10.0.0.1", moment=61.0)


@pytest.fixture
def one_minute(monkeypatch):
    """However long the machine takes for a thousand posts."""
    moment = middleware.monotonic()
    monkeypatch.setattr(middleware, "monotonic", lambda: moment)


@pytest.mark.django_db
@pytest.mark.full
def test_a_thousand_plain_forms_of_one_person_get_a_sentence(towns, one_minute):
    rich, _ = towns
    client = reader_from(rich, "resident")
    statuses = [client.post(f"/{rich.slug}/language/uk/").status_code for _ in range(300)]
    assert 429 in statuses
    assert statuses.index(429) == Limits().forms_of_person
    assert "Забагато" in client.post(f"/{rich.slug}/language/uk/").content.decode()


@pytest.mark.django_db
@pytest.mark.full
def test_a_thousand_plain_forms_of_strangers_from_one_address_get_a_sentence(towns, one_minute):
    rich, _ = towns
    client = reader_from(rich, "visitor")
    statuses = [client.post(f"/{rich.slug}/language/uk/").status_code for _ in range(1000)]
    assert statuses.index(429) == Limits().strangers_of_address
    assert client.get(f"/{rich.slug}/").status_code == 200
