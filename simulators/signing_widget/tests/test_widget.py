"""The widget's pages and its program over a real port."""

import httpx
import pytest

from simulators.signing_widget.running import running_signing_widget, signed_file


@pytest.fixture(scope="module")
def stand():
    with running_signing_widget() as address:
        yield address


def test_the_widget_answers_one_site_and_runs_its_own_script_alone(stand):
    page = httpx.get(stand, params={"address": "https://edem.example", "formType": 1})
    assert "https://edem.example" in page.text
    assert "Коваленко Олена Петрівна" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    script = httpx.get(f"{stand}/widget.js").text
    assert "EndUserSignWidgetConnector" in script
    assert "postMessage" in script


def test_the_program_gives_a_file_with_the_text_inside_or_without_it(stand):
    text = "Вхід на e-DEM\n".encode() * 3
    assert text in signed_file(stand, text, form="attached")
    assert text not in signed_file(stand, text, form="detached")


def test_the_program_says_what_is_missing(stand):
    answer = httpx.post(f"{stand}/program", data={"person": "nobody", "key": "good"}, files={"file": ("a", b"b")})
    assert answer.status_code == 400
    assert httpx.post(f"{stand}/sign", json={"person": "1001", "key": "?", "content": ""}).status_code == 400
