"""The conversation under a petition: residents talk, authors take back, moderators hide in everybody's sight."""

from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.discussions.models import Comment
from edem.foundation.discussions.rules import LONGEST, MOST_AN_HOUR, CommentState
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import staff

pytestmark = pytest.mark.django_db
WORDS = "Мої діти ходять тут щодня. Підтримую!"
TRICK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
DAY = timedelta(days=1)


@pytest.fixture
def talkative(community, collecting):
    def make(moderation="post", **facts):
        values = {"threshold": 10, "comments": True, "comments_moderation": moderation}
        charter = CharterVersionFactory(community=community, service="petitions", version=7, values=values)
        return collecting(charter=charter, **facts)

    return make


@pytest.fixture
def talk(talkative):
    return talkative()


@pytest.fixture
def neighbour(client, resident):
    client.logout()
    client.sign_in(resident)
    return resident


@pytest.fixture
def say(client):
    """Writes and gives the comment."""

    def say(petition, text=WORDS, *, answer=None, status=302):
        query = f"?answer={answer}" if answer else ""
        path = f"/zhytomyr/petitions/{petition.pk}/comments/add/{query}"
        response = client.post(path, {"text": text})
        assert response.status_code == status, response.content.decode()[-1500:]
        return Comment.objects.order_by("-pk").first() if status == 302 else response.content.decode()

    return say


@pytest.fixture
def decide(client, community):
    """Decides as a moderator; the visitor reads on."""
    moderator = staff(community, "moderator")

    def decide(comment, **typed):
        client.logout()
        client.sign_in(moderator)
        answer = client.post(f"/zhytomyr/moderation/petitions/comment/{comment.pk}/", typed)
        assert answer.status_code == 302, answer.content.decode()[-1500:]
        client.logout()

    return decide


def test_a_resident_s_words_are_on_the_card_and_on_their_own_address(neighbour, talk, say, read, client):
    comment = say(talk)
    answer = client.get(f"/zhytomyr/comments/{comment.pk}/")
    assert answer["Location"] == f"/zhytomyr/petitions/{talk.pk}/comments/?page=1#c{comment.pk}"
    client.logout()
    for path in (f"{talk.pk}/", f"{talk.pk}/comments/"):
        page = read(path)
        assert WORDS in page
        assert f'id="c{comment.pk}"' in page


def test_without_the_charter_s_leave_there_is_no_conversation(neighbour, petition, read, client):
    assert "Обговорення" not in read(f"{petition.pk}/")
    read(f"{petition.pk}/comments/", status=404)
    assert client.post(f"/zhytomyr/petitions/{petition.pk}/comments/add/", {"text": WORDS}).status_code == 404
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.REJECTED, "ground": Ground.AGAINST_ORDER},
        {"state": State.REJECTED, "ground": Ground.DUPLICATE},
        {"state": State.MODERATION, "published_at": None, "closes_at": None},
    ],
)
def test_what_is_not_public_is_not_talked_of(neighbour, talkative, client, facts):
    petition = talkative(**facts)
    assert client.get(f"/zhytomyr/petitions/{petition.pk}/comments/").status_code == 404


def test_only_members_of_the_community_talk(talk, client, say, community):
    assert client.get(f"/zhytomyr/petitions/{talk.pk}/comments/add/").status_code == 302
    for stranger in (PersonFactory(), staff(community, "officer")):
        client.logout()
        client.sign_in(stranger)
        assert "лише мешканці" in say(talk, status=422)


def test_answers_stand_under_what_they_answer_one_level_deep(neighbour, talk, say, read):
    first = say(talk)
    say(talk, "Зовсім інша розмова.")
    reply = say(talk, "Згоден із вами.", answer=first.pk)
    page = read(f"{talk.pk}/comments/")
    assert page.index(WORDS) < page.index("Згоден із вами.") < page.index("Зовсім інша розмова.")
    assert "на перший допис" in say(talk, "Іще глибше.", answer=reply.pk, status=422)


def test_an_answer_belongs_to_its_own_conversation(neighbour, talk, say, collecting):
    elsewhere = collecting(charter=talk.charter)
    comment = say(elsewhere)
    say(talk, answer=comment.pk, status=404)
    for hostile in ("0" * 30, "9" * 17):
        say(talk, answer=hostile, status=302 if hostile.startswith("0") else 404)


def test_the_author_takes_words_back_and_a_trace_stays(neighbour, talk, say, read, client):
    comment = say(talk)
    say(talk, "Відповідь лишається.", answer=comment.pk)
    assert client.post(f"/zhytomyr/comments/{comment.pk}/delete/", {"sure": "1"}).status_code == 302
    client.logout()
    page = read(f"{talk.pk}/comments/")
    assert "Автор видалив допис" in page
    assert WORDS not in page
    assert "Відповідь лишається." in page
    assert Comment.objects.get(pk=comment.pk).text == ""


def test_nobody_deletes_another_s_words(neighbour, talk, say, client, community, now):
    comment = say(talk)
    client.logout()
    client.sign_in(identified_resident(community, since=now - DAY))
    assert client.post(f"/zhytomyr/comments/{comment.pk}/delete/", {"sure": "1"}).status_code == 403
    assert Comment.objects.get().text == WORDS


def test_a_report_opens_one_case_and_the_hidden_words_leave_their_ground(
    neighbour, talk, say, read, client, decide, community, now
):
    comment = say(talk)
    for _ in range(2):
        client.logout()
        client.sign_in(identified_resident(community, since=now - DAY))
        page = f"/zhytomyr/report/petitions/comment/{comment.pk}/"
        assert client.post(page, {"reason": "other", "words": f"Образа {TRICK}"}).status_code == 302
    assert "вже повідомили" in client.post(page, {"reason": "hatred"}).content.decode()
    case = ModerationCase.objects.get()
    assert (case.is_reported, case.reports.count()) == (True, 2)
    decide(comment, decision="hide", ground="hatred", reason="Лайка на адресу сусіда.")
    page = read(f"{talk.pk}/comments/")
    assert "Допис приховав модератор" in page
    assert WORDS not in page
    assert "Лайка на адресу сусіда." in client.get("/zhytomyr/moderation/").content.decode()


def test_a_report_may_change_nothing(neighbour, talk, say, read, client, decide, community, now):
    comment = say(talk)
    client.logout()
    client.sign_in(identified_resident(community, since=now - DAY))
    client.post(f"/zhytomyr/report/petitions/comment/{comment.pk}/", {"reason": "untrue"})
    decide(comment, decision="approve")
    assert WORDS in read(f"{talk.pk}/comments/")


def test_where_the_charter_wants_it_a_moderator_reads_first(neighbour, talkative, say, read, client, decide):
    talk = talkative("pre")
    comment = say(talk)
    assert comment.state == CommentState.WAITING
    assert "бачите лише ви" in read(f"{talk.pk}/comments/")
    client.logout()
    assert WORDS not in read(f"{talk.pk}/comments/") + read(f"{talk.pk}/")
    assert client.get(f"/zhytomyr/comments/{comment.pk}/").status_code == 404
    decide(comment, decision="approve")
    assert WORDS in read(f"{talk.pk}/comments/")


def test_what_was_not_put_up_is_seen_by_its_author_alone(neighbour, talkative, say, read, client, decide):
    talk = talkative("pre")
    comment = say(talk)
    decide(comment, decision="hide", ground="off_topic", reason="Не про це.")
    assert WORDS not in read(f"{talk.pk}/comments/")
    client.logout()
    client.sign_in(neighbour)
    page = read(f"{talk.pk}/comments/")
    assert WORDS in page
    assert "Модератор не оприлюднив" in page


def test_a_waiting_comment_taken_back_leaves_the_queue(neighbour, talkative, say, client):
    comment = say(talkative("pre"))
    client.post(f"/zhytomyr/comments/{comment.pk}/delete/", {"sure": "1"})
    assert ModerationCase.objects.get().decision == "withdrawn"


def test_a_moderator_does_not_judge_their_own_words(talk, say, client, community, now):
    moderator = staff(community, "moderator")
    comment = Comment.objects.create(
        community=community,
        service="petitions",
        kind="petition",
        subject_id=str(talk.pk),
        title="т",
        path=f"/petitions/{talk.pk}/",
        kept_tag=f"petition:{talk.pk}",
        author=moderator,
        author_name="Модератор",
        text=WORDS,
        state=CommentState.PUBLIC,
        at=now,
    )
    client.logout()
    client.sign_in(identified_resident(community, since=now - DAY))
    client.post(f"/zhytomyr/report/petitions/comment/{comment.pk}/", {"reason": "untrue"})
    client.logout()
    client.sign_in(moderator)
    answer = client.post(f"/zhytomyr/moderation/petitions/comment/{comment.pk}/", {"decision": "approve"})
    assert "рішення щодо нього ухвалить інший" in answer.content.decode()
    assert ModerationCase.objects.get().decided_at is None


def test_a_flood_from_one_person_is_stopped(neighbour, talk, say):
    for number in range(MOST_AN_HOUR):
        say(talk, f"Допис номер {number}")
    assert "дуже часто" in say(talk, status=422)


@pytest.mark.parametrize("text", ["", " ", "\x00допис", "\u202e\u200b", "а" * (LONGEST + 1), "б" * 1_000_000])
def test_hostile_words_are_refused_in_words(neighbour, talk, say, text):
    assert "Виправте помилки" in say(talk, text, status=422)
    assert not Comment.objects.exists()


def test_words_are_only_words(neighbour, talk, say, client):
    say(talk, f"{TRICK}\u202eтекст")
    page = client.get(f"/zhytomyr/petitions/{talk.pk}/comments/").content.decode()
    assert TRICK not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in Comment.objects.get().text


def test_pages_of_a_long_conversation_cost_the_same(neighbour, talk, read, queries_of, community, now, client):
    def fill(count):
        Comment.objects.bulk_create(
            Comment(
                community=community,
                service="petitions",
                kind="petition",
                subject_id=str(talk.pk),
                title="т",
                path=f"/petitions/{talk.pk}/",
                kept_tag="-",
                author=neighbour,
                author_name="Сусід",
                text=f"Слово {number}",
                state=CommentState.PUBLIC,
                at=now + timedelta(seconds=number),
            )
            for number in range(count)
        )

    fill(3)
    client.logout()
    few = queries_of(f"/zhytomyr/petitions/{talk.pk}/comments/")
    fill(60)
    assert queries_of(f"/zhytomyr/petitions/{talk.pk}/comments/") == few
    last = Comment.objects.order_by("-at").first()
    assert client.get(f"/zhytomyr/comments/{last.pk}/")["Location"].endswith(f"?page=4#c{last.pk}")
    assert "Слово 59" in read(f"{talk.pk}/comments/?page=4".split("?", maxsplit=1)[0], page="4")
    for hostile in ("\x00", "-1", "9" * 5_000, "а"):
        read(f"{talk.pk}/comments/", page=hostile)


def test_a_comment_of_another_community_is_not_there(neighbour, talk, say, client, petition):
    comment = say(talk)
    Comment.objects.update(community=CharterVersionFactory(service="petitions").community)
    for path in (
        f"comments/{comment.pk}/",
        f"comments/{comment.pk}/delete/",
        f"report/petitions/comment/{comment.pk}/",
    ):
        assert client.get(f"/zhytomyr/{path}").status_code == 404
    assert client.get(f"/zhytomyr/comments/{10**30}/").status_code == 404
