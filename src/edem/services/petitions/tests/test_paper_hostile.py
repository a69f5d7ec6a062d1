"""The clerks' pages against strangers, tricks and broken input."""

from datetime import timedelta

import pytest

from edem.config.testing.clients import PlatformClient
from edem.foundation.audit.models import AuditEntry
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.models import PaperSheet, Signature
from edem.services.petitions.queries.paper import lines_on
from edem.services.petitions.tests.factories import PetitionFactory, staff
from edem.services.petitions.tests.paper import clerk, number, row, scan, sheet_in_work, sheet_waiting

pytestmark = pytest.mark.django_db
TRICK = "<script>alert(1)</script> Ім’я"


def test_ten_thousand_rows_are_refused_and_nothing_is_written(petition, come, client, now):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now, numbers=[number()])
    typed = {f"name-{place}": "Я" for place in range(10_000)}
    answer = client.post(f"/zhytomyr/petitions/{petition.pk}/paper/{sheet.pk}/rows/", typed)
    assert answer.status_code == 400
    assert len(lines_on(sheet)) == 1


@pytest.mark.parametrize("odd", ["\x00", "А" * 5000, "\ud800"[:0] + "�" * 300], ids=["nul", "long", "broken"])
def test_odd_letters_in_a_cell_are_refused_and_the_rest_stays_on_the_page(petition, come, send, now, odd):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now)
    typed = row(1, now=now) | {"name-2": odd, "rows": "10", "then": "draft"}
    assert typed["number-1"] in send(f"{petition.pk}/paper/{sheet.pk}/rows/", typed, status=422)


def test_what_was_typed_comes_out_as_text(petition, settlement, come, community, client, now, send):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now)
    path = f"{petition.pk}/paper/{sheet.pk}/"
    send(f"{path}rows/", row(1, now=now, name=TRICK) | {"rows": "10", "then": "hand_over"})
    come(clerk(community))
    pages = [client.get(f"/zhytomyr/petitions/{path}{page}").content.decode() for page in ("", "check/")]
    send(f"{path}check/", {"compared": "on"})
    pages += [client.get(f"/zhytomyr/petitions/{petition.pk}/signers/").content.decode()]
    for page in pages:
        assert "<script>alert" not in page
        assert "alert(1)" in page


def test_the_page_cannot_be_talked_into_one_pair_of_eyes(petition, come, send, now):
    worker = come()
    sheet = sheet_waiting(petition, by=worker, now=now, numbers=[number()])
    page = send(f"{petition.pk}/paper/{sheet.pk}/check/", {"compared": "on"}, status=422)
    assert "Підтвердити його має інший працівник" in page
    assert not Signature.objects.exists()


def test_a_scan_is_shown_to_clerks_and_each_look_is_written_down(petition, come, community, client, now):
    sheet = sheet_waiting(petition, by=clerk(community), now=now, numbers=[number()])
    worker = come()
    address = f"/zhytomyr/petitions/{petition.pk}/paper/{sheet.pk}/scan/content/"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.act, entry.person) == ("petition.sheet_scan_read", worker)
    come(staff(community, "officer"))
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302


def test_a_wrong_scan_leaves_no_sheet_behind(petition, come, send, now):
    come()
    typed = {"number": "1", "received_on": f"{kyiv_day(now):%Y-%m-%d}"}
    page = send(f"{petition.pk}/paper/", typed | {"scan": scan("вірус.pdf", b"MZ")}, status=422)
    assert "Такий файл не підійде" in page
    assert not PaperSheet.objects.exists()


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"number": "0", "received_on": "2026-03-01"}, "Номер листа"),
    ({"number": "", "received_on": ""}, "Заповніть"),
    ({"number": "1", "received_on": "1900-01-01"}, "День отримання"),
    ({"number": "1", "received_on": "\x00"}, "дат"),
    ({"number": "9" * 40, "received_on": "2026-03-01"}, "Номер листа"),
])  # fmt: skip
def test_a_sheet_half_told_is_not_opened(petition, come, send, typed, sentence):
    come()
    assert sentence in send(f"{petition.pk}/paper/", typed, status=422)
    assert not PaperSheet.objects.exists()


def test_sheets_are_closed_to_residents_visitors_and_other_communities(petition, community, client, resident, now):
    worker = clerk(community)
    sheet = sheet_waiting(petition, by=worker, now=now, numbers=[number()])
    elsewhere = PetitionFactory(collecting=True, community__slug="lutsk", closes_at=now + timedelta(days=9))
    paths = [
        f"{petition.pk}/paper/{sheet.pk}/{page}"
        for page in ("", "rows/", "scan/", "scan/content/", "check/", "return/", "discard/")
    ]
    for who, wanted in (
        (None, {302}),
        (resident, {403}),
        (clerk(elsewhere.community), {403}),
        (staff(community, "moderator"), {403, 200, 422}),
    ):
        reader = PlatformClient()
        if who:
            reader.sign_in(who)
        for path in ["paper/", f"{petition.pk}/paper/", *paths]:
            for method in (reader.get, reader.post):
                answer = method(f"/zhytomyr/petitions/{path}", {"compared": "on", "note": "x"})
                assert answer.status_code in wanted | {405}, (who, path, answer.status_code)
    assert not Signature.objects.exists()
    assert PaperSheet.objects.get(petition=petition).state == "handed_over"


def test_a_sheet_is_found_only_under_its_own_petition_and_community(petition, collecting, community, come, read, now):
    sheet = sheet_waiting(petition, by=clerk(community), now=now, numbers=[number()])
    other = collecting()
    elsewhere = PetitionFactory(collecting=True, community__slug="lutsk", closes_at=now + timedelta(days=9))
    theirs = sheet_waiting(elsewhere, by=clerk(elsewhere.community), now=now, numbers=[number()])
    come()
    for petition_id, sheet_id in (
        (other.pk, sheet.pk),
        (petition.pk, theirs.pk),
        (elsewhere.pk, theirs.pk),
        (petition.pk, 10**12),
    ):
        for page in ("", "rows/", "scan/", "scan/content/", "check/", "return/", "discard/"):
            read(f"{petition_id}/paper/{sheet_id}/{page}", status=404)
