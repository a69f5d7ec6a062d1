"""Forms with files as browsers write them, and what no browser writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.intake.multipart import SentFile, read_form

TYPE = "multipart/form-data; boundary=----WebKitFormBoundaryAbc1"
LINE = b"------WebKitFormBoundaryAbc1"


def written(*parts):
    body = b"".join(
        LINE + b"\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + it + b"\r\n" for head, it in parts
    )
    return body + LINE + b"--\r\n"


def test_fields_and_files_come_out_as_they_went_in():
    form = read_form(
        TYPE,
        written(
            (b'name="text"', "Яма".encode()),
            (b'name="categories"', b"3.8"),
            (b'name="categories"', b"8"),
            (
                'name="photos"; filename="яма %22велика%22.jpg"\r\nContent-Type: image/jpeg'.encode(),
                b"\xff\xd8\r\n\r\n--x",
            ),
            (b'name="photos"; filename=""', b""),
        ),
    )
    assert (form.first("text"), form.values["categories"], form.first("none")) == ("Яма", ["3.8", "8"], "")
    assert form.files == [SentFile(field="photos", name='яма "велика".jpg', content=b"\xff\xd8\r\n\r\n--x")]


@given(st.binary(max_size=300))
def test_any_content_without_its_boundary_stays_whole(content):
    if LINE not in content:
        assert read_form(TYPE, written((b'name="f"; filename="f"', content))).files[0].content == content


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        LINE + b"\r\n",
        LINE + b"\r\nno end",
        written((b'nameless="x"', b"y")),
        written((b'name="x"', b"y"))[:-8],
    ],
)
def test_what_no_browser_sends_is_refused(body):
    with pytest.raises(ValueError):
        read_form(TYPE, body)


def test_a_form_without_a_boundary_is_refused():
    with pytest.raises(ValueError):
        read_form("multipart/form-data", written((b'name="x"', b"y")))


def test_a_hundred_parts_are_enough():
    with pytest.raises(ValueError):
        read_form(TYPE, written(*[(b'name="x"', b"y")] * 101))
