"""Names of the cookies that make a reader somebody."""

from typing import Final

PASS_COOKIE: Final = "edem_pass"  # noqa: S105 - a name, not a secret
