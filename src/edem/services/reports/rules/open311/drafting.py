"""A report of a program as a draft of ours: a title from its words, answers in the form that the category asks."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Final
from uuid import UUID, uuid5

from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_
from edem.services.reports.rules.draft import OPEN311, TITLE_MAX, TITLE_MIN, Draft, DraftPhoto
from edem.services.reports.rules.open311.documents import Attribute
from edem.services.reports.rules.open311.parameters import w3c_moment
from edem.services.reports.rules.open311.posting import Posted

PICTURE: Final = N_("Фото")
_RETRIES: Final = UUID("5b0f8e0a-3f0b-4d0e-9a53-7d1c1f6f3110")
LONGEST_RETRY_KEY: Final = 200


def drafted(
    posted: Posted,
    *,
    service_name: str,
    attributes: Sequence[Attribute],
    client_uuid: UUID,
    photos: Sequence[DraftPhoto] = (),
) -> Draft:
    title, text = _words(posted.description, service_name)
    if posted.media_url:
        text = f"{text}\n\n{PICTURE}: {posted.media_url}".strip()
    return Draft(
        client_uuid=client_uuid,
        title=title,
        text=text,
        categories=(posted.service_code,),
        place=posted.point,
        address=posted.address,
        answers=answers_in(posted.answers, attributes),
        photos=tuple(photos),
        source=OPEN311,
    )


def number_of_retry(key_prefix: str, retry_key: str) -> UUID:
    """The same program's same «Idempotency-Key» is the same report, however often it comes."""
    if len(retry_key) > LONGEST_RETRY_KEY:
        raise Invalid("open311.too_long", name="Idempotency-Key", longest=LONGEST_RETRY_KEY)
    return uuid5(_RETRIES, f"{key_prefix} {retry_key}")


def answers_in(given: Mapping[str, tuple[str, ...]], attributes: Sequence[Attribute]) -> Mapping[str, object]:
    asked = {each.code: each for each in attributes}
    unknown = next((code for code in given if code not in asked), None)
    if unknown is not None:
        raise Invalid("open311.unknown_attribute", found=unknown)
    return {code: _answer(values, asked[code]) for code, values in given.items()}


def _answer(values: tuple[str, ...], attribute: Attribute) -> object:
    if attribute.datatype == "multivaluelist":
        return list(values)
    if len(values) > 1:
        raise Invalid("open311.one_value", found=attribute.code)
    if attribute.datatype == "datetime":
        return w3c_moment(values[0], name=attribute.code).replace(tzinfo=UTC).astimezone(KYIV).date().isoformat()
    return values[0]


def _words(description: str, service_name: str) -> tuple[str, str]:
    """The first line is the title where it can be one; whatever is cut from it stands in the text."""
    line = " ".join(description.strip().partition("\n")[0].split())
    if len(line) < TITLE_MIN:
        return service_name.ljust(TITLE_MIN, "."), description
    if len(line) > TITLE_MAX:
        return f"{line[: TITLE_MAX - 1].rstrip()}…", description
    return line, "" if line == " ".join(description.split()) else description.partition("\n")[2].strip()
