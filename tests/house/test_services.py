"""One service, one folder, only the named rooms (style.md §1)."""

from importlib import import_module

from edem.config.services import OWN
from edem.kernel.lifecycle import Lifecycle
from edem.kernel.lifecycle_faults import faults_of
from tests.house.source import SERVICES, nothing

MODULES = {"__init__", "rules", "charter", "events", "models", "policies", "queries", "actions", "web", "api", "jobs"}
MODULES |= {"cards", "reactions", "messages", "manifest", "apps", "admin"}
FOLDERS = {"templates", "static", "migrations", "tests", "__pycache__"}
NEEDED = {"apps", "manifest", "messages"}


def folders():
    return [path for path in sorted(SERVICES.iterdir()) if path.is_dir() and (path / "__init__.py").exists()]


def rooms(service):
    return {path.stem if path.suffix == ".py" else path.name for path in service.iterdir()}


def test_a_service_has_only_the_named_rooms():
    strange = {service.name: rooms(service) - MODULES - FOLDERS for service in folders()}
    assert {name: extra for name, extra in strange.items() if extra} == {}


def test_a_service_has_what_every_service_needs():
    missing = {service.name: NEEDED - rooms(service) for service in folders()}
    assert {name: lacking for name, lacking in missing.items() if lacking} == {}


def test_every_folder_is_a_line_in_the_list_of_services():
    assert sorted(name.rpartition(".")[2] for name in OWN) == [service.name for service in folders()]


def test_templates_and_static_files_lie_under_the_service_own_name():
    stray = [
        str(entry.relative_to(SERVICES))
        for service in folders()
        for room in ("templates", "static")
        if (service / room).is_dir()
        for entry in (service / room).iterdir()
        if entry.name != service.name
    ]
    nothing(stray)


def lifecycles():
    """Every lifecycle table that a service's rules hold."""
    for service in folders():
        for path in [service / "rules.py", *(service / "rules").glob("*.py")]:
            if path.exists():
                name = ".".join(path.relative_to(SERVICES.parent.parent).with_suffix("").parts).removesuffix(
                    ".__init__"
                )
                module = import_module(name)
                yield from (
                    (f"{name}.{key}", value) for key, value in vars(module).items() if isinstance(value, Lifecycle)
                )


def test_no_lifecycle_has_faults():
    nothing(f"{name}: {fault}" for name, lifecycle in lifecycles() for fault in faults_of(lifecycle))
