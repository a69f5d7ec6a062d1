"""The act pass, from one place: made for a session, sealed into the cookie, opened by the front door."""

from edem.foundation.identity.facts import pass_of
from edem.foundation.identity.sealed_pass import COOKIE, LIFE, Pass, open_pass, seal_pass

__all__ = ["COOKIE", "LIFE", "Pass", "open_pass", "pass_of", "seal_pass"]
