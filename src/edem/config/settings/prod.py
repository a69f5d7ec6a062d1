"""A council's installation. `./edem check-deploy` refuses demo secrets and the sandbox sign-in."""

from edem.config.logs import logging_as
from edem.config.settings.base import *

PRODUCTION = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
LOGGING = logging_as(env.log_format or "json", level=env.log_level)
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # edem.config.security sends X-Frame-Options itself, since a widget's pages may be framed
    "security.W021",  # the browsers' preload list is for good: a council asks for it, not a default
]
