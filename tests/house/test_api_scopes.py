"""Every operation of the API says what programs may do with it; a scope is named after its service."""

import re

from edem.foundation.people.programs import Door
from edem.portals.public_api.api import operations, programs_of, scopes
from tests.house.source import nothing

SAFE = {"GET", "HEAD", "OPTIONS"}


def test_every_operation_declares_what_programs_may():
    nothing(f"{each.methods} {each.path}" for each in operations() if not hasattr(each.view_func, "programs"))


def test_what_changes_something_is_never_open_to_everybody_without_a_scope_of_its_own():
    writing = [each for each in operations() if not set(each.methods) <= SAFE]
    nothing(each.path for each in writing if programs_of(each).door is Door.EVERYBODY)
    nothing(each.path for each in writing if programs_of(each).door is Door.KEYS and programs_of(each).scope is None)


def test_a_scope_that_only_reads_is_named_so():
    for each in operations():
        scope = programs_of(each).scope
        if scope is not None:
            assert scope.code.endswith(":read") is (set(each.methods) <= SAFE), f"{each.path}: {scope.code}"


def test_scopes_are_named_by_service_and_deed_and_in_words():
    nothing(scope.code for scope in scopes() if not re.fullmatch(r"[a-z_]+:[a-z_]+", scope.code) or not scope.words)
    codes = [scope.code for scope in scopes()]
    assert len(codes) == len(set(codes))
