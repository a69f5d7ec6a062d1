"""The moderators' cases behind the sample petitions: what waits, what was decided and on which ground."""

from collections.abc import Iterable

from edem.config.sample.petitions import SamplePetition
from edem.config.sample.seeding.registering import People
from edem.config.sample.seeding.staffing import Team
from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.rules import Decision, ReportReason
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.moderating import path_of, subject_of
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import State, Step

Pairs = Iterable[tuple[SamplePetition, Petition]]

_DECISIONS = {Step.PUBLISH: Decision.APPROVED, Step.RETURN: Decision.RETURNED, Step.REJECT: Decision.REFUSED}
REPORTED = "roads-tsukrovykiv"
REPORT = "У тексті номери будинків. Чи не здогадаються, хто скаржився?"


def open_cases(pairs: Pairs, people: People, *, team: Team) -> None:
    for sample, petition in pairs:
        if petition.submitted_at and petition.state != State.WITHDRAWN:
            _case(sample, petition, team).save()
        if sample.text.key == REPORTED:
            _report(sample, petition, people)


def _case(sample: SamplePetition, petition: Petition, team: Team) -> ModerationCase:
    chronicle = sample.chronicle
    subject = subject_of(petition)
    case = ModerationCase(
        community_id=petition.community_id,
        service=subject.service,
        kind=subject.kind,
        subject_id=subject.subject_id,
        title=petition.title,
        path=path_of(petition),
        opened_at=chronicle.when(Step.SUBMIT),
        due_at=chronicle.due_at if chronicle.state is State.MODERATION else None,
    )
    decided = next((step for step in chronicle.steps if step.step in _DECISIONS), None)
    if decided is not None:
        case.decision, case.decided_at, case.decided_by = _DECISIONS[decided.step], decided.at, team[Role.MODERATOR]
        case.reason = decided.note
        _ground(case, petition)
    return case


def _ground(case: ModerationCase, petition: Petition) -> None:
    if petition.ground:
        look = GROUNDS[Ground(petition.ground)]
        case.ground, case.ground_label, case.clause = petition.ground, look.label, look.clause
        case.public_note = "" if look.hides_text else case.reason


def _report(sample: SamplePetition, petition: Petition, people: People) -> None:
    """One reader asked the moderator to look at a text that is already out."""
    reader = sample.signatures[-1]
    subject = subject_of(petition)
    case = ModerationCase.objects.create(
        community_id=petition.community_id,
        service=subject.service,
        kind=subject.kind,
        subject_id=subject.subject_id,
        title=petition.title,
        path=f"/moderation/{subject.service}/{subject.kind}/{subject.subject_id}/",
        is_reported=True,
        opened_at=reader.at,
    )
    ContentReport.objects.create(
        case=case,
        reporter=people[reader.resident.id].person,
        reason=ReportReason.PERSONAL_DATA,
        words=REPORT,
        at=reader.at,
    )
