"""Two whole sample communities, written once: what belongs to one is asked for from the other."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.config.sample.generating import make_sample
from edem.config.sample.seeding.seed import insert
from edem.foundation.communities.models import Community
from edem.foundation.files.models import StoredFile
from edem.foundation.identity.models import MembershipFact, PersonMerge, Proposal
from edem.foundation.identity.privacy.correcting import ask_correction
from edem.foundation.identity.two_officers import Matter, Standing
from edem.foundation.people.models import EmergencyAccess, OutsideAccount, OutsideProvider, Person, RoleGrant
from edem.foundation.people.roles import Role
from edem.kernel.ukraine import UKRAINE
from edem.services.reports.models import (
    AnswerTemplate,
    Assignment,
    DraftShot,
    Forwarding,
    Receiver,
    ReportDraft,
    ReportImport,
    TaskLink,
)


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker):  # the database must be there
    """Written once for a module, and taken away after it."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # the platform's own actions stay durable inside it
        atomic.__enter__()
        now = datetime.now(UTC)
        insert(make_sample(now, calendar=UKRAINE), now=now, say=lambda _: None)
        member = MembershipFact.objects.filter(community__slug="vyshnevohirsk").order_by("pk")[0]
        ask_correction(member.person, ["last_name"], "Інша літера", community_id=member.community_id, now=now)
        decided_by_two(member.community_id, now=now)
        exchanged(member.community_id, now=now)
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def decided_by_two(community_id: int, *, now: datetime) -> None:
    """Papers that a community has only after trouble: a proposal, a merge, an emergency; an account outside."""
    members = MembershipFact.objects.filter(community_id=community_id, until=None).order_by("pk")
    kept, absorbed = (fact.person for fact in members[1:3])
    grants = RoleGrant.objects.filter(community_id=community_id, role=Role.CLERK, ended_at=None).order_by("pk")
    first, second = (grant.person for grant in grants[:2])
    here = {"community_id": community_id, "proposed_by": first}
    Proposal.objects.create(
        **here, matter=Matter.MERGE, person=kept, other=absorbed, standing=Standing.WAITING, reason="два документи",
        proposed_at=now,
    )  # fmt: skip
    PersonMerge.objects.create(
        **here, kept=kept, absorbed=absorbed, confirmed_by=second, merged_at=now, undo_until=now + timedelta(days=30)
    )
    grant = RoleGrant.objects.create(
        person=first, community_id=community_id, role=Role.OFFICER, granted_at=now, until=now + timedelta(hours=1)
    )
    EmergencyAccess.objects.create(
        community_id=community_id, person=first, grant=grant, role=Role.OFFICER, reason="Нікого немає на місці",
        opened_at=now, until=now + timedelta(hours=1),
    )  # fmt: skip
    provider = OutsideProvider.objects.create(
        code="city", name="Місто", issuer="https://id.example", client_id="e-dem", secret="", made_at=now
    )
    OutsideAccount.objects.create(provider=provider, person=first, subject="4711", linked_at=now)


def exchanged(community_id: int, *, now: datetime) -> None:
    """What a community has only once it exchanges reports with others: a file that waits, a server that refused one."""
    admin = RoleGrant.objects.filter(community_id=community_id, role=Role.COMMUNITY_ADMIN).order_by("pk")[0].person
    ReportImport.objects.create(
        community_id=community_id,
        source="elsewhere",
        file_name="f.csv",
        content=b"id;x\n1;2",
        made_by=admin,
        made_at=now,
    )
    held = Assignment.objects.filter(report__community_id=community_id).order_by("pk")[0]
    server = Receiver.objects.create(
        community_id=community_id, organisation=held.organisation, url="https://a.test", service_code="x",
        made_by=admin, made_at=now,
    )  # fmt: skip
    Forwarding.objects.create(assignment=held, receiver=server, report=held.report, stage="refused", made_at=now)
    begun_by(admin, held, now=now)


def begun_by(admin: Person, held: Assignment, *, now: datetime) -> None:
    """What waits between two steps: a draft with its photo, a contractor's link, words kept for answers."""
    community_id = held.report.community_id
    AnswerTemplate.objects.create(organisation=held.organisation, title="Дякуємо", text="Дякуємо, виїдемо завтра.")
    TaskLink.objects.create(
        assignment=held, name="Бригада 2", made_by=admin, made_at=now, expires_at=now + timedelta(days=3)
    )
    draft = ReportDraft.objects.create(community_id=community_id, author=admin, started_at=now, touched_at=now)
    file = StoredFile.objects.create(
        community_id=community_id, owner=admin, purpose="reports.photo", name="яма.jpg", kind="jpg", size=1,
        sha256="0" * 64, place="uploads/of-a-draft.jpg", created_at=now,
    )  # fmt: skip
    DraftShot.objects.create(draft=draft, file=file, position=0)


@pytest.fixture
def towns(seeded: None, db: None) -> tuple[Community, Community]:  # their order matters
    """The rich one and its neighbour."""
    rich, neighbour = Community.objects.order_by("pk")[:2]
    assert rich.slug == "vyshnevohirsk"
    return rich, neighbour
