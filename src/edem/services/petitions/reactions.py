"""Who is written to when something happens to a petition."""

from dataclasses import asdict
from datetime import datetime

from edem.foundation.events.readers import reacts_to
from edem.foundation.identity.events import PeopleMerged, PeopleParted, PersonErased
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.erasing_drafts import erase_drafts_of
from edem.services.petitions.actions.merging import Merge, join_signatures, part_signatures
from edem.services.petitions.actions.telling import tell_author, tell_everybody, tell_new, tell_staff, write_to_staff
from edem.services.petitions.events import (
    ConsiderationAnnounced,
    CorrectionTaken,
    ExclusionProposed,
    FulfilmentMoved,
    HearingChanged,
    MilestonePassed,
    PetitionAnswered,
    PetitionFellShort,
    PetitionHandedOver,
    PetitionPublished,
    PetitionReached,
    PetitionRejected,
    PetitionReturned,
    PetitionSubmitted,
    PetitionWithdrawn,
    PlanStageMoved,
    SheetHandedOver,
    ShortfallDecided,
    SignaturesExcluded,
    SignaturesReturned,
    TextHidden,
    TextRefused,
    TextShown,
    TextSubmitted,
    UpdatePublished,
)
from edem.services.petitions.queries.exclusion_mails import (
    exclusion_told,
    facts_of_decision,
    facts_of_exclusion,
)
from edem.services.petitions.queries.fulfilment import change_told, facts_of_change
from edem.services.petitions.queries.hearings import facts_of_hearing, hearing_change_told
from edem.services.petitions.queries.hiding import facts_of_hiding, facts_of_showing
from edem.services.petitions.queries.paper import may_confirm_sheet, sheet_to_confirm
from edem.services.petitions.queries.people import (
    petition_told,
    staff_with,
)
from edem.services.petitions.queries.updates import ground_of_text, text_of_update
from edem.services.petitions.rules.exclusions import DECIDERS
from edem.services.petitions.rules.lifecycle import State


@reacts_to(PeopleMerged)
def count_one_person_once(event: PeopleMerged, now: datetime) -> None:
    join_signatures(Merge(**asdict(event)), now=now)


@reacts_to(PeopleParted)
def count_two_people_apart(event: PeopleParted, now: datetime) -> None:
    part_signatures(Merge(**asdict(event)), now=now)


@reacts_to(PetitionSubmitted)
def tell_moderators(event: PetitionSubmitted, now: datetime) -> None:
    tell_staff(event.petition_id, "submitted", state=State.MODERATION, now=now)


@reacts_to(PetitionReturned)
def tell_returned(event: PetitionReturned, now: datetime) -> None:
    tell_author(event.petition_id, "returned", now=now)


@reacts_to(PetitionRejected)
def tell_rejected(event: PetitionRejected, now: datetime) -> None:
    tell_author(event.petition_id, "rejected", now=now)


@reacts_to(PetitionPublished)
def tell_published(event: PetitionPublished, now: datetime) -> None:
    tell_author(event.petition_id, "published", now=now)
    tell_new(event.petition_id, now=now)


@reacts_to(PetitionWithdrawn)
def tell_withdrawn(event: PetitionWithdrawn, now: datetime) -> None:
    tell_author(event.petition_id, "withdrawn", now=now)


@reacts_to(MilestonePassed)
def tell_milestone(event: MilestonePassed, now: datetime) -> None:
    tell_author(event.petition_id, "milestone", now=now, occasion=f"{event.percent}", percent=event.percent)


@reacts_to(PetitionReached)
def tell_reached(event: PetitionReached, now: datetime) -> None:
    tell_everybody(event.petition_id, "reached", now=now)
    tell_staff(event.petition_id, "to_hand_over", state=State.REACHED, now=now)


@reacts_to(PetitionHandedOver)
def tell_handed_over(event: PetitionHandedOver, now: datetime) -> None:
    tell_everybody(event.petition_id, "handed_over", now=now)
    tell_staff(event.petition_id, "to_consider", state=State.HANDED_OVER, now=now)


@reacts_to(ConsiderationAnnounced)
def tell_announced(event: ConsiderationAnnounced, now: datetime) -> None:
    tell_everybody(event.petition_id, "announced", now=now)


@reacts_to(PetitionFellShort)
def tell_fell_short(event: PetitionFellShort, now: datetime) -> None:
    tell_everybody(event.petition_id, "fell_short", now=now)
    tell_staff(event.petition_id, "to_answer", state=State.APPEAL, now=now)


@reacts_to(PetitionAnswered)
def tell_answered(event: PetitionAnswered, now: datetime) -> None:
    tell_everybody(event.petition_id, "answered", now=now)


@reacts_to(FulfilmentMoved)
def tell_fulfilment(event: FulfilmentMoved, now: datetime) -> None:
    tell_everybody(event.petition_id, "fulfilment", now=now, occasion=event.state)


@reacts_to(TextSubmitted)
def tell_text_waits(event: TextSubmitted, now: datetime) -> None:
    petition = petition_told(event.petition_id)
    if petition is not None:
        once, path = f"to_read:{event.kind}:{event.text_id}", f"/moderation/petitions/{event.kind}/{event.text_id}/"
        write_to_staff(staff_with(petition, {Role.MODERATOR}), petition, "to_read", path=path, once=once, now=now)


@reacts_to(UpdatePublished)
def tell_update(event: UpdatePublished, now: datetime) -> None:
    """Not told if it was taken down in the meantime."""
    text = text_of_update(event.update_id)
    if text:
        tell_everybody(event.petition_id, "news", now=now, occasion=f"{event.update_id}", text=text)


@reacts_to(TextRefused)
def tell_text_refused(event: TextRefused, now: datetime) -> None:
    ground = ground_of_text(event.kind, event.text_id)
    occasion = f"{event.kind}:{event.text_id}"
    tell_author(event.petition_id, "text_refused", now=now, occasion=occasion, ground=ground, kind=event.kind)


@reacts_to(CorrectionTaken)
def tell_correction(event: CorrectionTaken, now: datetime) -> None:
    tell_author(event.petition_id, "corrected", now=now, occasion=f"{event.edition_id}")


@reacts_to(PlanStageMoved)
def tell_stage(event: PlanStageMoved, now: datetime) -> None:
    change = change_told(event.change_id)
    if change is not None:
        facts = facts_of_change(change)
        tell_everybody(event.petition_id, "plan/stage", now=now, occasion=f"{change.pk}", **facts)


@reacts_to(HearingChanged)
def tell_hearing(event: HearingChanged, now: datetime) -> None:
    change = hearing_change_told(event.change_id)
    if change is not None:
        facts = facts_of_hearing(change)
        tell_everybody(event.petition_id, f"hearing/{change.kind}", now=now, occasion=f"{change.pk}", **facts)


@reacts_to(ExclusionProposed)
def ask_second_person(event: ExclusionProposed, now: datetime) -> None:
    """Everybody who may decide, but not whoever proposed it; not if it was decided in the meantime."""
    exclusion = exclusion_told(event.exclusion_id, waiting_since=event.proposed_at)
    if exclusion is None:
        return
    petition = exclusion.petition
    others = sorted(set(staff_with(petition, DECIDERS)) - {exclusion.proposed_by_id})
    path = f"/petitions/{petition.pk}/exclusions/{exclusion.pk}/"
    once = f"exclusion:{exclusion.pk}:{event.proposed_at.isoformat()}"
    facts = facts_of_exclusion(exclusion)
    write_to_staff(others, petition, "exclusion/to_decide", path=path, once=once, now=now, **facts)


@reacts_to(TextHidden)
def tell_hidden(event: TextHidden, now: datetime) -> None:
    """Its author, and the control body: whoever silences a petition is seen doing it."""
    told = facts_of_hiding(event.petition_id, at=event.hidden_at)
    tell_author(event.petition_id, "text_hidden", now=now, occasion=event.hidden_at.isoformat(), **told)
    petition = petition_told(event.petition_id)
    if petition is not None:
        control = staff_with(petition, {Role.CONTROL})
        once = f"text_hidden.control:{petition.pk}:{event.hidden_at.isoformat()}"
        path = f"/petitions/{petition.pk}/"
        write_to_staff(control, petition, "text_hidden", path=path, once=once, now=now, **told)


@reacts_to(TextShown)
def tell_shown(event: TextShown, now: datetime) -> None:
    told = facts_of_showing(event.petition_id, at=event.shown_at)
    tell_author(event.petition_id, "text_shown", now=now, occasion=event.shown_at.isoformat(), **told)


@reacts_to(SheetHandedOver)
def ask_second_clerk(event: SheetHandedOver, now: datetime) -> None:
    """Once for each handing over; one that came back for mending is handed over anew."""
    sheet = sheet_to_confirm(event.sheet_id, since=event.handed_over_at)
    if sheet is None:
        return
    petition, people = sheet.petition, may_confirm_sheet(sheet)
    once, path = f"sheet:{sheet.pk}:{event.handed_over_at.isoformat()}", f"/petitions/{petition.pk}/paper/{sheet.pk}/"
    write_to_staff(people, petition, "sheet_to_confirm", path=path, once=once, now=now, sheet=sheet.number)


@reacts_to(SignaturesExcluded)
def tell_excluded(event: SignaturesExcluded, now: datetime) -> None:
    tell_of_exclusion(event.petition_id, event.exclusion_id, "excluded", now=now)
    tell_shortfall(event.petition_id, now=now)


@reacts_to(SignaturesReturned)
def tell_signatures_returned(event: SignaturesReturned, now: datetime) -> None:
    tell_of_exclusion(event.petition_id, event.exclusion_id, "returned", now=now)


@reacts_to(ShortfallDecided)
def tell_shortfall_decided(event: ShortfallDecided, now: datetime) -> None:
    facts = facts_of_decision(event.petition_id, event.step, at=event.decided_at)
    occasion = event.decided_at.isoformat()
    tell_everybody(event.petition_id, "exclusion/decided", now=now, occasion=occasion, **facts)


def tell_of_exclusion(petition_id: int, exclusion_id: int, template: str, *, now: datetime) -> None:
    exclusion = exclusion_told(exclusion_id)
    if exclusion is not None:
        facts = facts_of_exclusion(exclusion)
        tell_everybody(petition_id, f"exclusion/{template}", now=now, occasion=f"{exclusion_id}", **facts)


def tell_shortfall(petition_id: int, *, now: datetime) -> None:
    """The officers owe the public a decision."""
    petition = petition_told(petition_id)
    if petition is None or petition.shortfall_at is None:
        return
    officers, path = staff_with(petition, {Role.OFFICER}), f"/petitions/{petition_id}/case/"
    once = f"shortfall:{petition_id}:{petition.shortfall_at.isoformat()}"
    write_to_staff(officers, petition, "exclusion/shortfall", path=path, once=once, now=now)


@reacts_to(PersonErased)
def forget_drafts(event: PersonErased) -> None:
    erase_drafts_of(event.person_id, till=event.erased_at)
