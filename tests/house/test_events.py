"""Every event is read, everything in jobs.py and reactions.py is called by a clock or by an event."""

import ast

from edem.foundation.events import events_and_readers, scheduled_jobs
from edem.foundation.events.facts import known_events
from tests.house.source import nothing, own_modules

DECORATORS = {"daily", "every", "at_its_moment", "reacts_to"}


def test_every_event_is_read():
    nothing(name for name, readers in events_and_readers().items() if not readers and name not in events_of_tests())


def events_of_tests() -> set[str]:
    return {name for name, kind in known_events().items() if ".tests." in kind.__module__}


def public_functions(tree: ast.Module):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def decorated_with(node: ast.FunctionDef) -> set[str]:
    named = (call.func if isinstance(call, ast.Call) else call for call in node.decorator_list)
    return {getattr(name, "id", getattr(name, "attr", "")) for name in named}


def used_in(tree: ast.Module) -> set[str]:
    """What is called by the module's own functions."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def test_every_job_and_reaction_is_called_by_something():
    idle = [
        f"{module.name}: {node.name}"
        for module in own_modules()
        if {module.path.stem, module.path.parent.name} & {"jobs", "reactions"} and module.path.parent.name != "events"
        for node in public_functions(module.tree)
        if not decorated_with(node) & DECORATORS and node.name not in used_in(module.tree)
    ]
    nothing(idle)


def test_the_clock_keeps_something():
    assert len(list(scheduled_jobs())) > 0
