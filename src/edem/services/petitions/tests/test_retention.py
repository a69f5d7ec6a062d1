"""What the clock takes away when its time is over, and what stays for ever."""

import html
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from edem.foundation.files.actions import keep_files, store_made, store_upload
from edem.foundation.files.models import StoredFile
from edem.foundation.files.rules import Kind as FileKind
from edem.foundation.notices.models import Notice, Subscription
from edem.kernel.deadlines import KYIV, kyiv_day
from edem.kernel.ukraine import UKRAINE
from edem.services.petitions.actions import retaining
from edem.services.petitions.actions.drafting import Draft, edit_draft
from edem.services.petitions.actions.following import follow
from edem.services.petitions.actions.retaining import clear_drafts, erase_old_lists
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.jobs import erase_what_was_kept_long_enough
from edem.services.petitions.models import (
    Attachment,
    Erasure,
    Export,
    PaperRow,
    PaperSheet,
    Petition,
    Signature,
    SignatureRemoval,
    SignatureTally,
)
from edem.services.petitions.queries.signatures import split_of
from edem.services.petitions.rules.lifecycle import SIGNABLE, State
from edem.services.petitions.rules.retention import list_kept_until
from edem.services.petitions.rules.text import Text
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PUBLISHED = MARCH_1 - DAY  # 28 February 2026
LAST_MOMENT = datetime(2029, 2, 28, 23, 59, 59, tzinfo=KYIV)
OVER = datetime(2029, 3, 1, tzinfo=KYIV)


@pytest.fixture
def petition():
    """Answered long ago, with five signatures, one of them taken off."""
    petition = PetitionFactory(collecting=True, published_at=PUBLISHED)
    add_signatures([new_signature(petition) for _ in range(5)])
    taken = Signature.objects.order_by("ordinal").first()
    SignatureRemoval.objects.create(
        community=petition.community, petition_id=petition.pk, mark=taken.mark, exclusion_id=9, at=MARCH_1
    )
    Petition.objects.filter(pk=petition.pk).update(state=State.ANSWERED)
    petition.refresh_from_db()
    return petition


def picture():
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return drawn.getvalue()


def test_a_list_is_kept_to_the_last_second_of_its_years(petition):
    erase_old_lists(now=LAST_MOMENT)
    assert Signature.objects.count() == 5
    erase_old_lists(now=OVER)
    assert not Signature.objects.exists()


def test_names_go_and_numbers_stay(petition):
    before, tallies = split_of(petition), list(SignatureTally.objects.values())
    erase_old_lists(now=OVER)
    petition.refresh_from_db()
    assert not Signature.objects.exists()
    assert not SignatureRemoval.objects.exists()
    assert (petition.signature_count, petition.last_ordinal, petition.list_erased_at) == (5, 5, OVER)
    assert list(SignatureTally.objects.values()) == tallies
    assert split_of(petition) == before
    erasure = Erasure.objects.get()
    assert (erasure.kind, erasure.amount, erasure.begun_at, erasure.finished_at) == ("signers", 5, OVER, OVER)


def test_the_charter_says_how_long(petition):
    petition.charter.values = {"threshold": 10, "list_retention_years": 5}
    petition.charter.pk = None
    petition.charter.version = 77
    petition.charter.save()
    Petition.objects.update(charter=petition.charter)
    erase_old_lists(now=OVER + timedelta(days=700))
    assert Signature.objects.count() == 5
    erase_old_lists(now=OVER + timedelta(days=731))
    assert not Signature.objects.exists()


@pytest.mark.parametrize("state", sorted(SIGNABLE))
def test_the_list_of_a_petition_that_still_waits_is_kept(petition, state):
    Petition.objects.update(state=state, reached_at=MARCH_1)
    erase_old_lists(now=OVER + 30 * DAY)
    assert Signature.objects.count() == 5


def test_another_petitions_list_is_not_touched(petition):
    other = PetitionFactory(collecting=True, community=petition.community)
    add_signatures([new_signature(other)])
    erase_old_lists(now=OVER)
    assert Signature.objects.get().petition_id == other.pk


def test_scans_rows_files_and_followers_go_with_the_list(petition):
    clerk = staff(petition.community, "cnap_clerk")
    scan = store_upload(
        SimpleUploadedFile("sheet.png", picture()), community=petition.community, owner=clerk,
        purpose="petitions.sheet", now=MARCH_1,
    )  # fmt: skip
    keep_files([scan.pk], community_id=petition.community_id, owner_id=clerk.pk)
    sheet = PaperSheet.objects.create(
        community=petition.community, petition=petition, number=1, state="confirmed", received_on=MARCH_1.date(),
        scan_id=scan.pk, scanned_at=MARCH_1, opened_by=clerk, opened_at=MARCH_1, handed_over_at=MARCH_1,
        confirmed_by=clerk, confirmed_at=MARCH_1, counted=3,
    )  # fmt: skip
    PaperRow.objects.create(sheet=sheet, place=1, name="Олена Коваленко", outcome="counted", mark=b"m" * 32)
    listed = store_made(
        b"%PDF-1.7\n", kind=FileKind.PDF, name="list.pdf", community=petition.community, purpose="petitions.export",
        now=MARCH_1,
    )  # fmt: skip
    Export.objects.create(
        community=petition.community, petition=petition, kind="pdf", for_council=True, asked_by=clerk,
        asked_at=MARCH_1, file=listed, state="ready", ready_at=MARCH_1,
    )  # fmt: skip
    follow(petition, by=petition.author, now=MARCH_1)
    erase_old_lists(now=OVER)
    sheet.refresh_from_db()
    assert (sheet.scan_id, sheet.erased_at, sheet.counted, sheet.number) == (None, OVER, 3, 1)
    assert not PaperRow.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Subscription.objects.exists()


def test_a_worker_that_died_half_way_is_followed_by_another(petition, monkeypatch):
    monkeypatch.setattr(retaining, "AT_ONCE", 2)
    monkeypatch.setattr(retaining, "_finish_list", lambda *_, **__: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(MemoryError):
        erase_old_lists(now=OVER)
    assert Erasure.objects.get().finished_at is None
    monkeypatch.undo()
    erase_old_lists(now=OVER + DAY)
    assert Erasure.objects.get().finished_at == OVER + DAY
    assert not SignatureRemoval.objects.exists()
    petition.refresh_from_db()
    assert petition.list_erased_at == OVER, "it is told by the day it went"


def test_a_second_night_changes_nothing(petition):
    erase_what_was_kept_long_enough(OVER)
    erase_what_was_kept_long_enough(OVER + DAY)
    assert Erasure.objects.get().finished_at == OVER


def test_the_card_and_the_list_say_that_the_names_are_gone(client, petition):
    erase_old_lists(now=OVER)
    home = f"/{petition.community.slug}/petitions/{petition.pk}/"
    for path in (home, f"{home}signers/"):
        shown = html.unescape(client.get(path).content.decode()).replace("\u00a0", " ")
        assert "Список підписантів вилучено 1 березня 2029: строк його зберігання минув." in shown
        assert "person-" not in shown
    assert "Хто підписав" not in html.unescape(client.get(home).content.decode()).partition("<main")[2]


@given(st.datetimes(datetime(2016, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)), st.integers(1, 25))
def test_years_end_on_the_same_day(published_at, years):
    last = kyiv_day(list_kept_until(published_at, years, UKRAINE) - timedelta(seconds=1))
    first = kyiv_day(published_at)
    assert last.year == first.year + years
    assert (last.month, last.day) in {(first.month, first.day), (2, 28)}


# Drafts


@pytest.fixture
def draft():
    return PetitionFactory(title="Ліхтарі", created_at=MARCH_1)


def letters():
    return sorted(Notice.objects.values_list("template", flat=True))


WARNED = MARCH_1 + timedelta(days=335)
GONE = WARNED + timedelta(days=30)


def test_an_untouched_draft_goes_a_month_after_its_author_was_told(draft):
    clear_drafts(now=WARNED - DAY)
    assert letters() == []
    for day in range(30):
        clear_drafts(now=WARNED + day * DAY)
    assert letters() == ["petitions/mail/draft_soon_gone.html"]
    assert Petition.objects.exists()
    clear_drafts(now=GONE)
    assert not Petition.objects.exists()
    assert letters() == ["petitions/mail/draft_gone.html", "petitions/mail/draft_soon_gone.html"]
    assert Erasure.objects.get().finished_at == GONE
    clear_drafts(now=GONE + DAY)
    assert Notice.objects.count() == 2


def test_nobody_loses_a_draft_without_having_been_told(draft):
    clear_drafts(now=GONE + timedelta(days=900))  # no worker ran till then
    assert Petition.objects.exists()
    assert letters() == ["petitions/mail/draft_soon_gone.html"]


def test_a_draft_that_was_touched_after_the_warning_lives_another_year(draft):
    clear_drafts(now=WARNED)
    text = Text(title="Ліхтарі", essence=draft.essence, demand=draft.demand)
    edit_draft(draft.pk, Draft(text=text, category="Благоустрій"), by=draft.author, now=WARNED + DAY)
    clear_drafts(now=GONE)
    assert Petition.objects.exists()
    assert not Erasure.objects.exists()
    clear_drafts(now=WARNED + DAY + timedelta(days=335))
    assert Notice.objects.filter(template="petitions/mail/draft_soon_gone.html").count() == 2


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, *SIGNABLE}))
def test_only_drafts_that_were_never_sent_go(state):
    PetitionFactory(state=state, created_at=MARCH_1, submitted_at=MARCH_1)
    PetitionFactory(created_at=MARCH_1, submitted_at=MARCH_1)  # taken back by hand in the database
    clear_drafts(now=WARNED)
    clear_drafts(now=GONE)
    assert Petition.objects.count() == 2
    assert letters() == []


def test_a_drafts_files_go_with_it(draft):
    file = store_upload(
        SimpleUploadedFile("map.png", picture()), community=draft.community, owner=draft.author,
        purpose="petitions.attachment", now=MARCH_1,
    )  # fmt: skip
    Attachment.objects.create(petition=draft, file_id=file.pk, title="Мапа", place=1, added_at=MARCH_1)
    clear_drafts(now=WARNED)
    clear_drafts(now=GONE)
    assert not StoredFile.objects.exists()
    assert not Petition.objects.exists()


def test_a_draft_without_a_title_is_told_of_too():
    PetitionFactory(title="", created_at=MARCH_1, id=uuid4().int % 10**9)
    clear_drafts(now=WARNED)
    assert Notice.objects.get().subject == "Чернетку буде вилучено: «…»"
