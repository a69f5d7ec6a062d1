"""The card is put together of parts that are kept; each reader still meets their own standing and nobody else's."""

import html
import re

import pytest

from edem.config.testing.clients import PlatformClient
from edem.foundation.live.parts import PARTS
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions.actions.following import follow
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.tests.factories import new_signature, staff

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _parts_are_kept():
    PARTS.open(interval=60)
    yield
    PARTS.close()


def reader_of(person=None):
    client = PlatformClient(enforce_csrf_checks=True)
    if person is not None:
        client.sign_in(person)
    return client


def card(client, petition):
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def readers(community, petition, now):
    """Everyone whose card differs, with the words that only theirs has."""
    signer, follower, stranger = (PersonFactory(display_name=name) for name in ("Підписант", "Стежниця", "Незнайомка"))
    add_signatures([new_signature(petition, arrived_at=petition.published_at, person_id=signer.pk)])
    follow(petition, by=follower, now=now)
    return {
        "signer": (reader_of(signer), "Ви підписали цю петицію"),
        "follower": (reader_of(follower), "Не стежити"),
        "stranger": (reader_of(stranger), "Незнайомка"),
        "author": (reader_of(petition.author), "Написати підписантам"),
        "officer": (reader_of(staff(community, Role.OFFICER)), "Відкрити справу"),
        "visitor": (reader_of(), "Увійти"),
    }


@pytest.mark.parametrize("first", range(6))
def test_each_sees_the_own_card_whoever_came_before(readers, petition, first):
    order = list(readers)[first:] + list(readers)[:first]
    seen = {name: card(readers[name][0], petition) for name in [*order, *order]}
    for name, (_client, words) in readers.items():
        holders = {other for other, page in seen.items() if words in page}
        assert holders == {name}, words


def test_a_form_of_a_kept_part_works_for_its_reader_and_with_no_other_s_token(petition):
    one, other = (reader_of(PersonFactory()) for _ in range(2))
    tokens = [TOKEN.findall(card(client, petition)) for client in (one, other)]
    assert all(len(set(each)) == len(each) >= 2 for each in tokens), "the panel's form and the sign-out's"
    address = f"/zhytomyr/petitions/{petition.pk}/follow/"
    assert other.post(address, {"csrfmiddlewaretoken": tokens[0][0]}).status_code == 403
    assert one.post(address, {"csrfmiddlewaretoken": tokens[0][0]}).status_code == 302
    assert "Не стежити" in card(one, petition)
    assert "Не стежити" not in card(other, petition)


def test_a_signature_is_seen_on_the_own_card_at_once(petition):
    person = PersonFactory()
    client = reader_of(person)
    assert "Ви підписали" not in card(client, petition)
    add_signatures([new_signature(petition, arrived_at=petition.published_at, person_id=person.pk)])
    assert "Ви підписали" in card(client, petition)
    assert re.search(r"data-number>1<", card(reader_of(), petition))
