"""Petitions as open data, in the structures of KMU resolution 835, annex 34."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.timezone import localdate

from edem.foundation.catalog.manifest import Dataset
from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.kernel.ukrainian import N_
from edem.services.petitions.models import Petition
from edem.services.petitions.queries import place_rows
from edem.services.petitions.queries.lists import public_petitions
from edem.services.petitions.queries.pages import state_now, total_of
from edem.services.petitions.queries.signatures import counted_in
from edem.services.petitions.queries.statistics import statistics_rows
from edem.services.petitions.queries.withheld import hides_text
from edem.services.petitions.rules.annex34 import PETITION_COLUMNS, VOTING_COLUMNS
from edem.services.petitions.rules.lifecycle import STATES
from edem.services.petitions.rules.statistics import COLUMNS

CHUNK = 2_000


def petition_rows(community: Community, now: datetime) -> Iterator[Mapping[str, object]]:
    for petition in public_petitions(community).iterator(chunk_size=CHUNK):
        yield petition_row(community, petition, now)


def petition_row(community: Community, petition: Petition, now: datetime) -> Mapping[str, object]:
    hidden = hides_text(petition)
    card = address_of_page(community, f"/petitions/{petition.pk}/")
    return {
        "uid": petition.source_uid or f"{community.slug}-{petition.number}",
        "kind": petition.category,
        "title": N_("Текст не оприлюднено") if hidden else petition.title,  # the structure requires a title
        "url": petition.source_url or card,
        "text": "" if hidden else petition.essence,
        "authorityName": community.council_name,
        "authorityId": community.edrpou,
        "authorityCattutc": community.katottg,
        "startDate": day(petition.published_at),
        "count": total_of(petition),
        "creator": petition.author_name,
        "status": STATES[state_now(petition, now)].label,
        "answerDate": day(petition.answered_at),
        "answerUrl": petition.source_answer_url or (card if petition.answered_at and not petition.source_uid else ""),
        "answerText": petition.answer,
    }


def voting_rows(community: Community, now: datetime) -> Iterator[Mapping[str, object]]:
    """Who signed what and when; public by law (Art. 23-1) for the time the charter keeps the lists."""
    shown = public_petitions(community).filter(published_at__lte=now)
    known = {petition.pk: petition for petition in shown.iterator(chunk_size=CHUNK)}
    for signature in counted_in(community, list(known)).iterator(chunk_size=CHUNK):
        petition = known[signature.petition_id]
        yield {
            "motionUid": petition.source_uid or f"{community.slug}-{petition.number}",
            "voterName": signature.public_name,
            "motionTitle": petition.title,
            "date": day(signature.signed_at),
        }


def day(moment: datetime | None) -> str:
    return localdate(moment).isoformat() if moment else ""


DATASETS = (
    Dataset(
        code="petitions",
        title=N_("Електронні петиції"),
        description=N_("Петиції громади: тема, текст, стан, кількість підписів, відповідь."),
        basis=N_("Постанова КМУ № 835, додаток 34"),
        columns=PETITION_COLUMNS,
        rows=petition_rows,
        schema={},
    ),
    Dataset(
        code="votings",
        title=N_("Підписи під електронними петиціями"),
        description=N_("Хто й коли підписав петицію."),
        basis=N_("Постанова КМУ № 835, додаток 34"),
        columns=VOTING_COLUMNS,
        rows=voting_rows,
        schema={},
    ),
    Dataset(
        code="petition-statistics",
        title=N_("Статистика петицій"),
        description=N_("Скільки подано, набрали підписи, отримали відповідь і виконано: за роками, органами й темами."),
        basis=N_("Закон «Про доступ до публічної інформації», ст. 10-1"),
        columns=COLUMNS,
        rows=statistics_rows,
        schema={},
    ),
    place_rows.DATASET,
)
