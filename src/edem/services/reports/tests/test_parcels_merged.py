"""Unsent reports go over with a merged account and back with its parting; what is left out is said to each reader."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import StoredFile
from edem.foundation.files.tests.contents import photo_with_place
from edem.foundation.intake.acts import take_one
from edem.foundation.intake.messages import facts_in_words
from edem.foundation.intake.multipart import SentFile
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.authorship import give_back_reports, hand_on_reports
from edem.services.reports.actions.parcels import take_parcels
from edem.services.reports.actions.residents_changed import join_residents, part_residents
from edem.services.reports.actions.unpacking import send_whole, unpack
from edem.services.reports.models import Parcel, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(author, merge_of):
    """The sender's account becomes part of another's; the other, and the number of the merge."""
    kept = PersonFactory()
    number = merge_of(kept, author)
    return kept, number


def test_what_waits_to_be_written_down_goes_over_with_its_sender_s_account(parcel, author, joined, now):
    kept, number = joined
    new = parcel(photo_with_place())
    take_one(take_parcels, new)
    join_residents(number, absorbed_id=author.pk, kept_id=kept.pk)
    waiting = Parcel.objects.get()
    assert (waiting.person, waiting.merge_id) == (kept, number)
    run_jobs(now=now)
    report = Report.objects.get()
    assert (report.author, report.photos.get().added_by, report.photos.get().hidden) == (kept, kept, False)
    give_back_reports(number, absorbed_id=author.pk, kept_id=kept.pk)
    assert Report.objects.get().author == author, "with the parting it goes back"


def test_what_was_not_written_down_before_the_parting_is_its_sender_s_again(parcel, author, joined, now):
    kept, number = joined
    new = parcel(photo_with_place())
    take_one(take_parcels, new)
    join_residents(number, absorbed_id=author.pk, kept_id=kept.pk)
    part_residents(number, absorbed_id=author.pk, kept_id=kept.pk)
    assert StoredFile.objects.get().owner == author
    run_jobs(now=now)
    assert Report.objects.get().author == author


def test_a_merge_in_the_middle_of_the_writing_takes_the_report_along(parcel, author, joined, now, monkeypatch):
    """The report is made under the old account; before its parcel goes, the accounts have become one."""
    kept, number = joined
    new = parcel()
    take_one(take_parcels, new)
    hand_on_reports(number, absorbed_id=author.pk, kept_id=kept.pk)  # there was no report to hand on yet

    def send_and_join(waiting, draft):
        send_whole(waiting, draft)
        join_residents(number, absorbed_id=author.pk, kept_id=kept.pk)

    # Two transactions of two processes, in the one order that was wrong once.
    monkeypatch.setattr("edem.services.reports.actions.unpacking.send_whole", send_and_join)
    unpack(new.id, now=now)
    assert Report.objects.get().author == kept


def test_a_draft_with_photos_can_be_sent_by_the_account_that_it_went_over_to(author, joined, send, client, roads):
    kept, number = joined
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id), "photos": SimpleUploadedFile("яма.jpg", photo_with_place())})
    join_residents(number, absorbed_id=author.pk, kept_id=kept.pk)
    client.logout()
    client.sign_in(kept)
    send(f"start/{draft_id}/place/", {"lat": "50.2547", "lon": "28.6587"})
    send(f"start/{draft_id}/words/", {"text": "Велика яма на дорозі біля школи", "title": ""})
    send(f"start/{draft_id}/check/")
    assert Report.objects.get().author == kept


def test_what_is_said_of_a_photo_left_out_is_said_in_the_reader_s_language(parcel):
    told = take_one(take_parcels, parcel(SentFile(field="photos", name="знак.svg", content=b"<svg/>"))).facts
    [ours], [theirs] = (facts_in_words(told, language)["left_out"] for language in ("uk", "en"))
    assert ours.startswith("знак.svg: ")
    assert theirs.startswith("знак.svg: ")
    assert ours != theirs
    json.dumps([ours, theirs])
