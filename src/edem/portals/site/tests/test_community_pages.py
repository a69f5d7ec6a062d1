"""The community's own pages: home, search, the moderators' log, the language."""

from datetime import timedelta

import pytest

from edem.config.testing.hostile import HOSTILE_WORDS
from edem.config.testing.pages import reader
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.search.indexing import index_document
from edem.foundation.search.tests.factories import document, indexed
from edem.services.petitions.actions.moderating import publish_petition, reject_petition
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr")
    charter_of_community(community)
    return community


@pytest.fixture
def read(client):
    return reader(client, "/zhytomyr/")


@pytest.fixture
def waiting(community):
    """Petitions that wait for the moderator."""

    def make(**facts):
        usual = {"state": State.MODERATION, "published_at": None, "closes_at": None}
        return PetitionFactory(community=community, collecting=True, **(usual | facts))

    return make


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


def test_the_home_of_a_new_community_says_what_will_come(community, read):
    home = read()
    for words in ("Що вирішується у Вишневогірську", "петицій збирають підписи", "Тут з’являтимуться новини громади"):
        assert words in home


def test_the_home_tells_what_has_just_happened_and_what_lacks_little(community, waiting, moderator, read, now):
    publish_petition(waiting(title="Щойно оприлюднена").pk, by=moderator, now=now - DAY)
    PetitionFactory(
        community=community,
        one_signature_short=True,
        title="Майже набрала",
        published_at=now - DAY,
        closes_at=now + DAY,
    )
    PetitionFactory(collecting=True, title="Чужа", published_at=now - DAY, closes_at=now + DAY)
    home = read()
    for words in ("Щойно оприлюднена", "Майже набрала", "Триває збір підписів"):
        assert words in home
    assert "Чужа" not in home


def test_the_home_reminds_an_author_and_nobody_else(community, waiting, client, read):
    mine = waiting(state=State.RETURNED, title="Повернута")
    assert "Повернута" not in read()
    client.sign_in(mine.author)
    assert "Модератор просить виправити петицію" in read()


def test_many_petitions_ask_the_database_as_often_as_few(waiting, moderator, client, assert_queries, now):
    publish_petition(waiting().pk, by=moderator, now=now - DAY)
    client.get("/zhytomyr/")
    with assert_queries(QUERIES):
        client.get("/zhytomyr/")
    for _ in range(9):
        publish_petition(waiting().pk, by=moderator, now=now - DAY)
    with assert_queries(QUERIES):
        client.get("/zhytomyr/")


QUERIES = 4


def test_search_finds_what_the_community_has_and_links_to_it(community, read):
    indexed("Освітити стежку до школи", "Полагодити дах", community_id=community.pk, summary="Темно й слизько.")
    index_document(document(9, "Освітити сусідній парк", community_id=CommunityFactory().pk))
    found = read("search/", q="освітити стежками")
    assert 'href="/zhytomyr/petitions/1/"' in found
    assert "Темно й слизько." in found
    assert "Полагодити дах" not in found
    assert "сусідній парк" not in found


def test_search_mends_a_wrong_letter_and_says_so(community, read):
    indexed("Полагодити дитячий майданчик", community_id=community.pk)
    found = read("search/", q="майдпнчик")
    assert "Полагодити дитячий майданчик" in found
    assert "шукали «" in found


def test_search_without_words_and_without_finds_says_what_to_do(community, read):
    assert "Знайдено" not in read("search/")
    assert "Нічого не знайшлося" in read("search/", q="квантова хромодинаміка")


def test_no_question_breaks_the_pages(community, client):
    indexed("Мости", community_id=community.pk)
    for hostile in HOSTILE_WORDS:
        for path, name in (("search/", "q"), ("search/", "page"), ("moderation/", "page")):
            query = {"q": "мости"} | {name: hostile}
            assert client.get(f"/zhytomyr/{path}", query).status_code == 200, (path, name, hostile[:20])


def test_what_is_asked_and_found_comes_out_as_text(community, client):
    trick = "<script>alert(1)</script>"
    indexed(f"Мости {trick}", community_id=community.pk, summary=trick)
    for query in ({"q": "мости"}, {"q": trick}, {"q": '"><img src=x onerror=alert(2)>'}):
        shown = client.get("/zhytomyr/search/", query).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_the_moderators_log_tells_grounds_and_reasons_newest_first(waiting, moderator, read, now):
    assert "Нічого не відхилено" in read("moderation/")
    for number, days in enumerate((2, 1)):
        reject_petition(
            waiting().pk, by=moderator, now=now - days * DAY, ground=Ground.DUPLICATE, note=f"Причина {number}"
        )
    log = read("moderation/")
    assert log.count(GROUNDS[Ground.DUPLICATE].label) == 2
    assert log.index("Причина 1") < log.index("Причина 0")


def test_the_moderators_log_keeps_hidden_texts_hidden(waiting, moderator, read, now):
    hidden = waiting(title="Прихована назва")
    reject_petition(hidden.pk, by=moderator, now=now, ground=Ground.AGAINST_ORDER, note="Прихована причина")
    published = waiting(title="Добра")
    publish_petition(published.pk, by=moderator, now=now)
    log = read("moderation/")
    assert GROUNDS[Ground.AGAINST_ORDER].label in log
    for words in ("Прихована", "Добра"):
        assert words not in log


def test_another_communitys_refusals_are_not_in_this_log(community, read, now):
    elsewhere = PetitionFactory(waiting=True)
    worker = staff(elsewhere.community, "moderator")
    reject_petition(elsewhere.pk, by=worker, now=now, ground=Ground.DUPLICATE, note="Чужа причина")
    assert "Чужа причина" not in read("moderation/")


def test_the_language_is_remembered_and_the_reader_returns(community, client, read):
    answer = client.get("/zhytomyr/language/en/", {"next": "/zhytomyr/petitions/"})
    assert (answer.status_code, answer["Location"]) == (302, "/zhytomyr/petitions/")
    english = read("petitions/")
    assert '<html lang="en"' in english
    assert "Petitions" in english
    client.get("/zhytomyr/language/uk/")
    assert '<html lang="uk"' in read("petitions/")


@pytest.mark.parametrize(
    "outside",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "",
        "\x00",
    ],
)
def test_the_language_leads_nowhere_else(community, client, outside):
    assert client.get("/zhytomyr/language/en/", {"next": outside})["Location"] == "/"


def test_a_language_that_we_do_not_speak_is_refused(community, client, read):
    read("language/ru/", status=404)
    assert "django_language" not in client.cookies


def test_a_community_that_does_not_exist_has_no_pages(client, db):
    for path in ("", "search/", "moderation/", "open-data/"):
        assert client.get(f"/nowhere/{path}").status_code == 404
