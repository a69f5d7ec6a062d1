"""The tests: real PostgreSQL, a database of their own, fast password hashes."""

import os

from edem.config.settings.base import *

SANDBOX = True
DATABASES["default"]["TEST"] = {
    "NAME": f"test_edem_{os.environ.get('EDEM_TEST_SUFFIX', 'main')}",
    "TEMPLATE": "template0",
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "EDEM_MEDIA_DIR" not in os.environ:
    # In memory, unless several processes of one test are to see the same files.
    STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "vyshnevohirsk.example"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STRICT_KEEPING = True
"""A page marked @kept that carries something personal fails its test."""
