"""What stands around a page is put together once, and never with anything of one reader for another."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from edem.ui.around import TOKEN_HERE, with_form_token
from edem.ui.frame import Frame, Language, MenuItem, PersonBadge
from edem.ui.pieces import SafeString

PAGE = '{% extends "ui/page.html" %}{% block title %}Проба{% endblock %}'


@pytest.fixture(autouse=True)
def _in_ukrainian():
    with translation.override("uk"):
        yield


def shown(reader: str = "", *, menu: str = "Петиції", token: str = "", url: str = "/petitions/") -> str:
    frame = Frame(
        brand="Житомирська громада",
        menu=(MenuItem(label=menu, url=url),),
        languages=(Language(code="uk", name="Українська", url=f"?next={url}"), Language(code="en", name="E", url="?")),
        person=PersonBadge(name=reader, url="/cabinet/") if reader else None,
        sign_in_url="/sign-in/",
        sign_out_url="/sign-out/",
    )
    facts = {"frame": frame, "form": "", "messages": "", "csrf_token": token}
    return engines["django"].from_string(PAGE).render(facts)


def test_each_reader_finds_the_own_name_and_token_and_nobody_else_s():
    for _ in range(2):
        one, other, visitor = shown("Ольга", token="t-one"), shown("Остап", token="t-other"), shown()
        assert all(own in one for own in ("Ольга", 'value="t-one"'))
        assert all(own in other for own in ("Остап", 'value="t-other"'))
        assert not any(strange in one + visitor for strange in ("Остап", "t-other"))
        assert "Ольга" not in other + visitor
        assert "/sign-in/" in visitor
        assert "/sign-in/" not in one
        assert "/sign-out/" not in visitor


def test_a_visitor_s_page_asks_for_no_token():
    class Forbidden:
        def __str__(self) -> str:
            raise AssertionError("a token was asked for")

        __bool__ = __str__

    assert "csrfmiddlewaretoken" not in shown(token=Forbidden())


def test_what_changes_around_a_page_is_seen_at_once():
    assert "Опитування" in shown("Ольга", menu="Опитування")
    assert "/en/petitions/" in shown("Ольга", url="/en/petitions/")
    with translation.override("en"):
        assert 'lang="en"' in shown("Ольга")
        assert "Меню" not in shown("Ольга")


@pytest.mark.parametrize("name", ["<!--reader-->", "<script>alert(1)</script>", "<!--form token-->"])
def test_no_name_is_mistaken_for_a_place_or_for_markup(name):
    page = shown(name, menu=name, token="t-one")
    assert name not in page
    assert page.count('value="t-one"') == 1


def test_a_part_for_many_gets_each_reader_s_token(settings):
    part = SafeString(f"<form>{TOKEN_HERE}</form>")
    requests = [RequestFactory().get("/") for _ in range(2)]
    tokens = {str(with_form_token(part, request)) for request in requests}
    assert len(tokens) == 2
    assert all("csrfmiddlewaretoken" in each and str(TOKEN_HERE) not in each for each in tokens)


def test_a_part_without_forms_makes_no_token():
    request = RequestFactory().get("/")
    assert with_form_token(SafeString("<p>Нічого</p>"), request) == "<p>Нічого</p>"
    assert "CSRF_COOKIE" not in request.META
