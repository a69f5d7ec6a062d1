"""Where a petition is about: several places, an optional pin, and everybody who reads of them."""

import json

import pytest

from edem.kernel.errors import Conflict, Invalid
from edem.kernel.geo.points import Point
from edem.services.petitions.actions.hiding import erase_hidden_texts
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.models import Petition, TextHiding
from edem.services.petitions.queries.lists import Group, Wanted, petitions_wanted
from edem.services.petitions.queries.place_rows import place_rows
from edem.services.petitions.queries.places import places_of, told_places
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.hiding import KEPT_FOR
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.places import MOST_PLACES, NOWHERE, Place, kept, place_kept, tidy_place, with_place
from edem.services.petitions.tests.factories import PetitionFactory, staff
from edem.services.petitions.tests.test_authoring_pages import TYPED

VILLAGE = "UA18040190010099999"
PIN = Point(50.25465, 28.65867)
SQUARE = Place(words="майдан Соборний", point=PIN)
TRICK = "<script>alert(1)</script>"


@pytest.mark.parametrize("place", [SQUARE, Place(settlement_code=VILLAGE, number=3), NOWHERE, Place(words=TRICK)])
def test_a_place_is_read_as_it_was_kept(place):
    assert place_kept(json.loads(json.dumps(kept(place)))) == place


def test_places_are_told_apart_after_one_is_taken_away():
    both = with_place(with_place([], Place(words="Садова")), Place(words="Лісова"))
    assert [each.number for each in with_place(both[1:], Place(words="Шкільна"))] == [2, 3]


def test_a_place_is_added_once_and_never_empty():
    with pytest.raises(Invalid, match="place_empty"):
        with_place([], tidy_place(Place(words=" \u202e ")))
    with pytest.raises(Conflict, match="place_known"):
        with_place(with_place([], SQUARE), SQUARE)


def test_the_first_place_counts_among_the_most_that_may_be():
    known = []
    for number in range(MOST_PLACES - 1):
        known = with_place(known, Place(words=f"вул. Садова, {number}"))
    with pytest.raises(Conflict, match="too_many_places"):
        with_place(known, SQUARE)


@pytest.fixture
def author(client, resident):
    client.sign_in(resident)
    return resident


@pytest.fixture
def draft(community, author):
    return PetitionFactory(community=community, author=author)


@pytest.fixture
def placed(collecting, settlement):
    """A petition of the square, with a pin, and of a village."""
    village = kept(Place(settlement_code=VILLAGE, words="вул. Шкільна", number=1))
    return collecting(title="Два майдани", place=SQUARE.words, lat=PIN.lat, lon=PIN.lon, further_places=[village])


@pytest.mark.django_db
def test_a_place_and_its_pin_are_typed_with_the_text_and_stay_when_it_is_mended(author, settlement, read, send):
    send("start/", TYPED | {"settlement": VILLAGE, "lat": "50.25465", "lon": "28.65867"})
    petition = Petition.objects.get()
    assert places_of(petition) == [Place(settlement_code=VILLAGE, words="вул. Садова", point=PIN)]
    form = read(f"{petition.pk}/edit/")
    assert 'name="lat" value="50.25465"' in form
    assert "<map-pin" in form
    send(f"{petition.pk}/edit/", TYPED)
    assert places_of(Petition.objects.get()) == [Place(words="вул. Садова")]


@pytest.mark.django_db
@pytest.mark.parametrize("pin", [{"lat": "91", "lon": "28"}, {"lat": "50"}, {"lat": "nan", "lon": "28"}])
def test_half_a_pin_and_one_off_the_earth_are_refused(author, send, pin):
    sentence = "Введіть число" if pin["lat"] == "nan" else "Позначте місце на мапі ще раз."
    assert sentence in send("start/", TYPED | pin, status=422)
    assert not Petition.objects.exists()


@pytest.mark.django_db
def test_more_places_are_added_and_taken_away_without_scripts(draft, settlement, read, send):
    page = f"{draft.pk}/places/"
    assert page in read(f"{draft.pk}/check/")
    assert "Виберіть населений пункт, впишіть адресу" in send(page, status=422)
    for place in ("вул. Шкільна, 4", TRICK):
        send(page, {"settlement": VILLAGE, "place": place})
    assert "Це місце вже є" in send(page, {"settlement": VILLAGE, "place": TRICK}, status=422)
    shown = read(f"{draft.pk}/check/")
    assert "Заріччя, вул. Шкільна, 4" in shown
    send(f"{page}2/remove/")
    send(f"{page}2/remove/", status=404)
    draft.refresh_from_db()
    assert [each.words for each in places_of(draft)] == ["вул. Шкільна, 4"]


@pytest.mark.django_db
def test_typed_signs_are_words_and_nothing_else(draft, client, send):
    send(f"{draft.pk}/places/", {"place": TRICK})
    for page in ("places", "check"):
        assert TRICK not in client.get(f"/zhytomyr/petitions/{draft.pk}/{page}/").content.decode()


@pytest.mark.django_db
def test_a_settlement_of_another_community_is_no_place_here(draft, send):
    assert "UA18" in send(f"{draft.pk}/places/", {"settlement": VILLAGE}, status=422)


@pytest.mark.django_db
def test_places_stand_still_once_the_moderator_reads(draft, send):
    Petition.objects.update(state=State.MODERATION)
    assert "доки модератор не взявся" in send(f"{draft.pk}/places/", {"place": "Садова"}, status=409)
    send(f"{draft.pk}/places/1/remove/", status=409)


@pytest.mark.django_db
def test_the_places_of_anothers_draft_are_nobodys_business(community, author, send, read):
    other = PetitionFactory(community=community)
    read(f"{other.pk}/places/", status=404)
    send(f"{other.pk}/places/", {"place": "Садова"}, status=404)
    send(f"{other.pk}/places/1/remove/", status=404)


@pytest.mark.django_db
def test_the_card_names_every_place_and_draws_the_pins(placed, read):
    card = read(f"{placed.pk}/")
    for words in ("майдан Соборний", "Заріччя, вул. Шкільна", "50.25465, 28.65867", "geo:50.254650,28.658670"):
        assert words in card
    pins = card.split('data-pins="')[1].split('" data-label')[0]
    assert json.loads(pins) == [{"lat": PIN.lat, "lon": PIN.lon, "words": "майдан Соборний"}]


@pytest.mark.django_db
def test_a_settlement_is_named_once(collecting, settlement, read):
    whole = [kept(Place(settlement_code=VILLAGE, words="село Заріччя, клуб", number=1))]
    card = read(f"{collecting(place='вул. Садова', further_places=whole).pk}/")
    assert "село Заріччя, клуб" in card
    assert "Заріччя, село" not in card
    assert "Де це" not in read(f"{collecting(place='село Заріччя', settlement_code=VILLAGE).pk}/")
    assert "Де це" in read(f"{collecting(settlement_code=VILLAGE).pk}/")


@pytest.mark.django_db
def test_a_card_without_pins_loads_no_map(collecting, read):
    card = read(f"{collecting(place='вул. Садова').pk}/")
    assert "вул. Садова" in card
    assert "maplibre-gl.css" not in card
    assert "<places-map" not in card


@pytest.mark.django_db
def test_the_list_finds_a_petition_by_each_of_its_settlements(placed, collecting, community, settlement, read, now):
    first = collecting(title="Міст у Заріччі", settlement_code=VILLAGE)
    collecting(title="Не там")
    found = petitions_wanted(community, Wanted(group=Group.ALL, settlement=VILLAGE), now=now)
    assert {each.pk for each in found} == {placed.pk, first.pk}
    shown = read(settlement=VILLAGE)
    assert "Два майдани" in shown
    assert "Не там" not in shown


@pytest.mark.django_db
def test_search_finds_the_words_of_a_place_and_of_its_settlement(placed, collecting, read):
    index(placed, collecting(title="Не там"))
    for asked in ("Шкільна", "Заріччя", "соборного майдану"):
        found = read(q=asked)
        assert "Два майдани" in found, asked
        assert "Не там" not in found


@pytest.mark.django_db
def test_programs_and_open_data_get_the_places(placed, community, client, now):
    told = client.get(f"/zhytomyr/api/v1/petitions/{placed.pk}").json()["places"]
    assert told == told_places(placed)
    assert told[0] == {"settlement": "", "words": "майдан Соборний", "lat": PIN.lat, "lon": PIN.lon}
    [square, village] = place_rows(community, now)
    assert square["petitionUid"] == village["petitionUid"] == f"zhytomyr-{placed.number}"
    assert (square["lat"], square["lon"], village["lat"]) == (PIN.lat, PIN.lon, None)
    assert (village["settlementCattutc"], village["settlement"]) == (VILLAGE, "Заріччя")


@pytest.mark.django_db
def test_a_hidden_text_takes_its_places_along(placed, community, client, read, now):
    Petition.objects.update(state=State.REJECTED, ground=Ground.AGAINST_ORDER)
    placed.refresh_from_db()
    assert told_places(placed) == []
    assert list(place_rows(community, now)) == []
    index(placed)
    for page in (read(f"{placed.pk}/"), read(state="all"), read(q="Шкільна")):
        assert "майдан Соборний" not in page
        assert f"/petitions/{placed.pk}/?" not in page
    assert client.get(f"/zhytomyr/api/v1/petitions/{placed.pk}").json()["places"] == []


@pytest.mark.django_db
def test_what_a_moderator_hid_is_erased_with_its_places_after_a_year(placed, collecting, community, now):
    other = collecting(place="вул. Садова")
    hidden_at = now - KEPT_FOR
    TextHiding.objects.create(
        petition=placed, title="Т", essence="Т", demand="Т", ground="Т", note="Т", hidden_at=hidden_at,
        hidden_by=staff(community, "moderator"),
    )  # fmt: skip
    Petition.objects.filter(pk=placed.pk).update(text_hidden_at=hidden_at)
    assert erase_hidden_texts(now=now) == 1
    placed.refresh_from_db()
    other.refresh_from_db()
    assert (placed.place, placed.further_places, other.place) == ("", [], "вул. Садова")
