"""The documents of GeoReport v2 as plain structures, every field in its place and none left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from edem.services.reports.rules.open311.asking import Status
from edem.services.reports.rules.open311.rendering import CONTENT_TYPES, moment

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
CHANGESET: Final = "2026-11-22T12:00:00+02:00"
"""When what this server says and takes was changed last."""

Document = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Offer:
    code: str
    name: str
    description: str
    group: str
    keywords: str
    metadata: bool


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One question of a category; `variable` False: only words to read."""

    code: str
    datatype: str
    required: bool
    description: str
    datatype_description: str = ""
    values: Sequence[tuple[str, str]] = ()
    variable: bool = True


@dataclass(frozen=True, kw_only=True)
class Request:
    id: str
    status: Status
    status_notes: str
    service_code: str
    service_name: str
    description: str
    agency_responsible: str
    requested_at: datetime
    updated_at: datetime
    expected_at: datetime | None
    address: str
    lat: float | None
    lon: float | None
    media_url: str
    extension: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Update:
    id: str
    request_id: str
    status: Status
    at: datetime
    description: str
    media_url: str


def discovery(*, url: str, test_url: str, contact: str, key_service: str) -> Document:
    ends = (("production", url), ("test", test_url))
    return {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": key_service,
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": address,
                "changeset": CHANGESET,
                "type": kind,
                "formats": [content_type.partition(";")[0] for content_type in CONTENT_TYPES.values()],
            }
            for kind, address in ends
        ],
    }


def service(each: Offer) -> Document:
    return {
        "service_code": each.code,
        "service_name": each.name,
        "description": each.description,
        "metadata": each.metadata,
        "type": "realtime",
        "keywords": each.keywords,
        "group": each.group,
    }


def definition(code: str, attributes: Sequence[Attribute]) -> Document:
    return {
        "service_code": code,
        "attributes": [
            {
                "variable": each.variable,
                "code": each.code,
                "datatype": each.datatype,
                "required": each.required,
                "datatype_description": each.datatype_description,
                "order": order,
                "description": each.description,
                "values": [{"key": key, "name": name} for key, name in each.values],
            }
            for order, each in enumerate(attributes, start=1)
        ],
    }


def request(each: Request, *, extended: bool) -> Document:
    told = {
        "service_request_id": each.id,
        "status": each.status.value,
        "status_notes": each.status_notes,
        "service_name": each.service_name,
        "service_code": each.service_code,
        "description": each.description,
        "agency_responsible": each.agency_responsible,
        "service_notice": "",
        "requested_datetime": moment(each.requested_at),
        "updated_datetime": moment(each.updated_at),
        "expected_datetime": moment(each.expected_at),
        "address": each.address,
        "address_id": "",
        "zipcode": "",
        "lat": "" if each.lat is None else each.lat,
        "long": "" if each.lon is None else each.lon,
        "media_url": each.media_url,
    }
    return {**told, "extended_attributes": each.extension} if extended else told


def update(each: Update) -> Document:
    return {
        "update_id": each.id,
        "service_request_id": each.request_id,
        "status": each.status.value,
        "updated_datetime": moment(each.at),
        "description": each.description,
        "media_url": each.media_url,
    }


def taken(*, request_id: str = "", token: str = "", notice: str = "") -> Document:
    """The answer to a new report: its number, or a token while nobody may see it yet."""
    known = {"service_request_id": request_id} if request_id else {"token": token}
    return {**known, "service_notice": notice, "account_id": ""}


def fault(status: int, words: str) -> Document:
    return {"code": status, "description": words}
