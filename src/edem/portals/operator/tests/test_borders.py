"""The community's border at its administrator's desk: brought as text or as a file, shown, changed, taken away."""

import html
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.border import border_of, is_outside
from edem.kernel.geo.points import Point

pytestmark = pytest.mark.django_db
PAGE = "/zhytomyr/admin-desk/border/"
SQUARE = {"type": "Polygon", "coordinates": [[[28.6, 50.2], [28.8, 50.2], [28.8, 50.3], [28.6, 50.3], [28.6, 50.2]]]}
CROSSED = {"type": "Polygon", "coordinates": [[[28.6, 50.2], [28.8, 50.3], [28.8, 50.2], [28.6, 50.3], [28.6, 50.2]]]}


def brought(desk, *, status=302, **typed) -> str:
    answer = desk.post(PAGE, typed)
    assert answer.status_code == status, html.unescape(answer.content.decode())[-2000:]
    return html.unescape(answer.content.decode())


def file_of(words: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("межа.geojson", words, "application/geo+json")


def test_while_there_is_none_every_place_is_the_communitys(desk, community):
    assert "Межі ще немає" in html.unescape(desk.get(PAGE).content.decode())
    assert not is_outside(community.pk, Point(46.48, 30.72))


@pytest.mark.parametrize("as_file", [True, False])
def test_a_border_is_brought_and_taken_away(desk, community, as_file):
    words = json.dumps({"type": "Feature", "properties": {}, "geometry": SQUARE})
    brought(desk, **({"area_file": file_of(words.encode())} if as_file else {"area": words}))
    assert not is_outside(community.pk, Point(50.25, 28.7))
    assert not is_outside(community.pk, Point(50.25, 28.803)), "borders are drawn by hand"
    assert is_outside(community.pk, Point(50.25, 28.81))
    page = html.unescape(desk.get(PAGE).content.decode())
    assert "Площа: 158 км²." in page
    assert "28.8" in page
    brought_away = desk.post(f"{PAGE}remove/")
    assert (brought_away.status_code, border_of(community.pk)) == (302, None)
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == [
        "communities.border_changed",
        "communities.border_removed",
    ]


def test_a_changed_border_holds_at_once(desk, community):
    brought(desk, area=json.dumps(SQUARE))
    assert is_outside(community.pk, Point(50.25, 28.9))
    wider = json.loads(json.dumps(SQUARE).replace("28.8", "28.95"))
    brought(desk, area=json.dumps(wider))
    assert not is_outside(community.pk, Point(50.25, 28.9))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Намалюйте межу або додайте файл."),
        ("межа", "GeoJSON"),
        (json.dumps(CROSSED), "перетинає сама себе"),
        (json.dumps({"type": "Point", "coordinates": [28.6, 50.2]}), ""),
        (json.dumps({"type": "FeatureCollection", "features": []}), ""),
        ("[" * 100_000, ""),
    ],
)
def test_what_is_no_border_is_said_and_nothing_is_lost(desk, community, words, said):
    page = brought(desk, area=words, status=422)
    assert said in page
    assert words[:500] in page
    assert border_of(community.pk) is None


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{}", b"\x00" * 64, b'{"type":"Polygon","coordinates":[]}'])
def test_a_broken_file_is_said(desk, community, content):
    brought(desk, area_file=file_of(content), status=422)
    assert border_of(community.pk) is None
