"""Letters to mailboxes with everything in them; answers by mail that land on the card; dead boxes and silence raised."""

from datetime import timedelta

import pytest

from edem.foundation.catalog.replies import Reply, ReplyFile
from edem.foundation.communities.models import Organisation
from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.files.tests.contents import PDF, bomb, picture
from edem.foundation.notices.arriving import take_message
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice
from edem.foundation.notices.replies.taking import reply_address
from edem.foundation.notices.return_path import LetterName, return_path_of
from edem.foundation.notices.returned import Verdict
from edem.foundation.notices.tests import returned_mail
from edem.foundation.people.models import Person
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.answering import answer_report, reply_as_author
from edem.services.reports.actions.answering_by_mail import take_author_answer, take_official_answer
from edem.services.reports.actions.assigning import appoint_executor, report_work
from edem.services.reports.actions.refusing import refuse_report
from edem.services.reports.actions.sending import send_report
from edem.services.reports.actions.warning import ring_alarms
from edem.services.reports.models import Answer, AnswerFile, Assignment, LostLetter, MatrixTarget, Photo
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, a_draft, held, reports_charter, staff
from edem.services.reports.tests.test_drawing import truncated

pytestmark = pytest.mark.django_db
NOW = MARCH_2 + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.EDEM = settings.EDEM.model_copy(update={"bounces_address": "bounces@edem.example"})


@pytest.fixture
def control(community):
    return OrganisationFactory(
        community=community, name="Відділ контролю", kind=Organisation.Kind.CONTROL, email="control@example.com"
    )


@pytest.fixture
def worker(community, roads):
    return staff(community, "responsible_worker", organisation=roads)


@pytest.fixture
def sent(community, roads, control):
    """A report that has just come in, with its letters."""
    report = send_report(a_draft(address="вул. Шкільна, 7"), community=community, by=resident(), now=NOW)
    run_jobs(now=NOW)
    return report


def resident():
    return Person.objects.create(display_name="Ольга Ткачук", created_at=NOW)


def letters(address):
    return list(Notice.objects.filter(address=address).order_by("created_at", "once"))


def letter_to(address):
    [notice] = letters(address)
    return notice


def mail_back(notice, text, *, name="<1@rada>"):
    return f"From: <{notice.address or 'me@example.com'}>\nTo: {reply_address(notice)}\nMessage-ID: {name}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def reply(notice, *, text="Зробимо у вівторок.", files=(), pk=None):
    return Reply(
        id=pk or notice.id, community_id=notice.community_id, once=notice.once, path=notice.path,
        person_id=notice.person_id, address=notice.address, text=text, files=files,
    )  # fmt: skip


def test_the_organisation_and_the_control_body_get_everything_and_a_link(sent, roads):
    for address in (roads.email, "control@example.com"):
        letter = letter_of(letter_to(address))
        for words in (
            sent.title,
            sent.text,
            "Ями на дорогах",
            "вул. Шкільна, 7",
            "50.25470, 28.65870",
            "Прийняти в роботу: до 5 березня",
            f"/zhytomyr/reports/{sent.pk}/",
        ):
            assert words in letter.text, words
        assert "## Відповідь пишіть над цим рядком ##" in letter.text
        assert sent.author_name not in letter.html, "who wrote stays on the card"


def test_each_letter_goes_once_however_often_the_job_runs(sent, roads):
    from edem.services.reports.actions.writing_to_boxes import tell_of_assignment

    for _ in range(2):
        tell_of_assignment(Assignment.objects.get().pk, now=NOW + DAY)
    assert (len(letters(roads.email)), len(letters("control@example.com"))) == (1, 1)


def test_an_answer_to_that_letter_lands_on_the_card(sent, roads, read):
    text = "Залатаємо у вівторок.\n\nпн, 2 бер. 2026 р. о 10:15 Громада <no-reply@localhost> пише:\n> ## Відповідь пишіть над цим рядком ##"
    raw = mail_back(letter_to(roads.email), text)
    assert take_message(raw, now=NOW) is Verdict.ANSWER
    assert take_message(raw, now=NOW) is Verdict.REPEATED
    answer = Answer.objects.get()
    assert (answer.kind, answer.organisation, answer.text) == ("answer", roads, "Залатаємо у вівторок.")
    assert "Залатаємо у вівторок." in read(f"{sent.pk}/")


def test_the_same_answer_that_comes_to_the_action_twice_lands_once(sent, roads):
    notice = letter_to(roads.email)
    assert take_official_answer(reply(notice), NOW)
    assert take_official_answer(reply(notice), NOW)
    assert Answer.objects.count() == 1


def test_photos_by_mail_join_the_card_papers_are_kept_and_rubbish_is_left_out(sent, roads):
    files = (
        ReplyFile("після.jpg", picture("JPEG")),
        ReplyFile("logo.png", picture("PNG", size=(200, 60))),
        ReplyFile("акт.pdf", PDF),
        ReplyFile("virus.exe", b"MZ\x90\x00"),
        ReplyFile("bomb.png", bomb()),
        ReplyFile("drawing.svg", b"<svg onload='alert(1)'/>"),
        ReplyFile("movie.jpg", b"\x00\x00\x00\x18ftypmp42"),
    )
    assert take_official_answer(reply(letter_to(roads.email), files=files), NOW)
    photo, paper = Photo.objects.get(), AnswerFile.objects.get()
    assert photo.hidden, "nobody sees it before it is drawn"
    run_jobs(now=NOW)
    photo.refresh_from_db()
    assert (photo.stage, photo.hidden, photo.file.is_public) == ("after", False, True)
    assert (paper.file.name, paper.file.is_public) == ("акт.pdf", False)


def test_a_mailed_photo_that_nothing_opens_is_told_to_the_organisation_s_workers(sent, roads, worker):
    files = (ReplyFile("обрізок.jpg", truncated()),)
    assert take_official_answer(reply(letter_to(roads.email), files=files), NOW)
    run_jobs(now=NOW)
    [notice] = Notice.objects.filter(template="reports/mail/organisation/photo_spoiled.html").order_by("pk")
    assert (notice.person_id, notice.path) == (worker.pk, f"/reports/{sent.pk}/job/")
    assert "обрізок.jpg" in letter_of(notice).text


def test_photos_without_a_word_are_an_answer_too(sent, roads):
    take_official_answer(reply(letter_to(roads.email), text="", files=(ReplyFile("1.jpg", picture("JPEG")),)), NOW)
    assert Answer.objects.get().text == "Надіслано файли без тексту."


def test_a_letter_of_another_community_or_to_a_mailbox_that_is_nobodys_is_not_taken(sent, roads):
    notice = letter_to(roads.email)
    roads.email = "new@example.com"
    roads.save()
    assert not take_official_answer(reply(notice), NOW)
    notice.community_id = OrganisationFactory().community_id
    assert not take_official_answer(reply(notice), NOW)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "once",
    [
        "reports.assigned",
        "reports.assigned:x:y",
        "reports.assigned:1:999999",
        "",
        "reports.assigned:1:99999999999999999999",
    ],
)
def test_an_answer_to_an_occasion_that_names_nothing_is_not_taken(sent, roads, once):
    notice = letter_to(roads.email)
    notice.once = once
    assert not take_official_answer(reply(notice), NOW)
    assert not take_author_answer(reply(notice), NOW)


def test_the_author_answers_a_question_by_mail_and_the_organisation_gets_it(sent, roads, worker):
    answer_report(sent.pk, "Біля якого будинку?", kind="question", by=worker, now=NOW)
    run_jobs(now=NOW)
    asked = Notice.objects.get(person_id=sent.author_id, template__endswith="answered.html")
    assert take_message(mail_back(asked, "Біля сьомого."), now=NOW) is Verdict.ANSWER
    said = Answer.objects.get(kind="reply")
    assert (said.text, said.author_id) == ("Біля сьомого.", sent.author_id)
    run_jobs(now=NOW)
    assert "Біля сьомого." in letter_of(letters(roads.email)[-1]).text


def test_nobody_but_the_author_answers_for_the_author(sent):
    notice = Notice.objects.filter(person_id=sent.author_id).first()
    other = resident()
    notice.person_id = other.pk
    assert not take_author_answer(reply(notice), NOW)
    assert not Answer.objects.exists()


def test_an_authors_photos_wait_where_the_charter_reads_first(community, roads):
    charter = reports_charter(community)
    charter.values = {"moderation": "pre"}
    charter.save()
    report = ReportFactory(community=community)
    held(report, organisation=roads)
    notice = Notice(
        community=community,
        person_id=report.author_id,
        once=f"reports.published:{report.pk}:x",
        path=f"/reports/{report.pk}/",
    )
    assert take_author_answer(reply(notice, files=(ReplyFile("1.jpg", picture("JPEG")),)), NOW)
    run_jobs(now=NOW)
    photo = Photo.objects.get()
    assert (photo.stage, photo.hidden, photo.file.is_public) == ("before", True, False)


def test_a_report_that_was_taken_out_takes_no_answers(sent, roads):
    notice = letter_to(roads.email)
    sent.state = "rejected"
    sent.save()
    assert not take_official_answer(reply(notice), NOW)


def test_a_dead_mailbox_is_raised_to_the_control_body_with_its_substitute_once_a_day(sent, community, roads):
    watcher = staff(community, "control_body")
    MatrixTarget.objects.update(substitute=OrganisationFactory(community=community, name="УЖКГ"))
    notice = letter_to(roads.email)
    Notice.objects.filter(address=roads.email).update(address_mark=b"m" * 32)
    to = return_path_of(LetterName(notice.community_id, notice.id))
    raw = returned_mail.DSN.format(to=to, who=roads.email, status="5.1.1", action="failed").encode()
    for _ in range(2):
        assert take_message(raw, now=NOW) is Verdict.PERMANENT
        run_jobs(now=NOW)
    assert LostLetter.objects.get().assignment == Assignment.objects.get()
    letter = letter_of(Notice.objects.get(person_id=watcher.pk, template__endswith="lost.html"))
    for words in (roads.email, roads.name, "замість неї може взятися: УЖКГ"):
        assert words in letter.text


def test_silence_past_the_term_names_the_substitute_to_the_control_body(sent, community):
    MatrixTarget.objects.update(substitute=OrganisationFactory(community=community, name="УЖКГ"))
    late = sent.accept_due_at + timedelta(minutes=1)
    ring_alarms(now=late)
    run_jobs(now=late)
    silent = [each for each in letters("control@example.com") if each.template.endswith("silent.html")]
    assert any("замість неї може взятися: УЖКГ" in letter_of(each).text for each in silent)
    assert Notice.objects.filter(template__endswith="organisation/resent.html").exists(), (
        "the second letter goes to the organisation's own box"
    )


def test_the_head_the_worker_and_the_control_body_hear_of_the_work(sent, community, roads, worker):
    head = staff(community, "head_of_organisation", organisation=roads)
    executor = staff(community, "executor", organisation=roads)
    appoint_executor(sent.pk, executor_id=executor.pk, name="", by=head, now=NOW)
    accept_report(sent.pk, by=worker, now=NOW)
    report_work(sent.pk, "Залатали.", by=executor, now=NOW)
    run_jobs(now=NOW)
    told = Notice.objects.filter(template__endswith="organisation/done.html")
    assert {each.person_id or each.address for each in told} == {head.pk, worker.pk, "control@example.com"}
    task = Notice.objects.get(person_id=executor.pk, template__endswith="organisation/task.html")
    assert task.path == f"/reports/{sent.pk}/task/"


def test_whoever_it_is_passed_to_gets_its_own_letter(sent, community, worker):
    other = OrganisationFactory(community=community, name="Облавтодор", email="oblavto@example.com")
    refuse_report(sent.pk, by=worker, reason="Дорога обласного значення.", passed_to=other.pk, now=NOW)
    run_jobs(now=NOW)
    assert "Облавтодор" in letter_of(letter_to("oblavto@example.com")).text


def test_where_the_control_body_has_no_mailbox_its_people_are_written_to(community, roads):
    watcher = staff(community, "control_body")
    send_report(a_draft(), community=community, by=resident(), now=NOW)
    run_jobs(now=NOW)
    assert Notice.objects.filter(person_id=watcher.pk, template__endswith="organisation/control.html").count() == 1


def test_an_authors_reply_goes_to_nobodys_box_when_nobody_holds_it(community):
    report = ReportFactory(community=community)
    reply_as_author(report.pk, "Ще одне.", by=report.author, now=NOW)
    run_jobs(now=NOW)
    assert not Notice.objects.exclude(address="").exists()
