"""Sample staff: an account, a role in an organisation, and a second factor."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from edem.config.sample.accounts import PASSWORD, totp_secret
from edem.config.sample.reading import StaffText
from edem.config.sample.seeding.settling import Settled
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import sort_key

Team = Mapping[str, Person]
"""Role → the first who holds it."""


def hire(settled: Settled, *, since: datetime) -> Team:
    texts = settled.sample.text.staff
    hashed = make_password(PASSWORD)  # once: it is slow on purpose, and the password is no secret
    people = Person.objects.bulk_create(_account(each, hashed, since) for each in texts)
    RoleGrant.objects.bulk_create(
        RoleGrant(
            person=person,
            community=None if text.role == Role.PLATFORM_OPERATOR else settled.community,
            organisation=settled.organisations.get(text.organisation),
            role=Role(text.role),
            granted_at=since,
        )
        for text, person in zip(texts, people, strict=True)
    )
    Authenticator.objects.bulk_create(_second_factor(text, person) for text, person in zip(texts, people, strict=True))
    return {text.role: person for text, person in reversed(list(zip(texts, people, strict=True)))}


def _account(text: StaffText, hashed: str, since: datetime) -> Person:
    return Person(
        login=text.login,
        display_name=text.name,
        name_key=sort_key(text.name),
        password=hashed,
        created_at=since,
    )


def _second_factor(text: StaffText, person: Person) -> Authenticator:
    sealed = get_adapter().encrypt(totp_secret(text.login))
    return Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": sealed})
