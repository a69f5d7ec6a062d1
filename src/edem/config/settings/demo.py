"""The living sample community: as production, with the sandbox sign-in and secrets of its own making."""

from edem.config.settings.base import *

SANDBOX = True
