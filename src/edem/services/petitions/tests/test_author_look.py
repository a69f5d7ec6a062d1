"""The pages of authors and talkers in a real browser: axe finds nothing, nothing is wider than a phone."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.discussions.actions import add_comment
from edem.foundation.files.tests.contents import PDF, picture
from edem.foundation.moderation.actions import report_content
from edem.foundation.moderation.rules import ReportReason, Subject
from edem.services.petitions.actions.attaching import attach_file, show_attachments
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.models import PetitionEdition, PetitionUpdate, Told
from edem.services.petitions.queries.discussion import thread_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, staff
from edem.ui.tests.browser import ORIGIN, faults_on, opened

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
BESIDE = re.compile(r'(?:href|src)="(/zhytomyr/(?:look/[^"]+|files/[^"]+\.jpg|petitions/\d+/share\.png))"')
NEWS = "Зустрілися з депутатами.\n\nПриходьте на сесію у вівторок: нас має бути багато."


@pytest.fixture
def charter(community):
    values = {"threshold": 10, "comments": True}
    return CharterVersionFactory(community=community, service="petitions", version=9, values=values)


@pytest.fixture
def draft(community, resident, charter, now):
    draft = PetitionFactory(community=community, author=resident, state=State.DRAFT, charter=charter)
    attach_file(draft.pk, pdf(), title="Рішення суду", by=resident, now=now)
    return draft


@pytest.fixture
def out(collecting, resident, charter, now):
    """A petition with files, an earlier text, and another like it that was answered."""
    out = collecting(author=resident, charter=charter, state=State.DRAFT)
    attach_file(out.pk, SimpleUploadedFile("a.jpg", picture()), title="Стежка ввечері", by=resident, now=now)
    out.state = State.COLLECTING
    out.save()
    show_attachments(out)
    written = now - timedelta(hours=20)
    earlier = {"earlier_title": "Стара назва петиції", "earlier_essence": "Було так.", "earlier_demand": "Інше."}
    texts = {"title": out.title, "essence": out.essence, "demand": out.demand}
    PetitionEdition.objects.create(
        petition=out, state=Told.PUBLIC, written_at=written, taken_at=written, **texts, **earlier
    )
    answer = {"decision": "partly", "answer": "Так.", "answered_at": now, "closes_at": now}
    index(out, collecting(title=f"{out.title} і далі", state=State.ANSWERED, **answer))
    return out


@pytest.fixture
def news(out, now):
    at = now - timedelta(hours=20)
    return PetitionUpdate.objects.create(petition=out, text=NEWS, state=Told.PUBLIC, written_at=at, published_at=at)


@pytest.fixture
def comment(out, resident, now):
    """The number of a comment that was answered and reported."""
    thread, written = thread_of(out), now - timedelta(hours=20)
    first = add_comment(thread, "Мої діти ходять тут щодня.", by=resident, now=written)
    add_comment(thread, "І мої теж.", by=resident, now=written, parent_id=first)
    subject = Subject(service="petitions", kind="comment", subject_id=str(first))
    reported = {"title": out.title, "path": "-", "reporter": resident, "reason": ReportReason.OTHER, "words": "Лайка."}
    report_content(subject, community_id=out.community_id, now=now, **reported)
    return first


@pytest.fixture
def pages(draft, out, news, comment, resident, client):
    """Every page of these tools as its reader gets it, and the pictures and colours they ask for."""
    own = [f"{draft.pk}/{part}" for part in ("attachments/", "check/")]
    own += [
        f"{out.pk}/{part}" for part in ("", "news/", "correct/", "share/", "editions/", "comments/", "comments/add/")
    ]
    client.sign_in(resident)
    read = [f"/zhytomyr/petitions/{path}" for path in own]
    read += [f"/zhytomyr/report/petitions/update/{news.pk}/", f"/zhytomyr/comments/{comment}/delete/"]
    answers = {path: client.get(path) for path in read}
    client.logout()
    client.sign_in(staff(out.community, "moderator"))
    case = f"/zhytomyr/moderation/petitions/comment/{comment}/"
    answers[case] = client.get(case)
    assert {answer.status_code for answer in answers.values()} == {200}
    shown = {path: answer.content.decode() for path, answer in answers.items()}
    return shown, {path: client.get(path) for path in set(BESIDE.findall("".join(shown.values())))}


def pdf():
    return SimpleUploadedFile("a.pdf", PDF)


def give(route, beside):
    """Pictures and colours; the live counter is silent here."""
    answer = beside.get(route.request.url.removeprefix(ORIGIN))
    if answer is None:
        return route.fulfill(status=204)
    return route.fulfill(body=answer.getvalue(), content_type=answer["Content-Type"])


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.full)])
def test_the_pages_are_for_everybody_on_any_screen(pages, width, theme):
    shown, beside = pages
    with opened(shown, width=width, theme=theme) as page:
        own = f"{ORIGIN}/zhytomyr/"
        page.route(
            lambda url: url.startswith(own) and url.removeprefix(ORIGIN) not in shown, lambda route: give(route, beside)
        )
        assert faults_on(page, shown) == {}
