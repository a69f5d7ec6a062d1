"""Photos that come by mail where a moderator reads first: nobody sees them before, and nobody forgets them."""

from uuid import UUID, uuid4

import pytest

from edem.foundation.catalog.replies import Reply, ReplyFile
from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.tests.contents import picture
from edem.foundation.moderation.actions import decide_case
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.moderation.rules import HIDING_GROUNDS, Decision
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.answering_by_mail import take_author_answer
from edem.services.reports.actions.drafting import start_report
from edem.services.reports.actions.joining import join_with_draft
from edem.services.reports.actions.moderating import reject_report
from edem.services.reports.actions.voicing import voice_of
from edem.services.reports.actions.waiting_photos import is_held_back
from edem.services.reports.cards import DESK_QUEUES
from edem.services.reports.models import DraftShot, Photo, Report
from edem.services.reports.queries.subjects import moderated_photo
from edem.services.reports.tests.factories import ReportFactory, staff
from edem.services.reports.tests.test_boxes import NOW

pytestmark = pytest.mark.django_db

[complaints] = [queue.items for queue in DESK_QUEUES if queue.code == "reports-complaints"]


@pytest.fixture
def careful(roads, under):
    """Of a community whose moderator reads first."""
    under(moderation="pre")
    return ReportFactory(community=roads.community)


def mailed(report):
    reply = Reply(
        id=UUID(int=7), community_id=report.community_id, once=f"reports.answered:{report.pk}:1", path="", text="Ось ще фото.",
        person_id=report.author_id, address="", files=(ReplyFile("1.jpg", picture("JPEG")),),
    )  # fmt: skip
    assert take_author_answer(reply, NOW)
    run_jobs(now=NOW)
    return Photo.objects.get(report=report)


@pytest.fixture
def photo(careful):
    return mailed(careful)


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


def case_page(client, photo, typed=None):
    path = f"/zhytomyr/moderation/reports/photo/{photo.pk}/"
    return client.post(path, typed) if typed else client.get(path)


def test_the_moderator_has_a_case_for_it_with_a_term(photo, community, careful, read):
    assert (photo.hidden, photo.file.is_public) == (True, False)
    [item] = complaints(community, NOW)
    assert item.path == f"/moderation/reports/photo/{photo.pk}/"
    assert item.due is not None
    assert str(photo.file_id) not in read(f"{careful.pk}/")


def test_what_the_moderator_lets_through_everybody_sees(photo, community, careful, moderator, client, read):
    client.sign_in(moderator)
    page = case_page(client, photo).content.decode()
    assert str(photo.file_id) in page, "the moderator sees what is decided on"
    assert case_page(client, photo, {"decision": "approve"}).status_code == 302
    client.logout()
    photo.refresh_from_db()
    assert (photo.hidden, photo.file.is_public) == (False, True)
    assert str(photo.file_id) in read(f"{careful.pk}/")
    assert complaints(community, NOW) == []


def test_where_everything_is_shown_at_once_no_case_is_opened(report):
    photo = mailed(report)
    assert (photo.hidden, ModerationCase.objects.count()) == (False, 0)


@pytest.fixture
def joined_with(careful, a_photo):
    """Somebody says «це воно» and brings a photo, drawn already or still to be drawn."""

    def joined_with(*, drawing):
        file = a_photo(careful).file
        Photo.objects.all().delete()
        StoredFile.objects.filter(pk=file.pk).update(drawing=drawing)
        who = PersonFactory()
        draft = start_report(uuid4(), careful.community, by=who, now=NOW)
        DraftShot.objects.create(draft=draft, file=file, position=1, width=800, height=600)
        join_with_draft(draft.pk, voice_of(who, careful, now=NOW), by=who, now=NOW)
        return Photo.objects.get()

    return joined_with


@pytest.mark.parametrize("drawing", [Drawing.DONE, Drawing.WAITING])
def test_a_photo_of_somebody_who_joins_waits_too(joined_with, careful, community, drawing, read):
    photo = joined_with(drawing=drawing)
    assert (photo.hidden, photo.file.is_public) == (True, False)
    assert [item.path for item in complaints(community, NOW)] == [f"/moderation/reports/photo/{photo.pk}/"]
    assert is_held_back(photo, community_id=community.pk), "and its drawing shows it to nobody"


def test_where_nobody_reads_first_it_is_seen_at_once(joined_with, under, community):
    under(moderation="post")
    photo = joined_with(drawing=Drawing.DONE)
    assert (photo.hidden, photo.file.is_public, complaints(community, NOW)) == (False, True, [])
    assert not is_held_back(photo, community_id=community.pk)


def test_what_was_refused_before_it_was_drawn_is_never_shown(joined_with, community, moderator):
    photo = joined_with(drawing=Drawing.WAITING)
    subject = moderated_photo(photo)
    ground = HIDING_GROUNDS["personal_data"]
    facts = {"community_id": community.pk, "by": moderator, "now": NOW, "ground": ground, "reason": "Обличчя дітей."}
    decide_case(subject, Decision.REFUSED, **facts)
    assert is_held_back(photo, community_id=community.pk)


def test_the_public_log_leads_to_what_is_left_of_a_report(report, moderator):
    reject_report(report.pk, by=moderator, ground="off_topic", note="Не за темою платформи.", now=NOW)
    assert ModerationCase.objects.get().public_path == f"/reports/{report.pk}/"


def test_of_what_was_never_public_the_log_has_no_address(careful, moderator):
    Report.objects.filter(pk=careful.pk).update(state="checking", published_at=None)
    reject_report(careful.pk, by=moderator, ground="off_topic", note="Не за темою платформи.", now=NOW)
    assert ModerationCase.objects.get().public_path == ""
