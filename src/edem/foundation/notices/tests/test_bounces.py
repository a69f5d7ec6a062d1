"""Letters that come back: read from real conversations and real formats, believed only with our own seal."""

import mailbox
from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.notices.actions import send_notice, send_official_letter
from edem.foundation.notices.bouncing import Bounced, bounced_since, settle, take_returned, undeliverable_addresses
from edem.foundation.notices.inbox import read_inbox
from edem.foundation.notices.models import Bounce, MailState, Notice
from edem.foundation.notices.return_path import LetterName, letter_named_in, return_path_of
from edem.foundation.notices.returned import MOST_BYTES, Verdict, read_returned
from edem.foundation.notices.tests import returned_mail
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, Refusing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bounces_mailbox")]
DAY = timedelta(days=1)
WHO = "olena@example.com"


@pytest.fixture
def sent(resident, community, post_office):
    """Send one more letter and say where it would come back to."""

    def send(number=5, *, now=NOW):
        send_notice(resident.pk, lamp_lit(number), community=community, now=now)
        letters = post_office(Accepting(), now=now).letters
        return letters[0].mail_from if letters else None

    return send


def dsn(to, *, status="5.1.1", action="failed", who=WHO):
    return returned_mail.DSN.format(to=to, who=who, status=status, action=action).encode()


def test_every_letter_has_a_way_back_of_its_own(sent):
    first, second = sent(1), sent(2)
    assert first != second
    assert first.startswith("bounces+")
    assert len(first.partition("@")[0]) <= 64
    assert WHO not in first
    assert letter_named_in(f"<{first.upper()}>").notice_id in set(Notice.objects.values_list("id", flat=True))


def test_one_lasting_failure_is_enough(sent, resident):
    assert take_returned(dsn(sent()), now=NOW) is Verdict.PERMANENT
    assert bounced_since(resident.pk, now=NOW) == Bounced(NOW, "5.1.1", is_gone=True)
    assert sent(6, now=NOW + DAY) is None
    assert Notice.objects.order_by("-created_at").values_list("state", "reply")[0] == (MailState.NOT_MAILED, "bounced")
    assert undeliverable_addresses(now=NOW) == 1


@pytest.mark.parametrize("form", [returned_mail.EXIM, returned_mail.QMAIL])
def test_systems_that_write_in_their_own_words_are_understood(sent, resident, form):
    raw = form.format(to=sent(), who=WHO).encode()
    assert take_returned(raw, now=NOW) is Verdict.PERMANENT
    assert bounced_since(resident.pk, now=NOW)


@pytest.mark.parametrize("status", ["4.4.1", "5.2.2", "5.7.1"])
def test_passing_failures_count_from_the_third(sent, resident, status):
    for number in (1, 2):
        assert take_returned(dsn(sent(number), status=status), now=NOW) is Verdict.TEMPORARY
        assert bounced_since(resident.pk, now=NOW) is None
    take_returned(dsn(sent(3), status=status), now=NOW)
    assert bounced_since(resident.pk, now=NOW) == Bounced(NOW, status, is_gone=False)
    assert bounced_since(resident.pk, now=NOW + 15 * DAY) is None, "they pass"
    assert sent(4, now=NOW + 15 * DAY)


def test_one_letter_counts_once_however_often_it_comes_back(sent, resident):
    back = dsn(sent(), status="5.2.2")
    for _ in range(5):
        take_returned(back, now=NOW)
    assert Bounce.objects.count() == 1
    assert bounced_since(resident.pk, now=NOW) is None


def test_the_worst_answer_to_a_letter_counts(sent, resident):
    to = sent()
    take_returned(dsn(to, status="4.2.2", action="delayed"), now=NOW)
    assert bounced_since(resident.pk, now=NOW) is None
    take_returned(dsn(to), now=NOW)
    assert bounced_since(resident.pk, now=NOW)


def test_a_forged_return_is_ignored(sent, resident):
    real = sent()
    forged = real[:20] + ("a" if real[20] != "a" else "b") + real[21:]
    for to in (forged, "bounces@edem.example", "olena@example.com", "bounces+@edem.example"):
        assert take_returned(dsn(to), now=NOW) is Verdict.NOT_OURS
    assert not Bounce.objects.exists()


def test_a_seal_of_a_letter_that_is_no_more_changes_nothing(sent):
    to = sent()
    Notice.objects.all().delete()
    assert take_returned(dsn(to), now=NOW) is Verdict.NOT_OURS


def test_an_answer_from_a_holiday_is_no_failure(sent, resident):
    raw = returned_mail.OUT_OF_OFFICE.format(to=sent(), who=WHO).encode()
    assert take_returned(raw, now=NOW) is Verdict.NO_FAILURE
    assert not Bounce.objects.exists()


def test_a_message_that_is_too_long_is_not_read(sent):
    assert take_returned(dsn(sent()) + b"x" * MOST_BYTES, now=NOW) is Verdict.TOO_LONG
    assert not Bounce.objects.exists()


def test_a_broken_message_breaks_nothing(sent):
    raw = returned_mail.BROKEN.format(to=sent()).encode("latin-1")
    assert take_returned(raw, now=NOW) in {Verdict.BROKEN, Verdict.NO_FAILURE}
    assert not Bounce.objects.exists()


@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 40))
def test_whatever_strangers_send_is_read_without_harm(noise, start, length):
    whole = dsn(return_path_of(LetterName(7, Notice().id)))
    assert read_returned(whole[:start] + noise + whole[start + length :]).verdict in set(Verdict)


def test_a_refusal_at_the_door_counts_as_a_return(resident, community, post_office):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    post_office(Refusing("550 5.1.1 no such user"))
    assert bounced_since(resident.pk, now=NOW) == Bounced(NOW, "5.1.1", is_gone=True)


def test_a_refusal_for_other_reasons_does_not_blame_the_address(resident, community, post_office):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    post_office(Refusing("554 5.7.1 looks like spam"))
    assert bounced_since(resident.pk, now=NOW) is None


def test_another_address_of_the_same_person_is_written_to(sent, resident, community, post_office):
    from django.db import transaction

    from edem.foundation.identity.claims import Claims
    from edem.foundation.identity.vault import store

    take_returned(dsn(sent()), now=NOW)
    with transaction.atomic():
        store(resident, Claims(method="bank_id", last_name="Коваленко", given_name="Олена", email="new@example.com"),
              now=NOW)  # fmt: skip
    assert sent(7, now=NOW + DAY)
    assert Notice.objects.filter(state=MailState.SENT).count() == 2


def test_who_says_that_the_mailbox_works_is_written_to_again(sent, resident):
    take_returned(dsn(sent()), now=NOW)
    settle(resident.pk, now=NOW)
    assert bounced_since(resident.pk, now=NOW) is None
    to = sent(6, now=NOW + DAY)
    assert to
    take_returned(dsn(to), now=NOW + DAY)
    assert bounced_since(resident.pk, now=NOW + DAY)


def test_a_bodys_mailbox_that_is_gone_is_left_in_peace(community, post_office):
    send_official_letter("rada@example.com", lamp_lit(), community=community, now=NOW)
    [letter] = post_office(Accepting()).letters
    take_returned(dsn(letter.mail_from, who="rada@example.com"), now=NOW)
    send_official_letter("rada@example.com", lamp_lit(6), community=community, now=NOW)
    assert post_office(Accepting()).letters == []


def test_one_persons_failure_is_not_anothers(sent, community, post_office):
    take_returned(dsn(sent()), now=NOW)
    other = person_with("ivan@example.com")
    send_notice(other.pk, lamp_lit(), community=community, now=NOW)
    assert len(post_office(Accepting()).letters) == 1


def test_without_a_mailbox_letters_come_back_to_the_sender(settings, sent):
    settings.EDEM = settings.EDEM.model_copy(update={"bounces_address": ""})
    assert sent() == "no-reply@localhost"


def test_no_table_keeps_the_address_that_failed(sent):
    from django.db import connection

    take_returned(dsn(sent()), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT n::text FROM notices_notice n) || (SELECT b::text FROM notices_bounce b)")
        assert WHO not in cursor.fetchone()[0]


def test_a_folder_of_the_mail_server_is_read_once(sent, resident, tmp_path):
    box = mailbox.Maildir(tmp_path / "returned", create=True)
    for raw in (dsn(sent()), dsn("bounces+forged@edem.example"), b"\x00\xff"):
        box.add(raw)
    url = f"maildir://{tmp_path}/returned"
    assert read_inbox(url, now=NOW) == {Verdict.PERMANENT: 1, Verdict.NOT_OURS: 2}
    assert read_inbox(url, now=NOW) == {}
    assert bounced_since(resident.pk, now=NOW)


def test_the_operator_reads_files_by_hand(sent, resident, tmp_path, capsys):
    single, many = tmp_path / "one.eml", tmp_path / "many.mbox"
    single.write_bytes(dsn(sent(1), status="5.2.2"))
    box = mailbox.mbox(many)
    for number in (2, 3):
        box.add(dsn(sent(number), status="5.2.2"))
    box.close()
    call_command("read_bounces", single, many)
    assert capsys.readouterr().out.splitlines() == ["temporary: 3"]
    assert Bounce.objects.count() == 3
