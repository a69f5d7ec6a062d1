"""A thousand posts in a second: from one address, from one person, from a whole village behind one address."""

from time import monotonic

import pytest

from edem.config.testing.minutes import within_a_minute
from edem.foundation.intake.limits import LIMITS, Limits
from edem.foundation.intake.middleware import is_admitted
from edem.kernel.counts import WINDOW_SECONDS
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


def answers_after(client, address, forms):
    """The last of so many forms and the one after it; those before are only counted, as each would have been."""
    LIMITS.forget()
    request = client.get(address).wsgi_request
    admitted = [is_admitted(request, moment=monotonic()) for _ in range(forms - 1)]
    return [client.post(f"{address}language/uk/") for _ in range(2)] if all(admitted) else []


@pytest.mark.django_db
@pytest.mark.full
@pytest.mark.parametrize(
    ("kind", "most"), [("resident", Limits().forms_of_person), ("visitor", Limits().strangers_of_address)]
)
def test_whoever_sends_too_many_plain_forms_gets_a_sentence_and_still_reads(towns, kind, most):
    rich, _ = towns
    client = reader_from(rich, kind)
    taken, refused = within_a_minute(lambda: answers_after(client, f"/{rich.slug}/", most))
    assert taken.status_code != 429
    assert refused.status_code == 429
    assert "Забагато" in refused.content.decode()
    assert client.get(f"/{rich.slug}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.full
@pytest.mark.parametrize(
    ("kind", "most"), [("resident", Limits().forms_of_person), ("visitor", Limits().strangers_of_address)]
)
def test_of_a_thousand_forms_in_a_second_as_many_are_taken_as_the_limit_says(towns, kind, most):
    rich, _ = towns
    request = reader_from(rich, kind).get(f"/{rich.slug}/").wsgi_request
    assert sum(is_admitted(request, moment=at) for at in A_SECOND) == most
    assert is_admitted(request, moment=WINDOW_SECONDS)
