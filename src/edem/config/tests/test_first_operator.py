"""A new installation gets its first operator from the command line, and only its first."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role

pytestmark = pytest.mark.django_db


def asked(monkeypatch, password: str, *, login: str = "operator") -> str:
    said = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    call_command("first_operator", login, "Операторка", stdout=said)
    return said.getvalue()


def test_the_first_operator_may_set_everything_up(monkeypatch):
    assert "/staff/sign-in/" in asked(monkeypatch, "довгий-і-рідкісний-пароль")
    person = Person.objects.get(login="operator")
    assert person.check_password("довгий-і-рідкісний-пароль")
    assert Role.PLATFORM_OPERATOR in roles_of(person, None)


def test_a_second_first_operator_is_refused(monkeypatch):
    asked(monkeypatch, "довгий-і-рідкісний-пароль")
    with pytest.raises(CommandError, match="has an operator already"):
        asked(monkeypatch, "довгий-і-рідкісний-пароль", login="another")


def test_a_weak_password_is_refused_with_a_sentence(monkeypatch):
    with pytest.raises(CommandError):
        asked(monkeypatch, "12345")
    assert not Person.objects.filter(login="operator").exists()
