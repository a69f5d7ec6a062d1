"""«Усе для ради»: a petition from its text to what came of it, as files that need no platform."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO

from django.utils.translation import gettext as _

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import CharterVersion
from edem.foundation.documents.rendering import render_pdf
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.attachments import attachments_on
from edem.services.petitions.queries.bundle_outcome import content_of, hearings_in, papers_of_outcome, plan_in
from edem.services.petitions.queries.exclusions import exclusions_of
from edem.services.petitions.queries.export_papers import Progress, SignersList, papers, workbook
from edem.services.petitions.queries.pages import PetitionPage, petition_page, total_of
from edem.services.petitions.queries.places import places_of, told
from edem.services.petitions.queries.sheets import sheet_of
from edem.services.petitions.rules.channels import way_label
from edem.services.petitions.rules.exclusions import GROUNDS, STANDINGS, Ground, Standing
from edem.services.petitions.rules.lifecycle import DECISION_LABELS, LIFECYCLE, STATES, Decision, State, Step
from edem.services.petitions.rules.signers_xlsx import FORMULA_SIGNS

Record = Mapping[str, object]

MOMENTS = (
    *("created_at", "submitted_at", "published_at", "closes_at", "reached_at", "handed_over_at"),
    *("announced_at", "answered_at", "due_at", "answer_due_at", "shortfall_at"),
)


def bundle(listed: SignersList, *, told: Progress) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file; the checksums are the packer's."""
    petition, now = listed.petition, listed.as_of
    page = petition_page(petition.community, petition.pk, reader=None, now=now)
    history, exclusions = history_of(page), exclusions_in(petition)
    split = [{"way": _(way_label(each.way)), "signatures": each.count} for each in page.gathered.split]
    told_petition = petition_record(page)
    yield "petition.pdf", printed(page, now=now)
    tables = {
        "history": history,
        "signatures-by-way": split,
        "exclusions": exclusions,
        "plan": plan_in(petition, now=now),
        "hearings": hearings_in(petition, now=now),
    }
    whole = told_petition | {name.replace("-", "_"): rows for name, rows in tables.items()}
    yield "petition.json", json.dumps(whole, ensure_ascii=False, indent=2).encode()
    yield "petition.csv", table([{"field": name, "value": value} for name, value in told_petition.items()])
    yield from ((f"{name}.csv", table(rows)) for name, rows in tables.items())
    yield "signers.xlsx", workbook(listed)
    yield from papers(listed, told=told)
    yield from attached(petition)
    yield from papers_of_outcome(petition, now=now)


def printed(page: PetitionPage, *, now: datetime) -> bytes:
    community = page.petition.community
    link = address_of_page(community, f"/petitions/{page.petition.pk}/")
    return render_pdf("petitions/sheet.typ", sheet_of(page), community=community, now=now, link=link)


def petition_record(page: PetitionPage) -> dict[str, object]:
    petition = page.petition
    return {
        "number": petition.number,
        "title": petition.title,
        "essence": petition.essence,
        "demand": petition.demand,
        "author": petition.author_name,
        "category": petition.category,
        "place": petition.place,
        "settlement_code": petition.settlement_code,
        "places": [told(each) for each in places_of(petition)],
        "state": _(page.look.label),
        "required": petition.required,
        "signatures": petition.signature_count,
        "brought_over": petition.imported_count,
        "total": total_of(petition),
        **{name: told_moment(getattr(petition, name)) for name in MOMENTS},
        "overdue_days": page.overdue_days,
        "decision": _(DECISION_LABELS[Decision(petition.decision)]) if petition.decision else "",
        "answer": petition.answer,
        "responsible_body": petition.responsible_body,
        "rules": rules_of(petition.charter),
        "url": address_of_page(petition.community, f"/petitions/{petition.pk}/"),
    }


def rules_of(version: CharterVersion) -> str:
    """The act that the petition lives under, to its end."""
    parts = (version.act_title, version.act_number, f"{version.act_date or ''}", version.act_url)
    return " · ".join(part for part in parts if part)


def history_of(page: PetitionPage) -> Sequence[dict[str, object]]:
    return [
        {
            "at": told_moment(step.at),
            "step": _(step_label(Step(step.step), step.from_state)),
            "from": _(STATES[State(step.from_state)].label) if step.from_state else "",
            "to": _(STATES[State(step.to_state)].label),
            "by": step.actor,
            "note": step.note,
            "clause": _(step.clause),
        }
        for step in page.steps
    ]


def step_label(step: Step, source: str) -> str:
    return LIFECYCLE.transition(step, State(source)).label if source else step.value


def exclusions_in(petition: Petition) -> Sequence[dict[str, object]]:
    """Those proposed and declined, too: a council may ask why."""
    return [
        {
            "number": each.pk,
            "standing": _(STANDINGS[Standing(each.standing)].label),
            "signatures": each.count,
            "ground": _(GROUNDS[Ground(each.ground)].label),
            "clause": _(GROUNDS[Ground(each.ground)].clause),
            "reason": each.reason,
            "conditions": json.dumps(each.conditions, ensure_ascii=False),
            "proposed_at": told_moment(each.proposed_at),
            "excluded_at": told_moment(each.held_at),
            "returned_at": told_moment(each.undone_at),
            "returned": each.returned_count,
            "sha256": each.digest,
        }
        for each in exclusions_of(petition)
    ]


def attached(petition: Petition) -> Iterator[tuple[str, bytes]]:
    for place, each in enumerate(attachments_on(petition), start=1):
        if each.hidden_at is None and each.file is not None:
            yield f"attachments/{place:02}-{each.file.name}", content_of(each.file)


def table(rows: Sequence[Record]) -> bytes:
    """With a byte-order mark: without it spreadsheets misread Ukrainian letters. A table may be empty."""
    written = StringIO("\ufeff")
    written.seek(0, 2)
    lines = csv.writer(written)
    if rows:
        lines.writerow(rows[0])
        lines.writerows([plain(cell) for cell in row.values()] for row in rows)
    return written.getvalue().encode()


def plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def told_moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
