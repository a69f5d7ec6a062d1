"""The copy that a person takes away: all of it, theirs alone, logged, and in no address."""

import ast
import json
from datetime import timedelta
from pathlib import Path

import pytest

import edem
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.identity.models import PersonMerge, VaultReading
from edem.foundation.identity.persons.slips import issue_slip
from edem.foundation.identity.privacy.correcting import ask_correction
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from edem.portals.cabinet.holdings import everything_held
from edem.portals.cabinet.words import LINE_WORDS
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.tests.factories import PetitionFactory, new_signature
from edem.services.reports.models import Voice
from edem.services.reports.tests.factories import ReportFactory

pytestmark = pytest.mark.django_db
TAX, ADDRESS = "3184710691", "вул. Велика Бердичівська, 71, кв. 4"
PATH = "/zhytomyr/cabinet/my-data/copy/"


@pytest.fixture
def me(client, community, now):
    """Somebody of whom every part of the platform holds something."""
    person = identified_resident(community, since=now - timedelta(days=2), tax_number=TAX, address=ADDRESS)
    petition = PetitionFactory(community=community, collecting=True, title="Ліхтарі біля школи")
    add_signatures([new_signature(petition, person_id=person.pk)])
    PetitionFactory(community=community, collecting=True, author=person, title="Мости через річку")
    PetitionFactory(community=community, author=person, title="Моя чернетка")
    follow(person.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    client.sign_in(person)
    return person


def test_the_machines_copy_has_everything_that_is_held(me, client):
    answer = client.post(f"{PATH}json/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    told = json.loads(answer.content)
    assert told["identity"]["fields"]["tax_number"] == TAX
    assert told["identity"]["fields"]["address"] == ADDRESS
    parts = {each["code"]: each for each in told["held"]}
    assert parts["petitions.signatures"]["lines"][0]["petition"] == "Ліхтарі біля школи"
    assert parts["petitions.written"]["lines"][0]["title"] == "Мости через річку"
    assert parts["petitions.drafts"]["lines"][0]["title"] == "Моя чернетка"
    assert parts["notices.followed"]["lines"][0]["rhythm"] == "daily"
    assert parts["identity.readings"]["lines"][0]["purpose"] == "Ви завантажили копію своїх даних"


def test_the_paper_copy_can_be_read(me, client):
    answer = client.post(f"{PATH}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(pdf_pages(answer.content)).split())
    for words in (TAX, ADDRESS, "Мої дані на платформі", "Ліхтарі біля школи", "Навіщо:", "Доки:"):
        assert words in text


def test_taking_a_copy_is_itself_in_the_log(me, client):
    client.post(f"{PATH}pdf/")
    client.post(f"{PATH}json/")
    assert [(each.purpose, each.reader_id) for each in VaultReading.objects.order_by("pk")] == [("export", me.pk)] * 2


def test_a_copy_is_asked_for_by_a_button_only_and_is_mine(me, client, community, now):
    assert client.get(f"{PATH}json/").status_code == 405
    assert client.post(f"{PATH}xml/").status_code == 404
    other = identified_resident(community, since=now - timedelta(days=2), address="вул. Чужа, 1")
    client.logout()
    assert client.post(f"{PATH}json/").status_code == 302
    client.sign_in(other)
    answer = client.post(f"{PATH}json/").content.decode()
    assert "вул. Чужа, 1" in answer
    assert TAX not in answer
    assert "Мости через річку" not in answer


def test_whoever_was_never_identified_gets_what_there_is(client, community):
    from edem.foundation.people.tests.factories import PersonFactory

    client.sign_in(PersonFactory())
    assert json.loads(client.post(f"{PATH}json/").content)["identity"] == {"fields": {}}
    assert client.post(f"{PATH}pdf/").status_code == 200


@pytest.fixture
def busy(me, community, now):
    """Somebody who has used whatever there is."""
    clerks = [GrantFactory(role=Role.OFFICER, community=community).person for _ in range(2)]
    other = identified_resident(since=now - timedelta(days=2))
    mine = ReportFactory(community=community, author=me, answers={"depth": 12.5, "where": ["край", "середина"]})
    another = ReportFactory(community=community)
    Voice.objects.create(report_id=another.pk, community=community, person_id=me.pk, added_at=now)
    PersonMerge.objects.create(
        community=community, kept=me, absorbed=other, proposed_by=clerks[0], confirmed_by=clerks[1], merged_at=now,
        undo_until=now + timedelta(days=30),
    )  # fmt: skip
    issue_slip(me.pk, community_id=community.pk, by=clerks[0], now=now)
    ask_correction(me, ["last_name"], "Не та літера", community_id=community.pk, now=now)
    return mine


def test_a_resident_of_many_deeds_gets_a_paper_with_all_of_them(busy, client):
    answer = client.post(f"{PATH}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(pdf_pages(answer.content)).split())
    for words in (busy.title, "depth: 12.5; where: край, середина", "Талони на вхід", "Не та літера", "Об’єднано"):
        assert words in text


def test_whatever_a_part_of_the_platform_names_in_a_line_has_its_words():
    """Each part names its columns in its own code; a name without words would break the whole paper."""
    for file, names in named_in_lines():
        assert names <= set(LINE_WORDS), file


def named_in_lines():
    for file in Path(edem.__path__[0]).rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        if "tests" in file.parts or "portals" in file.parts or "import Held" not in code:
            continue
        nodes = list(ast.walk(ast.parse(code)))
        keys = [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys]
        calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "lines_of"]
        named = [*keys, *(argument for call in calls for argument in call.args)]
        yield file, {each.value for each in named if isinstance(each, ast.Constant)} - {"n"}


def test_each_part_has_its_words_for_paper(me, now):
    for held in everything_held(me, now=now):
        for line in held.lines():
            assert set(line) <= set(LINE_WORDS), held.code
