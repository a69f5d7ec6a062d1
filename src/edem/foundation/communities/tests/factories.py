"""Communities and what belongs to them, for tests. Situations are traits."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from edem.foundation.communities.models import CharterVersion, Community, District, Organisation
from edem.kernel.ukrainian import fold, sort_key


class CommunityFactory(factory.django.DjangoModelFactory[Community]):
    class Meta:
        model = Community

    class Params:
        listed_only = factory.Trait(is_open=False, services=[])

    slug = factory.Sequence(lambda n: f"hromada-{n}")
    katottg = factory.Sequence(lambda n: f"UA{n:017}")
    name = "Вишневогірська міська територіальна громада"
    name_genitive = "Вишневогірської міської територіальної громади"
    name_locative = "у Вишневогірську"
    name_key = factory.LazyAttribute(lambda community: sort_key(community.name))
    folded = factory.LazyAttribute(lambda community: fold(community.name))
    oblast = "Житомирська"
    raion = "Житомирський"
    population = 41_200
    council_name = "Вишневогірська міська рада"
    council_name_genitive = "Вишневогірської міської ради"
    edrpou = "04053625"
    languages = ["uk", "en"]
    services = ["petitions"]


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    community = factory.SubFactory(CommunityFactory)
    name = factory.Sequence(lambda n: f"Управління міського господарства № {n}")
    name_key = factory.LazyAttribute(lambda organisation: sort_key(organisation.name))


class DistrictFactory(factory.django.DjangoModelFactory[District]):
    class Meta:
        model = District

    community = factory.SubFactory(CommunityFactory)
    name = factory.Sequence(lambda n: f"Район {n}")


class CharterVersionFactory(factory.django.DjangoModelFactory[CharterVersion]):
    class Meta:
        model = CharterVersion

    community = factory.SubFactory(CommunityFactory)
    service = "petitions"
    version = 1
    in_force_from = datetime(2020, 1, 1, tzinfo=UTC)
    act_title = "Положення про місцеві електронні петиції"
    act_number = "17/3"
    act_date = date(2019, 12, 20)
    values: Any = factory.LazyFunction(dict)
    clauses: Any = factory.LazyFunction(dict)
