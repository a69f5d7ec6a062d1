"""The disk is full: nothing half-done, a clear sentence, pages are read as before; with space all works by itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from edem.foundation.communities.models import Community
from edem.services.petitions.tests.factories import PetitionFactory
from tests.load.faults.asking import sign
from tests.load.faults.books import books
from tests.load.faults.disks import Disk, by_root, small_disk
from tests.load.faults.house import platform, prepared, writing_on
from tests.load.faults.servers import Server, a_place, own_server, running
from tests.load.ground import SLUG

pytestmark = [pytest.mark.full, pytest.mark.django_db, by_root]

PAPER = b"%PDF-1.7\n" + b"0" * 300_000 + b"\n%%EOF"
LARGE_PAPER = b"%PDF-1.7\n" + b"0" * 1_500_000 + b"\n%%EOF"


@pytest.fixture
def cramped(db) -> Iterator[tuple[Server, Disk]]:
    """A server whose tables lie on a small disk and its journal beside it: a full disk is an error, not the end."""
    with a_place() as home:
        home.cluster.mkdir()
        with small_disk(home.cluster, megabytes=160, account=home.account) as disk, running(home) as server:
            yield server, disk


def test_a_full_disk_takes_no_signature_and_says_so_and_with_space_it_goes_on(cramped):
    server, disk = cramped
    people = prepared(server.address, people=2)
    petition, (first, second) = people.petitions[0], people.passes
    card = f"/{SLUG}/petitions/{petition}/"
    with platform(server.address) as door, door.client() as visitor, server.asked() as own:
        assert visitor.get(card).status_code == 200
        disk.fill()
        for sealed in (first, second):
            refused = sign(visitor, petition, sealed)
            assert refused.status_code == 503
            assert "за кілька хвилин" in refused.json()["message"]
        assert books(own).agree_on(0), "nothing is half-done"
        assert visitor.get(card).status_code == 200
        assert visitor.get(f"/{SLUG}/petitions/?page=1").status_code == 200, "what is not in memory is read too"

        disk.free()
        assert [sign(visitor, petition, sealed).status_code for sealed in (first, second)] == [200, 200]
        assert books(own).agree_on(2)


def test_a_file_for_which_there_is_no_room_is_refused_and_the_words_stay(db, tmp_path):
    with own_server() as server, small_disk(tmp_path, megabytes=6) as disk:
        prepared(server.address, people=0)
        page, cookies = an_author(server.address)
        for name in ("media", "tmp"):
            (tmp_path / name).mkdir()
        places = {"EDEM_MEDIA_DIR": f"{tmp_path}/media", "TMPDIR": f"{tmp_path}/tmp"}
        with platform(server.address, **places) as door, door.client(cookies=cookies) as author:
            disk.fill()
            for paper in (PAPER, LARGE_PAPER):
                refused = send(author, page, paper)
                assert refused.status_code == 422
                assert "Зараз не вдається зберегти файл" in refused.text
                assert "План стежки" in refused.text, "what was typed stays"
            assert kept_files(tmp_path) == []

            disk.free()
            for paper in (PAPER, LARGE_PAPER):
                assert send(author, page, paper).status_code == 302
            assert len(kept_files(tmp_path)) == 2


def an_author(database: str) -> tuple[str, dict[str, str]]:
    """A resident with a draft: the page of its files, and the cookie of their session."""
    with writing_on(database):
        petition = PetitionFactory(community=Community.objects.get())
        session = SessionStore()
        session[SESSION_KEY] = str(petition.author.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = petition.author.get_session_auth_hash()
        session.save()
    return f"/{SLUG}/petitions/{petition.pk}/attachments/", {settings.SESSION_COOKIE_NAME: session.session_key}


def send(author: httpx.Client, page: str, content: bytes) -> httpx.Response:
    shown = author.get(page)
    token = re.search('csrfmiddlewaretoken" value="([^"]+)', shown.text)[1]
    typed = {"csrfmiddlewaretoken": token, "title": "План стежки"}
    return author.post(page, data=typed, files={"file": ("план.pdf", content, "application/pdf")})


def kept_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "media").rglob("*") if path.is_file()]
