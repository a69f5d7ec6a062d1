"""What the identity sandbox says of each person: records in the fields of id.gov.ua's get-user-info."""

import json
from datetime import date

from edem.config.sample.generating import COMMUNITIES, residents_of
from edem.config.sample.personas import PersonaText, persona_phone, personas
from edem.config.sample.reading import CommunityText, Settlement, community_text
from edem.config.sample.residents import SampleResident

Record = dict[str, str]

_KINDS = {"M": "м.", "C": "с."}


def people_as_json(*, today: date) -> str:
    """The memorable ones first, each with what to try; then everybody else one may be."""
    known = [persona_record(each, today=today) for each in personas()]
    others = [
        resident_record(each, community_text(slug))
        for slug in COMMUNITIES
        for each in residents_of(slug, today=today)
        if not each.key
    ]
    return json.dumps(known + others, ensure_ascii=False, indent=1)


def persona_record(persona: PersonaText, *, today: date) -> Record:
    text = community_text(persona.community)
    place = text.place_named(persona.place)
    home = _locality(text, place.settlement) if place else ""
    return {
        "id": persona.id,
        "lastname": persona.lastname,
        "givenname": persona.givenname,
        "middlename": persona.middlename,
        "drfocode": "",
        persona.tax_number_in: persona.tax_number(today) or persona.passport,
        "locality": persona.locality or home,
        "state": persona.state or f"{text.oblast} область",
        "address": persona.address,
        "phone": persona_phone(persona),
        "email": f"{persona.id.replace('-', '.')}@poshta.example",
        "note": " ".join((persona.about, *persona.try_)),
    }


def resident_record(resident: SampleResident, text: CommunityText) -> Record:
    return {
        "id": str(resident.id),
        "lastname": resident.name.surname,
        "givenname": resident.name.given,
        "middlename": resident.name.patronymic,
        "drfocode": resident.tax_number,
        "locality": _locality(text, resident.settlement),
        "state": f"{text.oblast} область",
        "address": resident.address,
        "phone": resident.phone,
        "email": "",
        "note": "",
    }


def _locality(text: CommunityText, name: str) -> str:
    settlement: Settlement = next(each for each in text.settlement if each.name == name)
    return f"{_KINDS[settlement.kind]} {name}"
