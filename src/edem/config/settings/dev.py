"""A developer's machine."""

from edem.config.settings.base import *

DEBUG = True
SANDBOX = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
