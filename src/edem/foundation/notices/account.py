"""Letters about accounts: what became of a request to correct data, that its term is over, what waits for a second."""

from datetime import datetime
from uuid import UUID

from edem.foundation.communities.models import Community
from edem.foundation.identity.privacy.corrections import correction_in
from edem.foundation.identity.proposals.waiting import deciders_of, proposals_waiting
from edem.foundation.identity.two_officers import MATTERS, Matter
from edem.foundation.notices.actions import Mail, send_notice, send_notices
from edem.foundation.notices.topics import ACCOUNT, STAFF
from edem.foundation.people.queries import holders_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing

_TOLD_WHEN_LATE = (Role.OFFICER, Role.CONTROL, Role.COMMUNITY_ADMIN)


def tell_of_correction(correction_id: UUID, *, person_id: UUID, community_id: int, now: datetime) -> None:
    """The letter says only that there is a decision: the cabinet says which and why."""
    mail = Mail(
        topic=ACCOUNT,
        template="notices/account/correction_decided.html",
        path="/cabinet/my-data/correct/",
        once=f"identity.correction_decided:{correction_id}",
    )
    send_notice(person_id, mail, community=Community.objects.get(pk=community_id), now=now)


def tell_of_late_correction(correction_id: UUID, *, community_id: int, now: datetime) -> None:
    """To whoever decides and to whoever watches; nothing when it was decided in time."""
    try:
        correction = correction_in(community_id, correction_id)
    except Missing:
        return
    if correction.decided_at is not None:
        return
    people = {who.pk for role in _TOLD_WHEN_LATE for who in holders_of(role, community_id=community_id)}
    mail = Mail(
        topic=STAFF,
        template="notices/account/correction_late.html",
        path=f"/desk/corrections/{correction_id}/",
        once=f"identity.correction_late:{correction_id}",
        facts={"due_at": correction.due_at},
    )
    send_notices(people, mail, community=Community.objects.get(pk=community_id), now=now)


def tell_second_officers(proposal_id: UUID, *, community_id: int, now: datetime) -> None:
    """To everybody who may decide but the proposer, once; nothing if it was decided in the meantime."""
    proposal = proposals_waiting(community_id).filter(pk=proposal_id).first()
    if proposal is None:
        return
    mail = Mail(
        topic=STAFF,
        template="notices/account/second_officer.html",
        path=f"/members/proposals/{proposal_id}/",
        once=f"identity.proposal:{proposal_id}",
        facts={"matter": MATTERS[Matter(proposal.matter)]},
    )
    send_notices(sorted(deciders_of(proposal)), mail, community=Community.objects.get(pk=community_id), now=now)
