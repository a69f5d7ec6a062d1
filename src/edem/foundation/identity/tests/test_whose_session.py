"""One computer, two people one after the other: each has a session of their own, which they can see and end."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from edem.foundation.identity.models import SignIn
from edem.foundation.people.tests.factories import PersonFactory
from edem.foundation.people.views import BACKEND

pytestmark = pytest.mark.django_db


def come_in(person, *, over=None):
    """Sign in by a browser that may still hold another's cookie; the key of the session that it leaves with."""
    request = HttpRequest()
    request.META["HTTP_USER_AGENT"] = "Firefox on Windows"
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(over)
    login(request, person, backend=BACKEND)
    request.session.save()
    return request.session.session_key


def test_whoever_comes_after_another_gets_a_session_of_their_own():
    first, second = PersonFactory(), PersonFactory()
    for _ in range(2):
        before = come_in(first)
        after = come_in(second, over=before)
        assert before != after
        assert SignIn.objects.get(session_key=after).person == second
    assert not SignIn.objects.filter(session_key="").exists()
