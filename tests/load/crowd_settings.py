"""The tests' settings, but connections to the database are kept open, as every installation keeps them."""

from edem.config.settings.test import *  # noqa: F403 - settings

DATABASES["default"]["CONN_MAX_AGE"] = 600  # noqa: F405 - of the settings above
