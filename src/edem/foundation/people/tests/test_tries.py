"""Wrong passwords and codes are counted by all processes together: what one has seen, the others know."""

import pytest
from django.core.cache import caches
from django.core.cache.backends import locmem

from edem.config.testing.at_once import at_once
from edem.config.testing.clients import PlatformClient
from edem.foundation.people.jobs import forget_old_tries
from edem.foundation.people.models import Tries
from edem.foundation.people.tests.factories import GrantFactory, with_authenticator_app
from edem.foundation.people.tests.test_pages import code_of, sign_in
from edem.foundation.people.tries import TriesInDatabase, once_more

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 5
"""Wrong ones in five minutes."""


def in_another_process():
    """A browser whose requests come to a process that remembers nothing."""
    for memory in locmem._caches.values():
        memory.clear()
    return PlatformClient()


def passed(now, name):
    Tries.objects.filter(name=TriesInDatabase("", {})._name(name, None)).update(until=now)


def test_a_password_cannot_be_guessed_by_way_of_several_processes():
    person = GrantFactory().person
    with_authenticator_app(person)
    for _ in range(MOST):
        assert sign_in(in_another_process(), person, password="не той").status_code == 200
    assert sign_in(in_another_process(), person).status_code == 200, "the right one comes too late"


def test_a_code_cannot_be_guessed_by_way_of_several_processes(client):
    person = GrantFactory().person
    secret = with_authenticator_app(person)
    for _ in range(MOST):
        thief = in_another_process()
        assert sign_in(thief, person).url == "/staff/sign-in/code/"
        assert thief.post("/staff/sign-in/code/", {"code": "000000"}).status_code == 200
    sign_in(client, person)
    assert client.post("/staff/sign-in/code/", {"code": code_of(secret)}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_neither_the_account_nor_the_address_is_written():
    person = GrantFactory().person
    sign_in(PlatformClient(), person, password="не той")
    rows = list(Tries.objects.order_by("name").values_list("name", "value"))
    assert rows
    assert not any(word in f"{rows}" for word in (person.login, str(person.pk), "127.0.0.1"))


def test_of_many_at_the_same_moment_each_is_counted():
    counted = at_once(*[lambda: once_more("one phone", within_seconds=60)] * 6)
    assert sorted(counted) == [1, 2, 3, 4, 5, 6]


def test_of_many_who_add_at_the_same_moment_one_does():
    added = at_once(*[lambda: caches["default"].add("lock", True, timeout=60)] * 6)
    assert sorted(added) == [False] * 5 + [True]


def test_what_is_over_begins_anew_and_is_forgotten_by_night(now):
    memory = TriesInDatabase("", {})
    memory.set("history", [1.5, 2.25], timeout=60)
    assert memory.get("history") == [1.5, 2.25]
    assert not memory.add("history", [])
    passed(now, "history")
    assert memory.get("history", "none") == "none"
    assert not memory.delete("history")
    assert memory.add("history", [3.0])
    assert memory.get("history") == [3.0]

    once_more("phone", within_seconds=60)
    assert once_more("phone", within_seconds=60) == 2
    Tries.objects.update(until=now)
    assert once_more("phone", within_seconds=60) == 1
    forget_old_tries(now)
    assert Tries.objects.count() == 1
    memory.clear()
    assert not Tries.objects.exists()


def test_the_time_runs_from_the_first_try_however_many_follow():
    """Otherwise whoever goes on trying would lock a stranger's phone out for ever."""
    once_more("phone", within_seconds=60)
    until = Tries.objects.get().until
    assert once_more("phone", within_seconds=3_600) == 2
    assert Tries.objects.get().until == until


def test_what_is_deleted_is_gone_and_said_to_be():
    memory = TriesInDatabase("", {})
    memory.set("history", [1.5], timeout=60)
    memory.set("another", [2.5], timeout=60)
    assert memory.delete("history")
    assert (memory.get("history"), memory.get("another")) == (None, [2.5])
    assert not memory.delete("history")


def test_an_entry_without_an_end_ends_in_a_day_and_one_of_which_nothing_is_said_in_five_minutes():
    memory = TriesInDatabase("", {})

    def lasts(**ends):
        memory.set("measure", 1, timeout=0)
        memory.set("kept", 1, **ends)
        began, ends_at = (Tries.objects.get(name=memory._name(name, None)).until for name in ("measure", "kept"))
        return round((ends_at - began).total_seconds(), -2)

    assert (lasts(timeout=None), lasts(), lasts(timeout=700)) == (86_400, 300, 700)
