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
