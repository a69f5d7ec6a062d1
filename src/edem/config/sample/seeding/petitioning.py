"""Sample petitions with their steps, signatures and followers; counters equal the rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.timezone import localdate

from edem.config.sample.charters import CATEGORIES
from edem.config.sample.petitions import SamplePetition
from edem.config.sample.seeding.copying import copy_values
from edem.config.sample.seeding.fulfilment import write_outcomes
from edem.config.sample.seeding.moderated import open_cases
from edem.config.sample.seeding.noticing import tell_personas
from edem.config.sample.seeding.registering import People, Registered
from edem.config.sample.seeding.settling import Settled
from edem.config.sample.seeding.staffing import Team
from edem.foundation.audit.models import AuditEntry
from edem.foundation.events.announcing import announce
from edem.foundation.identity.keys import mark_keys
from edem.foundation.notices.subscribing import ItemFollower, add_item_followers
from edem.foundation.people.models import Person
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.events import ClockStarted
from edem.services.petitions.models import NumberSeries, Petition, PetitionStep, Signature, SignatureTally
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, Step

_GROUNDS = {
    "competence": Ground.NOT_COMPETENT,
    "rights": Ground.AGAINST_ORDER,
    "content": Ground.NO_CONTENT,
    "duplicate": Ground.DUPLICATE,
}
_ACTS = {
    Step.PUBLISH: "petition.published",
    Step.RETURN: "petition.returned",
    Step.REJECT: "petition.rejected",
    Step.HAND_OVER: "petition.handed_over",
    Step.ANNOUNCE: "petition.consideration_announced",
    Step.ANSWER: "petition.answered",
    Step.START_FULFILMENT: "petition.fulfilment_started",
    Step.FULFIL: "petition.fulfilment_finished",
    Step.GIVE_UP: "petition.fulfilment_finished",
}
"""The names under which the service's own actions are audited."""


def file_petitions(settled: Settled, people: People, *, team: Team, now: datetime) -> int:
    """Write everything and say how many signatures there are."""
    samples = settled.sample.petitions
    petitions = Petition.objects.bulk_create(_petitions(settled, people))
    pairs = list(zip(samples, petitions, strict=True))
    numbered = max((each.number or 0 for each in petitions), default=0)
    NumberSeries.objects.create(community=settled.community, last=numbered)
    _steps(pairs, people, team=team)
    _audit(pairs, team=team)
    open_cases(pairs, people, team=team)
    write_outcomes(pairs, team=team, now=now)
    signed = _signatures(pairs, people)
    _followers(pairs, people)
    _start_clocks(pairs)
    tell_personas(pairs, people, now=now)
    index(*(each for each in petitions if each.published_at))
    return signed


def _petitions(settled: Settled, people: People) -> Iterable[Petition]:
    number = 0
    for sample in settled.sample.petitions:
        number += sample.submitted_at is not None
        yield _petition(settled, sample, people, number=number if sample.submitted_at else None)


def _petition(settled: Settled, sample: SamplePetition, people: People, *, number: int | None) -> Petition:
    text, chronicle, author = sample.text, sample.chronicle, people[sample.author.id].person
    petition = Petition(
        community=settled.community,
        charter=settled.charters[chronicle.regulation.version],
        number=number,
        title=text.title,
        essence=text.essence,
        demand=text.asks,
        category=CATEGORIES[text.category],
        author=author,
        author_name=author.display_name,
        state=chronicle.state,
        key_version=mark_keys().current,
        required=chronicle.regulation.charter.threshold,
        signature_count=len(sample.signatures),
        last_ordinal=len(sample.signatures),
        counted_at=sample.signatures[-1].at if sample.signatures else None,
        created_at=chronicle.created_at,
        submitted_at=chronicle.at(Step.SUBMIT),
        published_at=chronicle.at(Step.PUBLISH),
        closes_at=chronicle.closes_at,
        reached_at=chronicle.at(Step.REACH),
        handed_over_at=chronicle.at(Step.HAND_OVER),
        announced_at=chronicle.at(Step.ANNOUNCE),
        due_at=chronicle.due_at,
        answer_due_at=chronicle.answer_due_at,
        fulfilled_at=chronicle.at(Step.FULFIL),
        ground=_GROUNDS[text.ground] if text.ground else "",
        hearing_asked=text.story.hearings,
    )
    _say_where(petition, sample, settled)
    _answer(petition, sample, settled)
    return petition


def _say_where(petition: Petition, sample: SamplePetition, settled: Settled) -> None:
    if sample.place is None:
        return
    district, settlement = sample.place.district, sample.place.settlement
    in_city = not district.endswith("округ")
    petition.place = f"мікрорайон {district}" if in_city else f"село {settlement}"
    petition.settlement_code = settled.sample.text.settlement_code(settlement)


def _answer(petition: Petition, sample: SamplePetition, settled: Settled) -> None:
    answer = sample.text.answer
    answered_at = sample.chronicle.at(Step.ANSWER)
    if answer is None or answered_at is None:
        return
    petition.answered_at = answered_at
    petition.decision = answer.decision
    petition.answer = answer.text
    petition.responsible_body = settled.organisations[answer.body].name


Pairs = Sequence[tuple[SamplePetition, Petition]]


def _steps(pairs: Pairs, people: People, *, team: Team) -> None:
    PetitionStep.objects.bulk_create(
        PetitionStep(
            petition=petition,
            by=_who(step.actor, sample, people, team),
            public=step.target in IN_PUBLIC,
            **step.recorded(),
        )
        for sample, petition in pairs
        for step in sample.chronicle.steps
    )


def _who(actor: str, sample: SamplePetition, people: People, team: Team) -> Person | None:
    if actor == CLOCK:
        return None
    return people[sample.author.id].person if actor == AUTHOR else team[actor]


def _audit(pairs: Pairs, *, team: Team) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=step.at,
            person=team[step.actor],
            roles=step.actor,
            community_id=petition.community_id,
            act=_ACTS[step.step],
            subject_kind="petitions.petition",
            subject_id=str(petition.pk),
        )
        for sample, petition in pairs
        for step in sample.chronicle.steps
        if step.step in _ACTS and step.actor in team
    )


_SIGNATURE_COLUMNS = (
    *("community_id", "petition_id", "mark", "key_version", "person_id", "public_name"),
    *("assurance", "channel", "settlement_code", "signed_at", "ordinal"),
)


def _signatures(pairs: Pairs, people: People) -> int:
    rows = (
        _signature_row(petition, people[each.resident.id], each.at, ordinal=ordinal)
        for sample, petition in pairs
        for ordinal, each in enumerate(sample.signatures, start=1)
    )
    SignatureTally.objects.bulk_create(_tallies(pairs, people))
    return copy_values(Signature._meta.db_table, _SIGNATURE_COLUMNS, rows)  # noqa: SLF001 - Django's public name


def _signature_row(petition: Petition, who: Registered, at: datetime, *, ordinal: int) -> tuple[object, ...]:
    return (
        petition.community_id,
        petition.pk,
        who.mark.value,
        who.mark.key_version,
        who.person.pk,
        who.person.display_name,
        who.claims.method,
        "online",
        who.resident.settlement_code,
        at,
        ordinal,
    )


def _tallies(pairs: Pairs, people: People) -> Iterable[SignatureTally]:
    tallies = Counter(
        (petition.community_id, petition.pk, localdate(each.at), people[each.resident.id].claims.method)
        for sample, petition in pairs
        for each in sample.signatures
    )
    for (community_id, petition_id, day, assurance), count in tallies.items():
        yield SignatureTally(
            community_id=community_id,
            petition_id=petition_id,
            day=day,
            channel="online",
            assurance=assurance,
            count=count,
        )


def _start_clocks(pairs: Pairs) -> None:
    """The jobs that remind and tell on terms that still run; those that have passed tell at once."""
    announce(
        *(
            ClockStarted(
                petition_id=petition.pk, state=petition.state, warn_at=chronicle.warn_at, due_at=chronicle.due_at
            )
            for petition, chronicle in ((petition, sample.chronicle) for sample, petition in pairs)
            if chronicle.warn_at and chronicle.due_at
        )
    )


def _followers(pairs: Pairs, people: People) -> None:
    """The personas asked to be written to about what they signed."""
    add_item_followers(
        (
            ItemFollower(
                person_id=people[resident.id].person.pk,
                community_id=petition.community_id,
                item=str(petition.pk),
                since=at,
            )
            for sample, petition in pairs
            for resident, at in ((each.resident, each.at) for each in sample.signatures if each.resident.key)
        ),
        service=CODE,
        source="signature",
    )
