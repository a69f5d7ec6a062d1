"""What everybody reads of one petition: the card, the signers, the feed, the sheet."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest

from edem.config.testing.hostile import HOSTILE_WORDS
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.live.parts import PARTS
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.deadlines import kyiv_day, starts_of_day
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import STATES, State
from edem.services.petitions.tests.factories import PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_QUERIES = 8
TRICK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def test_the_card_tells_the_number_the_road_and_the_one_thing_to_do(petition, read):
    add_signatures([new_signature(petition, arrived_at=petition.published_at)])
    card = read(f"{petition.pk}/")
    for words in ("Освітити стежку", "Триває збір підписів", "Підписати петицію", "Передана голові", "30 днів"):
        assert words in card


def test_the_printed_sheet_tells_the_same_as_the_card(client, petition):
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "Освітити стежку" in " ".join(pdf_pages(answer.content))


@pytest.mark.parametrize("address", ["similar/", "signers/"])
def test_no_question_to_the_other_pages_breaks_them(petition, client, address):
    path = address if address == "similar/" else f"{petition.pk}/{address}"
    for hostile in HOSTILE_WORDS:
        typed = {"q": hostile, "page": hostile}
        assert client.get(f"/zhytomyr/petitions/{path}", typed).status_code == 200


def test_a_number_too_long_for_a_petition_is_no_petition(petition, read):
    read(f"{10**30}/", status=404)
    read(f"{2**63}/", status=404)
    read("0/", status=404)


def test_an_overdue_petition_says_by_how_many_days(collecting, read, now):
    due_at = starts_of_day(kyiv_day(now) - 2 * DAY)
    overdue = collecting(state=State.CONSIDERATION, due_at=due_at, reached_at=now)
    assert "Прострочено на 3 дні" in read(f"{overdue.pk}/")


@pytest.mark.parametrize("state", [State.ANSWERED, State.FULFILLED, State.NOT_FULFILLED, State.REJECTED])
def test_what_is_finished_is_not_overdue(collecting, read, now, state):
    finished = collecting(state=state, due_at=None, answered_at=now, decision="declined", answer="Ні.")
    assert "Прострочено" not in read(f"{finished.pk}/")


def test_a_reached_petition_still_collects_and_has_enough(collecting, read, now):
    reached = collecting(state=State.REACHED, reached_at=now, signature_count=10, due_at=now + DAY)
    card = read(f"{reached.pk}/")
    assert STATES[State.REACHED].label in card
    assert "Підписати петицію" in card


def test_an_answered_petition_gives_the_answer_and_takes_no_more_signatures(collecting, read, now):
    answered = collecting(
        state=State.ANSWERED, answered_at=now, decision="supported", answer="Встановимо.", responsible_body="Відділ ЖКГ"
    )
    card = read(f"{answered.pk}/")
    for words in ("Підтримано", "Встановимо.", "Відділ ЖКГ"):
        assert words in card
    assert "Підписати петицію" not in card


def test_a_rejected_petition_says_the_ground_and_keeps_its_text(collecting, read):
    rejected = collecting(state=State.REJECTED, ground=Ground.NOT_COMPETENT)
    card = read(f"{rejected.pk}/")
    assert "не належить до повноважень" in card
    assert rejected.essence in card


def test_a_text_that_the_law_hides_is_nowhere(collecting, client, read):
    hidden = collecting(state=State.REJECTED, ground=Ground.AGAINST_ORDER, title="Прихована назва", essence="Прихована")
    card = read(f"{hidden.pk}/")
    assert "Текст не оприлюднено" in card
    assert "Заклик до повалення конституційного ладу" in card
    sheet = client.get(f"/zhytomyr/petitions/{hidden.pk}/sheet.pdf").content
    pages = [card, read(state="all"), read(f"{hidden.pk}/signers/"), " ".join(pdf_pages(sheet))]
    assert [place for place, page in enumerate(pages) if "Прихован" in page] == []


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.RETURNED])
def test_an_unpublished_petition_is_its_authors(client, resident, collecting, read, state):
    petition = collecting(state=state, author=resident, published_at=None, closes_at=None)
    for path in ("", "signers/", "sheet.pdf"):
        read(f"{petition.pk}/{path}", status=404)
    client.sign_in(PersonFactory())
    read(f"{petition.pk}/", status=404)
    client.sign_in(resident)
    assert petition.title in read(f"{petition.pk}/")


def test_what_its_author_took_back_before_anybody_could_read_it_stays_unread(client, resident, collecting, read):
    unseen = collecting(state=State.WITHDRAWN, author=resident, published_at=None, closes_at=None, title="Передумав")
    collecting(state=State.WITHDRAWN, title="Забрав прилюдно")
    brought = collecting(state=State.WITHDRAWN, source_uid="7", published_at=None, closes_at=None)
    assert "Передумав" not in read(state="all")
    assert "Забрав прилюдно" in read(state="all")
    read(f"{brought.pk}/")
    read(f"{unseen.pk}/", status=404)
    client.sign_in(resident)
    assert "Передумав" in read(f"{unseen.pk}/")


@pytest.mark.parametrize(("role", "state", "status"), [
    ("moderator", State.MODERATION, 200), ("officer", State.RETURNED, 200), ("moderator", State.DRAFT, 404),
    ("cnap_clerk", State.MODERATION, 404),
])  # fmt: skip
def test_staff_read_what_waits_but_no_drafts(client, community, collecting, read, role, state, status):
    petition = collecting(state=state, published_at=None, closes_at=None)
    client.sign_in(staff(community, role))
    read(f"{petition.pk}/", status=status)


def test_the_signers_are_listed_in_order_and_kept_from_search_engines(petition, client, read):
    add_signatures(
        [
            new_signature(petition, who=f"Сусід {n:03}", arrived_at=petition.published_at + timedelta(seconds=n))
            for n in range(101)
        ]
    )
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/signers/")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    first, second = read(f"{petition.pk}/signers/"), read(f"{petition.pk}/signers/", page="2")
    assert first.index("Сусід 000") < first.index("Сусід 099")
    assert "Сусід 100" not in first
    assert "Сусід 100" in second
    assert "Сусід 099" not in second


def test_signatures_brought_over_are_told_as_a_number(collecting, read):
    brought = collecting(imported_count=7)
    assert "перенесено з іншої платформи" in read(f"{brought.pk}/signers/")


def test_the_feed_lists_what_collects(petition, collecting, client):
    collecting(title="Уже з відповіддю", state=State.ANSWERED)
    answer = client.get("/zhytomyr/petitions/feed.atom")
    entries = fromstring(answer.content).findall("{http://www.w3.org/2005/Atom}entry")  # noqa: S314 - our own text
    assert [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in entries] == [petition.title]


def test_petitions_like_what_is_typed_are_shown(petition, read):
    index(petition)
    assert petition.title in read("similar/", q="освітити стежку до школи")
    assert read("similar/", q="квантова хромодинаміка").strip() == ""


@pytest.mark.parametrize("path", ["", "signers/"])
def test_a_petition_asks_as_often_for_many_signatures_as_for_few(collecting, client, queries_of, assert_queries, path):
    petition = collecting(required=1_000)  # a petition that has reached its threshold has more to tell
    address, at = f"/zhytomyr/petitions/{petition.pk}/{path}", petition.published_at
    add_signatures([new_signature(petition, arrived_at=at + timedelta(hours=8 * n)) for n in range(3)])
    few = queries_of(address)
    add_signatures([new_signature(petition, arrived_at=at + timedelta(hours=n)) for n in range(27)])
    with assert_queries(few):
        client.get(address)
    assert few <= MOST_QUERIES


def test_what_people_wrote_comes_out_as_text(collecting, client, now):
    tricky = collecting(
        title=TRICK, essence=TRICK, demand=TRICK, place=TRICK, category=TRICK, author_name=TRICK, state=State.ANSWERED,
        answered_at=now, decision="supported", answer=TRICK, responsible_body=TRICK,
    )  # fmt: skip
    open_one = collecting(title=TRICK)
    add_signatures([new_signature(open_one, who=TRICK, arrived_at=open_one.published_at)])
    for path in ("?state=all", "feed.atom", f"{tricky.pk}/", f"{open_one.pk}/", f"{open_one.pk}/signers/"):
        shown = client.get(f"/zhytomyr/petitions/{path}").content.decode()
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path
        assert "alert(1)" in shown, path


def test_another_communitys_petition_is_nowhere_here(community, read):
    elsewhere = PetitionFactory(collecting=True)
    for path in ("", "signers/", "sheet.pdf"):
        read(f"{elsewhere.pk}/{path}", status=404)
    assert elsewhere.title not in read(state="all")


@pytest.fixture
def shared_parts():
    PARTS.open(interval=60)
    yield PARTS
    PARTS.close()


@pytest.mark.parametrize("path", ["", "{}/"])
def test_what_all_readers_share_is_made_once_and_anew_when_it_changes(petition, read, shared_parts, path):
    path = path.format(petition.pk)
    before = shared_of(read(path))
    PetitionStep.objects.create(petition=petition, at=petition.published_at, actor="clock", to_state="collecting")
    Petition.objects.filter(pk=petition.pk).update(required=777, closes_at=petition.closes_at + 3 * DAY)
    assert shared_of(read(path)) == before
    shared_parts.drop([f"petitions:{petition.community_id}", f"petition:{petition.pk}"])
    assert shared_of(read(path)) != before


def shared_of(page):
    """The rows of the list; on the card the road and the signatures."""
    start = page.find("Шлях петиції")
    return page[start:] if start >= 0 else page[page.index('role="status"') :]


def test_a_shared_list_answers_what_was_asked(petition, collecting, read, shared_parts):
    answered = collecting(title="Уже з відповіддю", state=State.ANSWERED)
    assert petition.title in read("")
    assert petition.title not in read("", state="answered")
    assert answered.title in read("", state="answered")
