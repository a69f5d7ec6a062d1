"""What `deploy/` and the operator's guide tell people to run exists; every setting is explained; nothing secret lies there."""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from edem.config.env import Environment
from tests.house.source import ROOT, nothing, read
from tools.commands import COMMANDS

DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "guides" / "operator.md"
UNITS = sorted(DEPLOY.glob("systemd/*"))
COMPOSE = yaml.safe_load(read(DEPLOY / "compose.yaml"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image", "").startswith("edem")}

KNOWN_COMMANDS = {command.name for command in COMMANDS}
SETTINGS = {"DATABASE_URL"} | {f"EDEM_{name.upper()}" for name in Environment.model_fields if name != "database_url"}
OF_THE_PROXY = {"EDEM_DOMAIN", "EDEM_ACME_MAIL", "EDEM_UPSTREAM", "EDEM_VERSION"}
"""Read by Caddy and compose, not by the platform."""

COMMAND = re.compile(r"\./edem ([a-z][a-z-]*)((?: +(?:--?[a-z][a-z-]*|'[^']*'|[^\s`|#;&)]+))*)")
VARIABLE = re.compile(r"\b(EDEM_[A-Z_]+|DATABASE_URL)(?:_FILE)?\b")
MANAGED = re.compile(r"\./edem manage ([a-z_]+)")


def texts() -> dict[str, str]:
    files = [path for path in DEPLOY.rglob("*") if path.is_file() and path.parent.name != "secrets"]
    return {path.relative_to(ROOT).as_posix(): read(path) for path in [*files, GUIDE]}


def variables(text: str) -> set[str]:
    return {found.removesuffix("_FILE") for found in VARIABLE.findall(text)}


def test_every_command_that_operators_are_told_exists():
    unknown = [
        f"{file}: ./edem {name}"
        for file, text in texts().items()
        for name, _ in COMMAND.findall(text)
        if name not in KNOWN_COMMANDS | {"help"}
    ]
    nothing(unknown)


def test_every_command_of_django_that_operators_are_told_exists():
    from django.core.management import get_commands

    nothing(
        [
            f"{file}: manage {name}"
            for file, text in texts().items()
            for name in MANAGED.findall(text)
            if name not in get_commands()
        ]
    )


def test_every_setting_that_is_named_exists():
    nothing(
        [
            f"{file}: {name}"
            for file, text in texts().items()
            for name in sorted(variables(text) - SETTINGS - OF_THE_PROXY)
        ]
    )


def test_the_guide_explains_every_setting():
    nothing(sorted(SETTINGS - variables(read(GUIDE))))


def test_the_guide_names_every_figure_that_it_alarms_on():
    """A renamed figure would leave an alarm that never rings."""
    from edem.config import watch

    written = "".join(read(path) for path in Path(watch.__file__).parent.glob("*.py"))
    written += read(ROOT / "src/edem/foundation/intake/figures.py")
    alarms = yaml.safe_load(read(DEPLOY / "monitoring/alerts.yaml"))
    told = read(GUIDE).split("| коли дзвонити")[1].split("\n\n")[0] + str(alarms)
    named = set(re.findall(r"\bedem_[a-z_]+[a-z]\b", told))
    families = {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in named}
    assert len(families) > 5
    nothing(sorted(name for name in families if f'"{name}"' not in written))


# Containers


def test_no_container_s_journal_fills_the_disk():
    nothing([name for name, service in COMPOSE["services"].items() if "max-size" not in service["logging"]["options"]])


def test_the_parts_of_an_installation_are_all_there():
    assert COMPOSE["services"].keys() == {"postgres", "migrate", "web", "worker", "backup", "proxy"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_container_runs_a_command_of_ours(name):
    words = OURS[name]["command"]
    said = " ".join(words) if OURS[name].get("entrypoint") else f"./edem {' '.join(words)}"
    found = COMMAND.findall(said)
    assert found
    assert {command for command, _ in found} <= KNOWN_COMMANDS


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_container_may_do_little_and_gets_its_secrets_as_files(name):
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    files = {value.rpartition("/")[2] for value in service["environment"].values() if value.startswith("/run/secrets/")}
    assert files == set(service["secrets"]) <= COMPOSE["secrets"].keys()


def test_postgresql_speaks_ukrainian_on_every_machine():
    asked = shlex.split(COMPOSE["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"])
    assert {"--locale-provider=builtin", "--builtin-locale=C.UTF-8"} <= set(asked)


def test_web_and_workers_wait_for_the_migrations_and_may_be_many():
    for name in ("web", "worker"):
        service = COMPOSE["services"][name]
        assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert service["deploy"]["replicas"] >= 1
        assert not {"ports", "container_name"} & service.keys()


def test_every_volume_that_is_used_is_declared():
    used = {
        volume.partition(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", ())
        if not volume.startswith((".", "/"))
    }
    assert used == COMPOSE["volumes"].keys()


def test_what_containers_wait_for_and_share_is_there():
    services = COMPOSE["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", ())) <= services.keys(), name
        assert set(service.get("secrets", ())) <= COMPOSE["secrets"].keys(), name
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert not source.startswith(".") or (DEPLOY / source).exists(), volume
        env_file = service.get("env_file")
        assert env_file is None or (DEPLOY / f"{env_file}.example").exists(), env_file
    assert {Path(secret["file"]).parent for secret in COMPOSE["secrets"].values()} == {Path("secrets")}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_container_s_volumes_lie_where_the_image_keeps_its_files(name):
    """An image that is read only can write nowhere else."""
    image = " ".join(rest for _, rest in instructions())
    for volume in OURS[name]["volumes"]:
        assert volume.split(":")[1] in image
    folders = [each.split(":")[0] for each in OURS[name]["tmpfs"]]
    assert f"EDEM_STATE_DIR={folders[1]}" in image
    assert [each for each in OURS[name]["volumes"] if each.split(":")[1] == media_folder(image)]


def media_folder(image: str) -> str:
    found = re.search(r"EDEM_MEDIA_DIR=(\S+)", image)
    assert found
    return found[1]


def test_whoever_asks_the_web_asks_the_port_where_it_listens():
    from edem.config.watch.room import PATHS

    told = dict(instructions())
    port = told["EXPOSE"]
    assert COMPOSE["services"]["proxy"]["environment"]["EDEM_UPSTREAM"] == f"web:{port}"
    asked = re.search(r"http://127\.0\.0\.1:(\d+)(/[a-z/]+)", told["HEALTHCHECK"])
    assert asked
    assert asked[1] == port
    assert asked[2] in PATHS
    assert "--port" not in OURS["web"]["command"]
    assert f'"--port", type=int, default={port}' in read(ROOT / "tools/everyday.py")


def test_processes_are_given_longer_to_stop_than_they_take():
    """Docker kills whoever has not ended by then, with what it was doing."""
    grace = {name: int(OURS[name]["stop_grace_period"].removesuffix("s")) for name in ("web", "worker")}
    units = {"web": "edem-web.service", "worker": "edem-worker@.service"}
    for name, file in units.items():
        assert grace[name] == int(unit(DEPLOY / "systemd" / file)["Service"]["TimeoutStopSec"])


def test_only_our_proxy_s_network_is_believed():
    (network,) = [each["subnet"] for each in COMPOSE["networks"]["default"]["ipam"]["config"]]
    assert COMPOSE["x-edem"]["environment"]["EDEM_TRUSTED_PROXIES"] == network


# The image


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", "", read(DEPLOY / "Dockerfile"))
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.strip().partition(" ") for line in lines)]


def test_what_the_image_copies_exists_and_is_not_ignored():
    told = read(DEPLOY / "Dockerfile.dockerignore").splitlines()
    let_in = {line.removeprefix("!") for line in told if line.startswith("!")}
    copied = {
        word for kind, rest in instructions() if kind == "COPY" and "--from" not in rest for word in rest.split()[:-1]
    }
    assert copied == let_in
    nothing([name for name in copied if not (ROOT / name).exists()])


def test_the_image_runs_as_nobody_in_particular_and_hears_signals():
    told = dict(instructions())
    assert told["USER"] == "edem"
    assert told["ENTRYPOINT"] == '["tini", "--", "./edem"]'
    assert told["CMD"].startswith('["serve"')
    assert "/health/live" in told["HEALTHCHECK"]


def test_the_image_takes_packages_by_their_hashes_alone():
    said = " ".join(rest for kind, rest in instructions() if kind == "RUN")
    assert "./edem setup --production" in said
    assert "pip install" not in said
    assert "npm install" not in said


# systemd


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read_string(read(path))
    return parser


@pytest.mark.parametrize("path", [each for each in UNITS if each.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_runs_a_command_of_ours_with_few_rights(path):
    service = unit(path)["Service"]
    program, command, *_ = shlex.split(service["ExecStart"])
    assert program == "/opt/edem/edem"
    assert command in KNOWN_COMMANDS
    assert service["User"] == "edem"
    for name, value in {
        "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
    }.items():  # fmt: skip
        assert service[name] == value


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_understands_every_unit(tmp_path):
    program = tmp_path / "edem"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for path in UNITS:
        here = read(path).replace("/opt/edem/edem", str(program)).replace("User=edem", "User=root")
        (tmp_path / path.name).write_text(here.replace("Group=edem", "Group=root"))
    (tmp_path / "edem-worker@1.service").write_text((tmp_path / "edem-worker@.service").read_text())
    units = [str(path) for path in tmp_path.glob("*.*") if "@." not in path.name]
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    nothing([line for line in said.stderr.splitlines() if "edem" in line])
    assert said.returncode == 0, said.stderr


# Secrets


def test_the_example_of_settings_holds_no_secret():
    example = dict(
        line.split("=", 1) for line in read(DEPLOY / "edem.env.example").splitlines() if re.match(r"\w+=", line)
    )
    assert not {"DATABASE_URL", "EDEM_SECRET_KEY", "EDEM_VAULT_KEY", "EDEM_MARK_KEY", "EDEM_SMTP_URL"} & example.keys()
    assert not [name for name in example if name.endswith(("_SECRET", "_TOKEN", "_KEY"))]
    assert read(DEPLOY / "secrets" / ".gitignore").split() == ["*", "!.gitignore"]
