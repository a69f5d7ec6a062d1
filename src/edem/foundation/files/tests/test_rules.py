import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.files.pictures import redrawn
from edem.foundation.files.rules import ANY, IMAGES, Kind, check_may_take, kind_of, shown_name
from edem.foundation.files.tests.contents import PDF, bomb, office, picture
from edem.kernel.errors import Invalid

kinds = st.sampled_from(list(Kind))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, Kind.PDF),
        (picture("PNG"), Kind.PNG),
        (picture("JPEG"), Kind.JPEG),
        (picture("WEBP"), Kind.WEBP),
        (office(), Kind.DOCX),
        (office("xl/workbook.xml"), Kind.XLSX),
    ],
)
def test_a_file_is_what_its_content_says(content, kind):
    assert check_may_take(content, accept=ANY) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"%PDF-1.7 cut short",
        b"PK\x03\x04 not a package",
        office("readme.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
        b"  %PDF-1.7\n%%EOF",
    ],
)
def test_what_only_pretends_is_refused(content):
    with pytest.raises(Invalid, match="kind_not_taken"):
        check_may_take(content, accept=ANY)


def test_an_empty_file_is_refused():
    with pytest.raises(Invalid, match=r"files\.empty"):
        check_may_take(b"", accept=ANY)


def test_a_kind_that_was_not_asked_for_is_refused():
    with pytest.raises(Invalid, match="kind_not_taken"):
        check_may_take(PDF, accept=IMAGES)


def test_a_file_above_the_limit_of_its_kind_is_refused():
    with pytest.raises(Invalid, match="too_big"):
        check_may_take(PDF + b" " * (20 * 1024 * 1024) + b"%%EOF", accept=ANY)


@given(st.binary(max_size=300))
def test_any_bytes_at_all_get_an_answer(content):
    assert kind_of(content) in {None, *Kind}


@given(st.binary(max_size=300), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF....WEBP"]))
def test_a_broken_picture_is_refused_in_words(rest, beginning):
    content = beginning + rest
    with pytest.raises(Invalid, match=r"files\.(broken_picture|picture_too_large)"):
        redrawn(content, kind_of(content))


@pytest.mark.parametrize("size", [(60_000, 60_000), (9_000, 9_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_would_fill_the_memory_is_refused_unopened(size):
    with pytest.raises(Invalid, match=r"files\.(broken_picture|picture_too_large)"):
        redrawn(bomb(*size), Kind.PNG)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("довідка.pdf", "довідка.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Олена\\Мої документи\\план.PDF", "план.pdf"),
        ("photo.jpg.exe", "photo.jpg.pdf"),
        ("рахунок\u202efdp.exe", "рахунокfdp.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ('звіт <2026> "новий"?.pdf', "звіт _2026_ _новий_.pdf"),
        ("", "файл.pdf"),
        ("...", "файл.pdf"),
        (".pdf", "pdf.pdf"),
        ("  два   слова  .pdf", "два слова.pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name, shown):
    assert shown_name(name, Kind.PDF) == shown


@given(st.text(max_size=400), kinds)
def test_no_name_at_all_is_dangerous(name, kind):
    shown = shown_name(name, kind)
    assert shown.endswith(f".{kind}")
    assert len(shown) <= 120
    assert not set(shown) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign).startswith("C") for sign in shown)
