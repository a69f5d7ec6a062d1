"""What the operator's guide gives to a shell can be run as it stands, in its order, with what the services have."""

import re
import shlex
import subprocess
from textwrap import dedent

from tests.house.source import nothing, read
from tests.house.test_deployment import DEPLOY, GUIDE, KNOWN_COMMANDS, OURS, UNITS

AS_EDEM = DEPLOY / "as-edem"


def blocks() -> list[str]:
    """What the guide gives to a shell, as a page shows it: without the list's indent."""
    return [dedent(found) for found in re.findall(r"```sh\n(.*?)\n *```", read(GUIDE), re.DOTALL)]


def test_a_shell_understands_what_the_guide_gives_it():
    shells = [["sh", "-n", "-c", block] for block in blocks()] + [["sh", "-n", str(AS_EDEM)]]
    assert len(shells) > 8
    nothing([said for shell in shells if (said := subprocess.run(shell, capture_output=True, check=False).stderr)])


def test_commands_on_a_server_run_as_the_services_do():
    """By hand and without their folders a backup would hold no files, and a restore would put them where nobody looks."""
    said = re.compile(r"(\./|/opt/edem-\w+/)edem [a-z]")
    ours = [line.strip() for block in blocks() for line in block.splitlines() if said.search(line)]
    assert len(ours) > 10
    nothing([line for line in ours if not line.startswith(("as-edem ", "docker compose ", "./edem setup "))])


def test_as_edem_gives_a_command_what_the_services_have():
    words = shlex.split(read(AS_EDEM), comments=True)
    told = [word.removeprefix("--property=").removeprefix("--setenv=") for word in words if "=" in word]
    folders = "/var/lib/edem"
    for path in (each for each in UNITS if each.suffix == ".service"):
        lines = read(path).splitlines()
        named = [line for line in lines if line.startswith(("EnvironmentFile=", "StateDirectory=", "UMask="))]
        settings = " ".join(line.removeprefix("Environment=") for line in lines if line.startswith("Environment="))
        user = [f"--{name}=edem" for name in ("uid", "gid")]
        assert set(told) == {*named, *settings.split(), *user, "--working-directory=/opt/edem"}, path.name
        assert settings.count(folders) == 3


def test_a_release_lies_beside_the_one_that_serves():
    """In one folder the running program would meet the next one's templates; going back would need the registries."""
    upgrade = read(GUIDE).split("## Оновлення без зупинки")[1].split("\n## ")[0]
    steps = [
        "./edem backup",
        "git clone",
        "./edem setup",
        "edem migrate",
        "ln -sfn",
        "daemon-reload",
        "systemctl restart",
    ]
    places = [upgrade.index(step) for step in steps]
    assert places == sorted(places)
    assert "git checkout" not in upgrade


def test_nginx_gets_its_certificate_before_its_file_and_hears_of_renewed_ones():
    """With a missing certificate it reads no configuration at all, and certbot's own part fails with it."""
    for text in (read(GUIDE), read(DEPLOY / "proxy/nginx.conf")):
        certificate = re.search(r'certbot certonly .*--deploy-hook "systemctl reload nginx"', text)
        assert certificate
        assert certificate.start() < text.index("/etc/nginx/conf.d/edem.conf")


def test_the_guide_s_commands_name_containers_that_are_there():
    said = [line for block in blocks() for line in block.splitlines() if "docker compose" in line]
    asked = re.findall(r"docker compose (run|exec) (?:--rm )?(?:--volume \S+ )?(\S+) (\S+)", " \n".join(said))
    assert len(asked) > 4
    for verb, service, word in asked:
        assert service in OURS
        assert (word == "./edem") == (verb == "exec")
        assert verb == "exec" or word in KNOWN_COMMANDS
    stopped = {name for line in said if "docker compose stop" in line for name in line.split()[3:]}
    assert stopped == OURS.keys() - {"migrate"}, "whoever writes is stopped before a restore"
