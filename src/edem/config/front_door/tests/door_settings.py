"""The real front door over a small site of test pages; the database is the tests' own."""

from edem.config.settings.test import *  # noqa: F403 - settings

ROOT_URLCONF = COMMUNITY_URLCONF = "edem.config.front_door.tests.door_urls"
MIDDLEWARE = [
    "edem.foundation.communities.middleware.request_time",
    "django.middleware.security.SecurityMiddleware",
    "edem.config.security.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "edem.ui.language.language_of_request",
    "edem.foundation.communities.middleware.community_of_request",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
STRICT_KEEPING = False
"""Here the door's own refusal to keep is tested."""
