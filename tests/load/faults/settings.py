"""As an installation runs: connections that are kept, pages without a stack trace. Only static files are not collected."""

from edem.config.settings.dev import *  # noqa: F403 - settings

DEBUG = False
