"""Broken, hostile and endless addresses and questions: every public page answers with a page."""

import pytest
from django.conf import settings
from django.urls import get_resolver

from edem.config.testing.clients import PlatformClient
from tests.hostile.test_other_communities import path_of
from tests.hostile.things import arguments_of
from tests.house.routes import walk
from tests.house.source import nothing

pytestmark = [pytest.mark.django_db, pytest.mark.full]

QUESTIONS = (
    "q=%ff%fe&page=%00&state=%ff&sort=%00",
    "q=%00&page=-1&category=%3Cscript%3Ealert(1)%3C/script%3E&first=%ff&last=-5",
    "page=99999999999999999999&q=" + "%D0%A9" * 3000,
    "page=1e9&state=all&settlement=UA%00&sort=signed&sort=%ff&number=99999999999999999999&panel=%00",
    "q=%7B%7B7*7%7D%7D&next=//evil.example/&q[]=1&%00=1",
    "&".join(f"a{number}=1" for number in range(1500)),
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_breaks_a_page(towns, question):
    rich, _ = towns
    client = PlatformClient(raise_request_exception=False)
    pages = [f"{rich.slug}/{path}" for path in public_paths(settings.COMMUNITY_URLCONF, rich)]
    pages += public_paths(settings.ROOT_URLCONF, None)
    assert len(pages) > 30
    nothing(fault for page in pages for fault in fault_at(client, f"/{page}?{question}"))


@pytest.mark.parametrize(
    "path", ["%ff%fe/", "petitions/%00/", "petitions/1%00/", "petitions/٣/", "petitions/" + "9" * 300 + "/", "a/" * 500]
)
def test_no_address_breaks_the_platform(towns, path):
    rich, _ = towns
    client = PlatformClient(raise_request_exception=False)
    for address in (f"/{path}", f"/{rich.slug}/{path}"):
        nothing(fault_at(client, address))


def public_paths(urlconf, community):
    for route in walk(get_resolver(urlconf)):
        if "<" not in route.path:
            yield route.path
        elif community is not None:
            yield from (path_of(route, arguments) for arguments in list(arguments_of(route, community))[:1])


def fault_at(client, address):
    answer = client.get(address)
    body = b"" if answer.streaming else answer.content
    if answer.status_code >= 500:
        return [f"{address[:120]}: {answer.status_code}"]
    if answer.status_code in {301, 302} and answer["Location"].startswith("//"):
        return [f"{address[:120]}: leads to {answer['Location']}"]
    return [f"{address[:120]}: shows it as HTML"] if b"<script>alert(1)" in body else []
