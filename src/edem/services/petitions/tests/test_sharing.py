"""Passing a petition on: the picture with its link, posters, words; nothing personal and nothing that is not public."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from edem.foundation.documents.sharing import shortened
from edem.foundation.documents.testing import pdf_pages
from edem.services.petitions.models import Petition
from edem.services.petitions.queries import sharing
from edem.services.petitions.queries.sharing import counted_to, drawn, page_to_share, picture_of
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory

TRICK = '"><script>alert(1)</script> #set page() $x$ [мова] \u202e' + "Ж" * 80
PARTS = ("share/", "share.png", "poster-a3.pdf", "poster-a4.pdf", "flyer.pdf", "poster.txt")

database = pytest.mark.django_db


@pytest.fixture
def get(client):
    def get(petition, part, *, status=200, **headers):
        answer = client.get(f"/zhytomyr/petitions/{petition.pk}/{part}", headers=headers)
        assert answer.status_code == status
        return answer

    return get


def spaceless(text):
    return re.sub(r"\s", "", text)


@database
def test_the_picture_is_what_networks_ask_for(petition, get):
    picture = Image.open(BytesIO(get(petition, "share.png").content))
    assert (picture.size, picture.format) == ((1200, 630), "PNG")


@database
def test_a_browser_that_has_the_picture_is_not_sent_it_again(petition, get):
    etag = get(petition, "share.png")["ETag"]
    assert get(petition, "share.png", status=304, if_none_match=etag).content == b""


@database
def test_the_picture_is_drawn_when_the_count_has_moved_a_step(petition, community, now, monkeypatch):
    drawings = []
    monkeypatch.setattr(sharing, "render_png", lambda *args, **facts: drawings.append(args) or b"png")
    drawn.cache_clear()
    petition.required = 500
    for count in range(100, 120):
        petition.signature_count = count
        petition.save()
        drawn(picture_of(page_to_share(community, petition.pk, now=now)))
    # «100», then «понад 100» to 109, «110», «понад 110» to 119
    assert len(drawings) == 4
    drawn.cache_clear()


@database
def test_the_card_says_what_other_sites_show(petition, read):
    card = read(f"{petition.pk}/")
    assert f'<meta property="og:title" content="{petition.title}">' in card
    assert re.search(r'og:image" content="http[^"]+/petitions/\d+/share\.png\?shown=0-collecting"', card)
    assert '<meta name="twitter:card" content="summary_large_image">' in card


@database
def test_links_lead_to_the_networks_without_anybody_s_script(petition, read):
    page = read(f"{petition.pk}/share/")
    for start in ("https://t.me/share/url?", "viber://forward?", "https://www.facebook.com/sharer/", "mailto:?"):
        assert f'href="{start}' in page
    assert set(re.findall(r'<script[^>]* src="(//|https?:)', page)) == set()
    assert "Підпишіть" in page


@database
@pytest.mark.parametrize("part", ["poster-a3.pdf", "poster-a4.pdf", "flyer.pdf"])
def test_posters_are_one_sheet_with_the_title_and_the_way_back(petition, get, part):
    answer = get(petition, part)
    assert answer["Content-Type"] == "application/pdf"
    [sheet] = pdf_pages(answer.content)
    assert spaceless(petition.title) in spaceless(sheet)
    assert f"localhost:8000/zhytomyr/petitions/{petition.pk}/" in spaceless(sheet), "copied as it is printed"
    assert spaceless(sheet).count("Підпишіть") == (4 if "flyer" in part else 1)


@database
def test_the_poster_has_the_size_it_says(petition, get):
    sizes = {
        paper: re.search(rb"/MediaBox\[([^]]+)", get(petition, f"poster-{paper}.pdf").content) for paper in ("a3", "a4")
    }
    millimetres = {
        paper: [round(float(side) / 72 * 25.4) for side in box[1].split()[2:]] for paper, box in sizes.items()
    }
    assert millimetres == {"a3": [297, 420], "a4": [210, 297]}
    get(petition, "poster-a0.pdf", status=404)


@database
def test_the_words_alone_say_the_same(petition, get):
    words = get(petition, "poster.txt").content.decode()
    for part in (petition.title, petition.demand, f"/petitions/{petition.pk}/"):
        assert part in words


@database
@pytest.mark.parametrize("part", PARTS)
def test_hostile_titles_are_only_words_and_stay_on_the_sheet(collecting, get, part):
    petition = collecting(title=TRICK, demand=f"{TRICK}\n" * 40)
    answer = get(petition, part)
    if part == "share/":
        assert b"<script>alert(1)" not in answer.content
    if part.endswith(".pdf"):
        assert len(pdf_pages(answer.content)) == 1


@database
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.REJECTED, "ground": Ground.AGAINST_ORDER},
        {"state": State.REJECTED, "ground": Ground.DUPLICATE},
        {"state": State.WITHDRAWN},
        {"state": State.MODERATION, "published_at": None, "closes_at": None},
    ],
    ids=["withheld", "refused", "withdrawn", "unread"],
)
def test_what_is_not_public_is_not_passed_on(community, now, get, part, facts):
    petition = PetitionFactory(community=community, **facts)
    get(petition, part, status=404)


@database
def test_an_answered_petition_shows_its_answer_instead_of_asking(collecting, community, now, get):
    petition = collecting(state=State.ANSWERED, decision="supported", answered_at=now, answer="Так.", closes_at=now)
    picture = picture_of(page_to_share(community, petition.pk, now=now))
    assert (picture.goal, picture.words) == (0, "Підтримано")
    assert "Прочитайте" in get(petition, "poster.txt").content.decode()


@database
def test_the_picture_is_the_same_in_every_language_and_for_every_reader(petition, client, resident, get):
    plain = get(petition, "share.png").content
    client.sign_in(resident)
    assert get(petition, "share.png", accept_language="en").content == plain
    assert Petition.objects.get().signature_count == 0


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_shown_count_never_promises_more(count, required):
    shown = counted_to(count, required)
    assert 0 <= shown <= count
    assert count - shown < max(1, required / 50) + 1


@given(st.text(max_size=600), st.integers(1, 200))
def test_a_shortened_text_is_short(text, longest):
    assert len(shortened(text, longest)) <= longest + 1
