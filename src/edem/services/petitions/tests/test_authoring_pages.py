"""What an author meets: writing, checking, sending, mending, taking back."""

import pytest

from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import ESSENCE, PetitionFactory, new_signature

pytestmark = pytest.mark.django_db
TRICK = "<script>alert(1)</script>"
TYPED = {
    "title": "Освітити стежку до школи № 7",
    "category": "Благоустрій",
    "demand": "Встановити 14 ліхтарів.",
    "essence": ESSENCE,
    "place": "вул. Садова",
}


@pytest.fixture
def author(client, resident):
    client.sign_in(resident)
    return resident


@pytest.fixture
def draft(community, author):
    return PetitionFactory(community=community, author=author)


def test_a_visitor_is_led_to_sign_in_and_back(community, client):
    assert client.get("/zhytomyr/petitions/start/")["Location"] == (
        "/zhytomyr/sign-in/?next=%2Fzhytomyr%2Fpetitions%2Fstart%2F"
    )


def test_a_petition_is_written_checked_and_sent(author, read, send):
    assert "10 підписів" in read("start/")
    checked = send("start/", TYPED)
    petition = Petition.objects.get()
    assert checked == f"/zhytomyr/petitions/{petition.pk}/check/"
    for words in (*TYPED.values(), f"Автора побачать усі: {author.display_name}"):
        assert words in read(f"{petition.pk}/check/")

    assert send(f"{petition.pk}/check/") == f"/zhytomyr/petitions/{petition.pk}/submitted/"
    assert "№ 1" in read(f"{petition.pk}/submitted/")
    petition.refresh_from_db()
    assert (petition.state, petition.author, petition.place) == (State.MODERATION, author, "вул. Садова")


@pytest.mark.parametrize(("field", "value", "sentence"), [
    ("title", "", "Заповніть: «Назва»"),
    ("title", "я" * 151, "150"),
    ("category", "Магія", "Магія"),
    ("demand", "", "Заповніть: «Про що просите раду»"),
    ("essence", "я" * 5_001, "5000"),
    ("settlement", "UA999", "UA999"),
    ("title", "Назва\x00з нулем", "нул"),
])  # fmt: skip
def test_a_mistake_is_said_and_what_was_typed_is_kept(author, send, field, value, sentence):
    again = send("start/", TYPED | {field: value}, status=422)
    assert sentence in again
    for name, kept in TYPED.items():
        if name != field:
            assert kept in again
    assert 'role="alert"' in again
    assert not Petition.objects.exists()


def test_a_draft_too_short_to_send_says_so_and_stays_a_draft(author, read, send):
    send("start/", TYPED | {"essence": "Темно."})
    petition = Petition.objects.get()
    assert "Опишіть суть: від 50 до 5000 знаків." in send(f"{petition.pk}/check/", status=422)
    petition.refresh_from_db()
    assert petition.state == State.DRAFT


def test_what_came_back_is_mended_where_the_moderator_asked(draft, read, send, now):
    Petition.objects.update(state=State.RETURNED, number=4)
    PetitionStep.objects.create(
        petition=draft,
        at=now,
        actor="moderator",
        step="return",
        to_state=State.RETURNED,
        note=f"Назвіть вулицю. {TRICK}",
    )
    form = read(f"{draft.pk}/edit/")
    assert "Назвіть вулицю." in form
    assert draft.essence in form
    assert send(f"{draft.pk}/edit/", TYPED) == f"/zhytomyr/petitions/{draft.pk}/check/"
    send(f"{draft.pk}/check/")
    draft.refresh_from_db()
    assert (draft.title, draft.number, draft.state) == (TYPED["title"], 4, State.MODERATION)


def test_a_published_text_is_not_changed(client, author, collecting, send):
    published = collecting(author=author)
    assert "оприлюднено" in send(f"{published.pk}/edit/", TYPED, status=422)
    published.refresh_from_db()
    assert published.title != TYPED["title"]


def test_the_check_shows_what_asks_for_the_same(draft, collecting, read):
    alike = collecting(title="Освітити стежку до дитсадка")
    index(alike, draft)
    shown = read(f"{draft.pk}/check/")
    assert "Схожі петиції вже збирають підписи" in shown
    assert alike.title in shown


def test_as_many_petitions_as_the_charter_lets_and_no_more(draft, author, collecting, send):
    for _ in range(3):
        collecting(author=author)
    assert "Відкритих петицій у вас уже 3" in send(f"{draft.pk}/check/", status=422)


def test_what_nobody_signed_may_be_taken_back(client, author, collecting, read, send):
    mine = collecting(author=author)
    assert "повернути не можна" in read(f"{mine.pk}/withdraw/")
    assert send(f"{mine.pk}/withdraw/", {"note": "Вже освітили."}) == f"/zhytomyr/petitions/{mine.pk}/"
    assert "Відкликана автором" in read(f"{mine.pk}/")


def test_what_somebody_signed_stays(author, collecting, send):
    mine = collecting(author=author)
    add_signatures([new_signature(mine, arrived_at=mine.published_at)])
    again = send(f"{mine.pk}/withdraw/", {"note": "Передумав."}, status=422)
    assert "Петицію вже підписали" in again
    assert "Передумав." in again


@pytest.mark.parametrize("path", ["edit/", "check/", "submitted/", "withdraw/"])
def test_an_authors_pages_are_the_authors_alone(client, community, resident, collecting, read, path):
    own, public = PetitionFactory(community=community, author=resident), collecting(author=resident)
    title = public.title
    answer = client.get(f"/zhytomyr/petitions/{public.pk}/{path}")
    assert (answer.status_code, "/sign-in/" in answer["Location"]) == (302, True)
    client.sign_in(PersonFactory())
    read(f"{own.pk}/{path}", status=404)
    assert "Це петиція іншої людини." in read(f"{public.pk}/{path}", status=403)
    client.post(f"/zhytomyr/petitions/{public.pk}/{path}", TYPED)
    public.refresh_from_db()
    assert (public.state, public.title) == (State.COLLECTING, title)


def test_a_script_in_a_draft_stays_text(community, author, client):
    petition = PetitionFactory(
        community=community, author=author, title=TRICK, essence=TRICK, demand=TRICK, place=TRICK
    )
    for path in ("edit/", "check/", "withdraw/", ""):
        assert TRICK not in client.get(f"/zhytomyr/petitions/{petition.pk}/{path}").content.decode()
