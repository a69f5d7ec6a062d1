"""Petitions for tests: one factory a model, situations as traits."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from itertools import count

import factory

from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.tests.factories import CharterVersionFactory, CommunityFactory
from edem.foundation.identity.models import SignIn
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions.actions.wishes import NewSignature
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.collecting import Signer
from edem.services.petitions.rules.lifecycle import State

MARCH_1 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ESSENCE = "Щодня цією стежкою до школи ходить понад 180 дітей. Узимку тут темно, а ліхтарів немає жодного."


def charter_of_community(community) -> CharterVersion:
    known = CharterVersion.objects.filter(community=community, service="petitions").order_by("version").first()
    return known or CharterVersionFactory(community=community, service="petitions", values={"threshold": 10})


class PetitionFactory(factory.django.DjangoModelFactory[Petition]):
    class Meta:
        model = Petition

    class Params:
        collecting = factory.Trait(
            state=State.COLLECTING,
            number=factory.Sequence(lambda n: n + 1),
            submitted_at=MARCH_1 - timedelta(days=2),
            published_at=MARCH_1 - timedelta(days=1),
            closes_at=MARCH_1 + timedelta(days=89),
        )
        one_signature_short = factory.Trait(collecting=True, imported_count=9)
        waiting = factory.Trait(state=State.MODERATION, number=factory.Sequence(lambda n: n + 1), submitted_at=MARCH_1)

    community = factory.SubFactory(CommunityFactory)
    charter = factory.LazyAttribute(lambda petition: charter_of_community(petition.community))
    author = factory.SubFactory(PersonFactory)
    author_name = "Ольга Ткачук"
    title = "Освітити стежку від вулиці Садової до школи № 7"
    essence = ESSENCE
    demand = "Встановити 14 ліхтарів уздовж стежки."
    category = "Благоустрій"
    required = 10
    created_at = MARCH_1 - timedelta(days=3)


_people = count()


def new_signature(
    petition: Petition, *, who: str | None = None, arrived_at: datetime = MARCH_1, **facts
) -> NewSignature:
    name = who or f"person-{next(_people)}"
    given = {
        "community_id": petition.community_id,
        "petition_id": petition.pk,
        "marks": {1: hashlib.sha256(name.encode()).digest()},
        "person_id": uuid.uuid5(uuid.NAMESPACE_URL, name),
        "public_name": name,
        "signer": Signer(is_member=True, age=30, assurance="bank_id"),
        "channel": "online",
        "settlement_code": "",
        "arrived_at": arrived_at,
    }
    return NewSignature(**(given | facts))


def staff(community, *roles: str):
    person = PersonFactory(staff=True)
    for role in roles:
        RoleGrant.objects.create(person=person, community=community, role=role, granted_at=MARCH_1)
    return person


def come_identified(client, person, *, method: str = "bank_id") -> None:
    """Sign in as id.gov.ua would have it: a password alone identifies nobody."""
    client.sign_in(person)
    SignIn.objects.filter(person=person).update(method=method)
