"""Parts that are the same for every reader: kept for an interval, dropped by their tags, never personal."""

from time import monotonic

import pytest
from django.test import override_settings
from django.utils.translation import override

from edem.foundation.live.parts import EVERYTHING, MOST_PARTS, PARTS, kept_part

LOADERS = [
    ("django.template.loaders.locmem.Loader", {"part.html": "{{ count }}", "who.html": "{{ request }}{{ user }}"})
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": LOADERS}}]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    clock = Clock()
    PARTS.open(interval=2)
    PARTS.clock = clock
    with override_settings(TEMPLATES=TEMPLATES):
        yield clock
    PARTS.close()
    PARTS.clock = monotonic


def counted(counts, **more):
    return kept_part("part.html", key=more.get("key", 5), tags=["petition:5"], facts=lambda: {"count": next(counts)})


def test_a_part_is_made_once_an_interval(clock):
    counts = iter(range(10))
    assert [counted(counts), counted(counts)] == ["0", "0"]
    clock.now = 1.99
    assert counted(counts) == "0"
    clock.now = 2
    assert counted(counts) == "1"


@pytest.mark.parametrize("tag", ["petition:5", EVERYTHING])
def test_a_change_drops_it_at_once(clock, tag):
    counts = iter(range(10))
    counted(counts)
    PARTS.drop(["petition:6"])
    assert counted(counts) == "0"
    PARTS.drop([tag])
    assert counted(counts) == "1"


def test_each_language_and_key_has_its_own(clock):
    counts = iter(range(10))
    assert (counted(counts), counted(counts, key=6)) == ("0", "1")
    with override("en"):
        assert counted(counts) == "2"


def test_what_changed_while_it_was_made_is_not_kept(clock):
    def facts():
        PARTS.drop(["petition:5"])
        return {"count": 1}

    assert kept_part("part.html", key=5, tags=["petition:5"], facts=facts) == "1"
    assert kept_part("part.html", key=5, tags=["petition:5"], facts=lambda: {"count": 2}) == "2"


def test_nothing_of_the_reader_can_be_in_it(clock):
    assert kept_part("who.html", key=1, tags=[], facts=dict) == ""


def test_the_shelf_has_an_end(clock):
    for key in range(MOST_PARTS + 10):
        counted(iter([key]), key=key)
    assert counted(iter(["anew"]), key=0) == "anew"
    assert counted(iter(["anew"]), key=MOST_PARTS + 9) == str(MOST_PARTS + 9)


def test_commands_and_tests_keep_nothing():
    with override_settings(TEMPLATES=TEMPLATES):
        assert [counted(counts := iter(range(3))), counted(counts)] == ["0", "1"]
