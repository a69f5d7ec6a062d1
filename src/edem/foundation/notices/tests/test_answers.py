"""Answers to letters: believed only with our own seal, each taken once, machines and loops left aside."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.notices.actions import send_notice
from edem.foundation.notices.arriving import take_message
from edem.foundation.notices.models import Bounce, Notice, ReceivedAnswer
from edem.foundation.notices.replies import taking
from edem.foundation.notices.replies.addresses import reply_address_of
from edem.foundation.notices.replies.reading import read_answer
from edem.foundation.notices.replies.taking import MOST_IN_AN_HOUR
from edem.foundation.notices.return_path import LetterName, return_path_of
from edem.foundation.notices.returned import MOST_BYTES, Verdict
from edem.foundation.notices.tests import returned_mail
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.servers import Accepting
from edem.foundation.notices.trimming import trim_notices
from edem.kernel.errors import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bounces_mailbox")]


HOUR = timedelta(hours=1)


PNG = b"\x89PNG\r\n\x1a\n and so on"


def reply_to(letter):
    text = letter.content.decode()
    return text.split("Reply-To:", 1)[1].split("<", 1)[1].split(">", 1)[0]


def written(to, *, text="Засвітили сьогодні.", name=None, **headers):
    message = EmailMessage()
    message["From"] = "ЖЕК <zhek@rada.example>"
    message["To"] = to
    message["Subject"] = "Re: ліхтар"
    message["Message-ID"] = name or "<one@rada.example>"
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(text)
    return message


def sent(to, **facts):
    return written(to, **facts).as_bytes()


def test_an_answer_goes_to_whoever_wrote_the_letter_without_what_it_quotes(letter, heard, community):
    body = "Засвітили сьогодні.\n\nпн, 23 лист. 2026 р. о 10:15 Громада <no-reply@localhost> пише:\n> ## Відповідь пишіть над цим рядком ##\n> Ліхтар"
    assert take_message(sent(reply_to(letter), text=body), now=NOW) is Verdict.ANSWER
    [reply] = heard
    assert (reply.text, reply.address, reply.person_id, reply.once) == (
        "Засвітили сьогодні.",
        "zhek@rada.example",
        None,
        "lamps.lit:5",
    )
    assert reply.community_id == community.pk


def test_the_letter_says_above_which_line_to_write(letter):
    from email import message_from_bytes

    message = message_from_bytes(letter.content)
    parts = [part.get_payload(decode=True).decode() for part in message.walk() if part.get_content_maintype() == "text"]
    assert all("## Відповідь пишіть над цим рядком ##" in part for part in parts)
    assert len(reply_to(letter).partition("@")[0]) <= 64


def test_a_letter_that_nobody_takes_answers_to_names_the_communitys_own_mailbox(resident, community, post_office):
    community.contact_email = "rada@example.com"
    community.save()
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    [envelope] = post_office(Accepting()).letters
    assert reply_to(envelope) == "rada@example.com"
    assert "## " not in envelope.content.decode()


def test_the_same_message_is_taken_once_however_often_it_comes(letter, heard):
    raw = sent(reply_to(letter))
    assert [take_message(raw, now=NOW) for _ in range(3)] == [Verdict.ANSWER, Verdict.REPEATED, Verdict.REPEATED]
    assert len(heard) == 1


MACHINES = {
    "an answer of a program": {"Auto_Submitted": "auto-replied"},
    "an out of office": {"Auto_Submitted": "auto-generated; owner=x"},
    "an old vacation": {"Precedence": "auto_reply"},
    "bulk": {"Precedence": "bulk"},
    "a mailing list": {"List_Id": "<zhek.rada.example>"},
    "an autoresponder": {"X_Autoreply": "yes"},
    "a loop that says so": {"X_Loop": "zhek@rada.example"},
    "nobody": {"Return_Path": "<>"},
}


@pytest.mark.parametrize("headers", MACHINES.values(), ids=MACHINES)
def test_what_a_program_wrote_is_no_answer(letter, heard, headers):
    assert take_message(sent(reply_to(letter), **headers), now=NOW) is Verdict.AUTOMATIC
    assert (heard, ReceivedAnswer.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "who", ["e-DEM <no-reply@localhost>", "MAILER-DAEMON@mx.example", "noreply@ticket.example", "postmaster@x.example"]
)
def test_our_own_letters_and_daemons_are_no_answers(letter, heard, who):
    message = written(reply_to(letter))
    message.replace_header("From", who)
    assert take_message(message.as_bytes(), now=NOW) is Verdict.AUTOMATIC
    assert heard == []


def test_our_own_message_that_comes_round_is_no_answer(letter, heard):
    assert take_message(sent(reply_to(letter), name="<abc@localhost>"), now=NOW) is Verdict.AUTOMATIC


def test_a_person_who_says_so_is_heard(letter, heard):
    assert take_message(sent(reply_to(letter), Auto_Submitted="no"), now=NOW) is Verdict.ANSWER


def test_a_loop_that_does_not_say_so_ends_within_the_hour(letter, heard):
    found = [
        take_message(sent(reply_to(letter), name=f"<{n}@rada.example>"), now=NOW) for n in range(MOST_IN_AN_HOUR + 3)
    ]
    assert found == [Verdict.ANSWER] * MOST_IN_AN_HOUR + [Verdict.TOO_MANY] * 3
    assert take_message(sent(reply_to(letter), name="<1000@rada.example>"), now=NOW) is Verdict.TOO_MANY
    assert take_message(sent(reply_to(letter), name="<later@rada.example>"), now=NOW + 2 * HOUR) is Verdict.ANSWER


def test_a_forged_or_borrowed_seal_is_nobodys(letter, heard):
    real = reply_to(letter)
    notice = Notice.objects.get()
    way_back = return_path_of(LetterName(notice.community_id, notice.id))
    for to in (real[:20] + ("a" if real[20] != "a" else "b") + real[21:], way_back, "bounces@edem.example"):
        assert take_message(sent(to), now=NOW) in {Verdict.NOT_OURS, Verdict.NO_FAILURE}
    assert heard == []


def test_a_returned_letter_sent_to_the_reply_address_is_no_answer(letter, heard):
    raw = returned_mail.DSN.format(to=reply_to(letter), who="x@example.com", status="5.1.1", action="failed").encode()
    assert take_message(raw, now=NOW) is Verdict.AUTOMATIC
    assert not Bounce.objects.exists()


def test_an_answer_to_a_letter_that_is_no_more_has_no_place(letter, heard):
    to = reply_to(letter)
    Notice.objects.all().delete()
    assert take_message(sent(to), now=NOW) is Verdict.NOT_TAKEN


def test_a_refusal_or_a_fault_of_the_service_keeps_no_other_message(letter, monkeypatch, caplog):
    def refuse(_reply, _now):
        raise Conflict("lamps.closed")

    def fail(_reply, _now):
        raise KeyError("lamps")

    for number, (take, verdict) in enumerate(
        ((refuse, Verdict.NOT_TAKEN), (fail, Verdict.BROKEN), (lambda *_: False, Verdict.NOT_TAKEN))
    ):
        monkeypatch.setattr(taking, "takers", lambda take=take: {"lamps": take})
        assert take_message(sent(reply_to(letter), name=f"<{number}@x>"), now=NOW) is verdict
    assert "Засвітили" not in caplog.text


@pytest.mark.parametrize("named", ["utf-8", "windows-1251", "koi8-u", "us-ascii", "no-such-encoding", ""])
@pytest.mark.parametrize("truly", ["utf-8", "cp1251"])
def test_words_are_read_in_whatever_encoding_they_are(letter, heard, named, truly):
    charset = f"; charset={named}" if named else ""
    head = f"From: zhek@rada.example\nTo: {reply_to(letter)}\nMessage-ID: <{named}-{truly}@x>\nContent-Type: text/plain{charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert take_message(head.encode() + "Відремонтовано".encode(truly), now=NOW) is Verdict.ANSWER
    if named not in {"koi8-u", "windows-1251"} or (named, truly) == ("windows-1251", "cp1251"):
        assert heard[0].text == "Відремонтовано"


def test_html_alone_is_read_without_its_quotation_and_scripts(letter, heard):
    message = written(reply_to(letter))
    message.clear_content()
    message.set_content(
        "<html><style>p{}</style><script>alert(1)</script><p>Поставили <b>новий</b>&nbsp;ліхтар.</p><p>Дякуємо</p>"
        '<div class="gmail_quote"><div>пише:<blockquote>Ліхтар не світить<br></blockquote></div></div><p></p></html>',
        subtype="html",
    )
    assert take_message(message.as_bytes(), now=NOW) is Verdict.ANSWER
    assert heard[0].text == "Поставили новий ліхтар.\n\nДякуємо"


def test_outlooks_quotation_in_html_is_cut(letter, heard):
    message = written(reply_to(letter))
    message.clear_content()
    message.set_content(
        '<p>Так.</p><hr><div id="divRplyFwdMsg"><b>Від:</b> e-DEM</div><div>Ліхтар</div>', subtype="html"
    )
    take_message(message.as_bytes(), now=NOW)
    assert heard[0].text == "Так."


def test_files_come_along_and_attached_letters_do_not(letter, heard):
    message = written(reply_to(letter))
    message.add_attachment(PNG, maintype="image", subtype="png", filename="яма після.png")
    message.add_attachment("Чужий лист", subtype="plain", filename="лист.txt")
    inner = EmailMessage()
    inner.set_content("Таємниця")
    message.add_attachment(inner)
    take_message(message.as_bytes(), now=NOW)
    [reply] = heard
    assert [(file.name, file.content) for file in reply.files] == [
        ("яма після.png", PNG),
        ("лист.txt", "Чужий лист\n".encode()),
    ]
    assert "Таємниця" not in reply.text


def test_a_photo_without_a_word_is_an_answer_and_nothing_at_all_is_not(letter, heard):
    empty = written(reply_to(letter), text="> лише цитата", name="<2@x>")
    assert take_message(empty.as_bytes(), now=NOW) is Verdict.WORDLESS
    photo = written(reply_to(letter), text="")
    photo.add_attachment(PNG, maintype="image", subtype="png", filename="1.png")
    assert take_message(photo.as_bytes(), now=NOW) is Verdict.ANSWER


def test_huge_and_broken_messages_are_not_read(letter, heard):
    assert take_message(sent(reply_to(letter)) + b"x" * MOST_BYTES, now=NOW) is Verdict.TOO_LONG
    bomb = (
        b"To: "
        + reply_to(letter).encode()
        + b"\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 5000
    )
    assert take_message(bomb, now=NOW) in set(Verdict) - {Verdict.ANSWER}
    assert heard == []


@given(st.binary(max_size=300), st.integers(0, 700), st.integers(0, 40))
def test_whatever_strangers_send_is_read_without_harm(noise, start, length):
    whole = sent(reply_address_of(LetterName(7, Notice().id)))
    found = read_answer(whole[:start] + noise + whole[start + length :], own_host="localhost", own_address="a@b")
    assert isinstance(found, Verdict) or found.text or found.files


def test_what_was_received_is_forgotten_in_a_year(letter, heard):
    take_message(sent(reply_to(letter)), now=NOW)
    trim_notices(now=NOW + timedelta(days=366))
    assert not ReceivedAnswer.objects.exists()
