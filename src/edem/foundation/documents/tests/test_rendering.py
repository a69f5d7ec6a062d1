import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.documents.facts import printable, told
from edem.foundation.documents.pictures import ornament_band, qr_code
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.documents.testing import pdf_pages

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINK = "https://edem.example/vyshnevohirsk/petitions/5/"
COMMUNITY = CommunityFactory.build()


def letter(text="Доброго дня.", *, title="Відповідь на петицію", rows=(), signed="", link=""):
    facts = {"title": title, "text": text, "rows": rows, "signed": signed}
    return render_pdf("documents/letter.typ", facts, community=COMMUNITY, now=NOW, link=link)


def spaceless(text):
    return "".join(text.split())


def test_ukrainian_words_and_the_hryvnia_can_be_copied_out():
    [page] = pdf_pages(letter("Ґанок, їжак, єнот і мʼята: 1 234,50 ₴", signed="Міський голова О. Коваль"))
    for words in ("Відповідь на петицію", "Ґанок, їжак, єнот і мʼята: 1 234,50 ₴", "Міський голова О. Коваль"):
        assert spaceless(words) in spaceless(page)
    assert spaceless(COMMUNITY.council_name) in spaceless(page)


def test_every_page_says_which_it_is_and_of_how_many():
    pages = pdf_pages(letter("\n\n".join(f"Абзац {n}. " + "Слова лягають у рядки. " * 12 for n in range(40))))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"стор.{number}з{len(pages)}" in spaceless(page)


def test_the_address_of_the_page_is_printed_with_its_code():
    pdf = letter(link=LINK)
    assert LINK in spaceless(pdf_pages(pdf)[0])
    assert LINK.encode() in pdf, "and can be clicked"


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.1"',
        "#while true {}",
        "$ x $ *b* _i_ `c` = h <label> @ref \\ / // /* */ [] {} #[]",
        '"); #panic("x") //',
        '", "facts": {"title": "чуже"}, "x": "',
        "\\u{202e}\u202e\u0000\u0007",
    ],
)
def test_what_people_write_is_shown_and_never_run(hostile):
    [page] = pdf_pages(letter(hostile, title=hostile, rows=[["Хто", hostile]]))
    shown = spaceless(printable(hostile))
    assert spaceless(page).count(shown) == 3


def test_a_letter_that_no_font_has_costs_only_itself():
    [page] = pdf_pages(letter("до 🦔 გამარჯობა після"))
    assert "до" in page
    assert "після" in page


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_any_text_at_all_makes_a_document(text):
    assert letter(text, title=text or "Без назви").startswith(b"%PDF-1.7")


def test_the_same_facts_at_the_same_moment_make_the_same_file():
    assert letter() == letter()


def test_the_document_is_tagged_for_screen_readers():
    pdf = letter()
    assert b"/MarkInfo<</Marked true" in pdf
    assert b"/Lang(uk-UA)" in pdf or b"/Lang(uk)" in pdf


def test_rendering_lets_other_threads_work():
    long = "\n\n".join("Слова лягають у рядки. " * 30 for _ in range(300))
    with ThreadPoolExecutor(1) as pool:
        rendering = pool.submit(letter, long)
        ticks = 0
        while not rendering.done():
            time.sleep(0.001)
            ticks += 1
    assert rendering.result().startswith(b"%PDF")
    assert ticks > 3


def test_days_and_moments_are_told_in_words():
    assert told({"on": date(2026, 3, 1), "rows": [(1, None)]}) == {"on": "1 березня 2026", "rows": [[1, ""]]}
    assert json.dumps(told([True, 2.5, "слово"]))


def test_what_cannot_be_said_is_a_bug():
    with pytest.raises(TypeError, match="cannot say"):
        told({"x": object()})


def test_a_template_nobody_has_is_a_bug():
    with pytest.raises(FileNotFoundError):
        render_pdf("documents/none.typ", {}, community=COMMUNITY, now=NOW)


def test_each_community_has_its_own_band():
    bands = {ornament_band(f"UA{n:017}", "#2346c7") for n in range(20)}
    assert len(bands) > 10
    assert qr_code(LINK).startswith("<?xml") or qr_code(LINK).startswith("<svg")
