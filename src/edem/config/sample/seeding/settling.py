"""The sample's places, communities, organisations and charters."""

from collections.abc import Mapping
from dataclasses import dataclass

from edem.config.sample.charters import SampleCharter
from edem.config.sample.generating import SampleCommunity
from edem.config.sample.numbers import edrpou
from edem.config.sample.reading import CommunityText
from edem.config.sample.seeding.open_city import settle_open_city
from edem.config.sample.signing_in import settle_sign_in
from edem.foundation.communities.models import CharterVersion, Community, District, Organisation
from edem.foundation.places.models import Unit
from edem.kernel.ukrainian import fold, sort_key
from edem.services.petitions.queries.charters import CODE
from edem.services.reports.queries.charters import CODE as REPORTS


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A community that is in the database, with what its petitions and staff refer to."""

    sample: SampleCommunity
    community: Community
    organisations: Mapping[str, Organisation]
    charters: Mapping[int, CharterVersion]
    reports_charter: CharterVersion


def settle(sample: SampleCommunity, *, number: int) -> Settled:
    text = sample.text
    _units(text)
    community = Community.objects.create(
        slug=text.slug,
        katottg=text.katottg,
        name=text.name,
        name_genitive=text.name_genitive,
        name_locative=text.name_locative,
        name_key=sort_key(text.name),
        folded=fold(text.name),
        oblast=text.oblast,
        raion=text.raion,
        population=text.population,
        council_name=text.council_name,
        council_name_genitive=text.council_name_genitive,
        edrpou=edrpou(9_900_000 + number * 100),
        accent=text.accent,
        languages=list(text.languages),
        services=[CODE, REPORTS],
        cnap_address=text.cnap_address,
        contact_email=text.contact_email,
        contact_phone=text.contact_phone,
        website=text.website,
    )
    _districts(community, text)
    settle_sign_in(community, after=sample.charters[0])
    bodies = _organisations(community, text, first_edrpou=9_900_001 + number * 100)
    since = sample.charters[0].regulation.in_force_from
    return Settled(
        sample=sample,
        community=community,
        organisations=bodies,
        charters={each.regulation.version: _charter(community, each) for each in sample.charters},
        reports_charter=settle_open_city(community, text, bodies=bodies, since=since),
    )


def _units(text: CommunityText) -> None:
    oblast = _unit(text.oblast_code, text.oblast, Unit.Category.OBLAST, parent=None)
    raion = _unit(text.raion_code, text.raion, Unit.Category.RAION, parent=oblast)
    short = text.name.removesuffix(" територіальна громада").rpartition(" ")[0]
    home = _unit(text.katottg, short, Unit.Category.COMMUNITY, parent=raion, community=text.katottg)
    for each in text.settlement:
        _unit(each.code, each.name, Unit.Category(each.kind), parent=home, community=text.katottg)


def _unit(code: str, name: str, category: Unit.Category, *, parent: Unit | None, community: str = "") -> Unit:
    values = {"name": name, "name_key": sort_key(name), "folded": fold(name), "category": category, "parent": parent}
    return Unit.objects.update_or_create(code=code, defaults={**values, "community_code": community})[0]


def _districts(community: Community, text: CommunityText) -> None:
    District.objects.bulk_create(
        District(
            community=community,
            name=each.name,
            settlement_codes=[text.settlement_code(name) for name in each.settlements],
            position=position,
        )
        for position, each in enumerate(text.district)
    )


def _organisations(community: Community, text: CommunityText, *, first_edrpou: int) -> Mapping[str, Organisation]:
    created = Organisation.objects.bulk_create(
        Organisation(
            community=community,
            name=each.name,
            name_key=sort_key(each.name),
            edrpou=edrpou(first_edrpou + number),
            email=f"{each.code.replace('_', '-')}@{text.mail}",
            kind=each.kind,
        )
        for number, each in enumerate(text.organisation)
    )
    return dict(zip((each.code for each in text.organisation), created, strict=True))


def _charter(community: Community, sample: SampleCharter) -> CharterVersion:
    return CharterVersion.objects.create(
        community=community,
        service=CODE,
        version=sample.regulation.version,
        in_force_from=sample.regulation.in_force_from,
        act_title=sample.act_title,
        act_number=sample.act_number,
        act_date=sample.act_date,
        act_url=f"{community.website}/rishennia/{sample.regulation.version}",
        values=sample.regulation.charter.model_dump(mode="json"),
        clauses=sample.clauses,
    )
