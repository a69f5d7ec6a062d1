"""The moderator's decision on what readers wrote or reported; the service shows or hides it in the same commit."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community
from edem.foundation.live.kept import drop_pages
from edem.foundation.moderation.actions import decide_case
from edem.foundation.moderation.queries import kind_of, thing_of
from edem.foundation.moderation.rules import HIDING_GROUNDS, Decision, Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import NotAllowed


@transaction.atomic(durable=True)
def approve_thing(community: Community, subject: Subject, *, by: Person, now: datetime) -> None:
    """Publish what waited; leave what was reported where it is."""
    kind = kind_of(community, subject)
    case = decide_case(subject, Decision.APPROVED, community_id=community.pk, by=by, now=now)

    check_not_own(community, subject, by=by)

    kind.approve(community, subject.subject_id, by, now)
    record_staff_act(by, "moderation.approved", community_id=community.pk, subject=case, now=now, kind=subject.kind)


@transaction.atomic(durable=True)
def hide_thing(
    community: Community, subject: Subject, *, ground_code: str, reason: str, by: Person, now: datetime
) -> None:
    """Take it down, or do not put it up: on a ground, with words that its author and everybody else will read."""
    kind, ground = kind_of(community, subject), HIDING_GROUNDS.get(ground_code)
    case = decide_case(
        subject,
        Decision.REFUSED,
        community_id=community.pk,
        by=by,
        now=now,
        ground=ground,
        reason=reason,
        public_note=reason,
        public_path=thing_of(community, subject).path,
    )

    check_not_own(community, subject, by=by)
    if kind.hide is None:
        raise NotAllowed("moderation.only_left_standing")

    kind.hide(community, subject.subject_id, case.ground_label, by, now)
    drop_pages(f"{subject.service}:{community.pk}")  # the public log of the community is kept under this tag
    record_staff_act(by, "moderation.hidden", community_id=community.pk, subject=case, now=now, kind=subject.kind)


def check_not_own(community: Community, subject: Subject, *, by: Person) -> None:
    if thing_of(community, subject).author_id == by.pk:
        raise NotAllowed("moderation.your_own")
