"""People for tests: residents, and staff with or without a second factor."""

from datetime import UTC, datetime

import factory
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import sort_key

MARCH_1 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PASSWORD = "сім коротких вишень"


class CommunityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Community

    slug = factory.Sequence(lambda number: f"hromada-{number}")
    katottg = factory.Sequence(lambda number: f"UA9900000000{number:07}")
    name = "Вишневогірська міська громада"
    name_genitive = "Вишневогірської міської громади"
    name_locative = "у Вишневогірську"
    name_key = factory.LazyAttribute(lambda community: sort_key(community.name))
    council_name = "Вишневогірська міська рада"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        staff = factory.Trait(login=factory.Sequence(lambda number: f"worker{number}"))

    display_name = "Олена Коваленко"
    name_key = factory.LazyAttribute(lambda person: sort_key(person.display_name))
    created_at = MARCH_1

    @factory.post_generation
    def password(self, create, _given, **_):
        self.set_password(PASSWORD if self.login else None)
        if create:
            self.save()


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory, staff=True)
    community = factory.SubFactory(CommunityFactory)
    role = Role.MODERATOR
    granted_at = MARCH_1


def with_authenticator_app(person: Person) -> str:
    """Give the worker a second factor; the secret makes its codes."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret
