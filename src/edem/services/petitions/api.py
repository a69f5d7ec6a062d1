"""Petitions for outside programs: /api/v1/petitions."""

from datetime import date, datetime
from typing import Annotated

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from edem.foundation.intake.acts import take_one
from edem.foundation.people.programs import Scope, closed_to_keys, open_to_programs
from edem.foundation.people.requests import community_request
from edem.kernel.errors import NotAllowed
from edem.kernel.ukrainian import N_
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.wishes import signature_by
from edem.services.petitions.queries.lists import Group, Order, Wanted, petitions_wanted
from edem.services.petitions.queries.outcome_told import outcome_told
from edem.services.petitions.queries.pages import petition_for, petition_page
from edem.services.petitions.queries.rows import summary_of
from edem.services.petitions.queries.signatures import Places
from edem.services.petitions.rules.fulfilment import Condition
from edem.services.petitions.rules.hearings import Standing

router = Router(tags=["petitions"])

READ = Scope("petitions:read", N_("читати петиції та підписи під ними"))

PAGE = 50
PetitionId = Annotated[int, Path(ge=1, lt=2**63)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class Refusal(Schema):
    code: str
    message: str


class PlaceTold(Schema):
    settlement: str
    """By КАТОТТГ; empty where the place is no settlement of its own."""
    words: str
    lat: float | None
    lon: float | None


class PetitionSummary(Schema):
    id: int
    number: int | None
    title: str
    category: str
    state: str
    count: int
    required: int
    published_at: datetime | None
    closes_at: datetime | None
    places: list[PlaceTold]
    url: str


class StageChangeTold(Schema):
    at: datetime
    kind: str
    note: str
    day_before: date | None
    day_after: date | None


class EvidenceTold(Schema):
    words: str
    url: str
    added_at: datetime


class StageTold(Schema):
    """One stage of the plan of fulfilment."""

    id: int
    title: str
    body: str
    last_day: date
    amount_kopiykas: int | None
    state: Condition
    done_on: date | None
    days_late: int
    changes: list[StageChangeTold]
    evidence: list[EvidenceTold]


class HearingTold(Schema):
    id: int
    state: Standing
    starts_at: datetime | None
    minutes: int
    place: str
    online: str
    agenda: str
    record: str
    record_url: str
    reason: str


class PetitionDetail(PetitionSummary):
    demand: str
    essence: str
    author: str
    due_at: datetime | None
    overdue_days: int
    decision: str
    answer: str
    responsible_body: str
    answered_at: datetime | None
    plan: list[StageTold]
    hearings: list[HearingTold]
    as_of: datetime


class PetitionList(Schema):
    items: list[PetitionSummary]
    total: int
    page: int
    pages: int


class SignatureShown(Schema):
    name: str
    signed_at: datetime


class SignatureList(Schema):
    items: list[SignatureShown]
    total: int
    page: int
    pages: int


class PetitionFilter(Schema):
    state: Group = Group.COLLECTING
    q: Text = ""
    category: Text = ""
    settlement: Text = ""
    sort: Order = Order.NEWEST


class NewSignatureIn(Schema):
    agree: bool
    """The name and the date become public (Art. 23-1)."""
    follow: bool = False


@router.get("", response=PetitionList, summary="Petitions of the community", url_name="petitions")
@open_to_programs(READ)
def list_petitions(request: HttpRequest, wanted: Query[PetitionFilter], page: PageNumber = 1) -> dict[str, object]:
    asked = community_request(request)
    found = petitions_wanted(
        asked.community,
        Wanted(
            group=wanted.state, text=wanted.q, category=wanted.category, settlement=wanted.settlement, order=wanted.sort
        ),
        now=asked.now,
    )
    shown = Paginator(found, PAGE).get_page(page)
    return {
        "items": [summary_of(each, now=asked.now) for each in shown],
        "total": shown.paginator.count,
        "page": shown.number,
        "pages": shown.paginator.num_pages,
    }


@router.get("/{petition_id}", response={200: PetitionDetail, 404: Refusal}, summary="One petition")
@open_to_programs(READ)
def read_petition(request: HttpRequest, petition_id: PetitionId) -> dict[str, object]:
    asked = community_request(request)
    page = petition_page(asked.community, petition_id, reader=None, now=asked.now)
    petition = page.petition
    return {
        **summary_of(petition, now=asked.now),
        "demand": petition.demand if page.shows_text else "",
        "essence": petition.essence if page.shows_text else "",
        "author": petition.author_name,
        "due_at": petition.due_at,
        "overdue_days": page.overdue_days,
        "decision": petition.decision,
        "answer": petition.answer,
        "responsible_body": petition.responsible_body,
        "answered_at": petition.answered_at,
        **outcome_told(petition, now=asked.now),
        "as_of": page.as_of,
    }


@router.get(
    "/{petition_id}/signatures",
    response={200: SignatureList, 404: Refusal},
    summary="Who signed: name and date, public by law",
)
@open_to_programs(READ)
def list_signatures(request: HttpRequest, petition_id: PetitionId, page: PageNumber = 1) -> dict[str, object]:
    asked = community_request(request)
    petition = petition_for(asked.community, petition_id, reader=None)
    shown = Places(petition, PAGE).get_page(page)
    return {
        "items": [{"name": each.public_name, "signed_at": each.signed_at} for each in shown],
        "total": petition.signature_count,
        "page": shown.number,
        "pages": shown.paginator.num_pages,
    }


@router.post(
    "/{petition_id}/signatures",
    response={201: PetitionDetail, 403: Refusal, 404: Refusal, 409: Refusal},
    summary="Sign as the resident who is signed in to this browser",
)
@closed_to_keys
def create_signature(request: HttpRequest, petition_id: PetitionId, given: NewSignatureIn) -> Status[dict[str, object]]:
    asked = community_request(request)
    if asked.person is None or not given.agree:
        raise NotAllowed("petition.sign_in_first")
    wished = signature_by(
        asked.person,
        session_key=asked.session.session_key or "",
        community_id=asked.community.pk,
        petition_id=petition_id,
        follows=given.follow,
        channel="api",
        now=asked.now,
    )
    take_one(add_signatures, wished)
    return Status(201, read_petition(request, petition_id))
