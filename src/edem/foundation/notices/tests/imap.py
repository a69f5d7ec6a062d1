"""A real IMAP server for the tests: Debian's dovecot, run as whoever runs the tests, on a free port."""

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from tools.ports import free_port

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

_SETTINGS = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@contextmanager
def dovecot(folder: Path):
    """Serve the Maildir `folder/mail`; the address of its INBOX."""
    assert DOVECOT
    port = free_port()
    settings = folder / "dovecot.conf"
    settings.write_text(_SETTINGS.format(folder=folder, port=port, **_users(folder)))
    server = subprocess.Popen([DOVECOT, "-F", "-c", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server, folder)
        yield f"imap://olena:secret@127.0.0.1:{port}/INBOX"
    finally:
        server.terminate()
        server.wait(10)


def _users(folder):
    """It never runs as root itself: root's tests give the folder to nobody and use Debian's own users."""
    if os.getuid():
        own, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        return {"internal": own, "login": own, "group": group, "uid": os.getuid(), "gid": os.getgid()}
    nobody = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"internal": "dovecot", "login": "dovenull", "group": "dovecot", "uid": nobody.pw_uid, "gid": nobody.pw_gid}


def _wait_for(port, server, folder):
    until = monotonic() + 15
    while monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        server.poll()
    log = folder / "log"
    raise RuntimeError(log.read_text() if log.exists() else "dovecot has not started")
