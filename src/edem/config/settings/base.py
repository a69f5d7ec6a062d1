"""What every installation shares. Numbers that a council may change are charter fields, never settings."""

from pathlib import Path

from edem.config.database import django_database
from edem.config.env import ROOT, database_url, environment
from edem.config.logs import logging_as
from edem.config.services import SERVICES

env = environment()

EDEM_SERVICES: list[str] = list(SERVICES)
"""The Django apps of the services; the catalog reads their manifests."""

SECRET_KEY = env.secret_key
DEBUG = False
ALLOWED_HOSTS = env.allowed_hosts

FOUNDATION = [
    "places",
    "communities",
    "people",
    "audit",
    "events",
    "live",
    "files",
    "identity",
    "intake",
    "notices",
    "moderation",
    "search",
    "documents",
    "discussions",
    "catalog",
]
PORTALS = ["site", "cabinet", "desk", "operator", "public_api", "widget"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "edem.ui",
    *(f"edem.foundation.{name}" for name in FOUNDATION),
    *EDEM_SERVICES,
    *(f"edem.portals.{name}" for name in PORTALS),
    "edem.config",
]

MIDDLEWARE = [
    "edem.config.request_log.request_logged",
    "edem.foundation.communities.middleware.request_time",
    "django.middleware.security.SecurityMiddleware",
    "edem.config.security.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "edem.ui.language.language_of_request",
    "edem.foundation.communities.middleware.community_of_request",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "edem.foundation.people.middleware.person_of_request",
    "edem.foundation.intake.middleware.forms_counted",
    "edem.foundation.identity.middleware.act_pass",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "edem.ui.refusals.RefusalsAsPages",
]

ROOT_URLCONF = "edem.config.urls"
COMMUNITY_URLCONF = "edem.config.community_urls"
WSGI_APPLICATION = "edem.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "edem.ui.templatetags.ui",
                "edem.foundation.catalog.templatetags.catalog",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "edem.foundation.catalog.frame.frame_of_page",
            ],
        },
    },
]
FORM_RENDERER = "edem.ui.forms.EdemRenderer"

DATABASES = {"default": django_database(database_url())}
CACHES = {
    # allauth counts wrong passwords and codes in the default one: all processes of all servers count together.
    "default": {"BACKEND": "edem.foundation.people.tries.TriesInDatabase"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["edem.foundation.people.backends.PeopleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "edem.foundation.people.adapters.StaffAccountAdapter"
MFA_ADAPTER = "edem.foundation.people.adapters.StaffMFAAdapter"
SOCIALACCOUNT_ADAPTER = "edem.foundation.people.outside.adapter.OutsideAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code may change while it is typed, and a phone's clock be a little wrong (RFC 6238, 5.2); each still works once.
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "/staff/sign-in/"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", "Українська"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src/edem/config/locale"]
TIME_ZONE = "Europe/Kyiv"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.static_dir or env.state_dir / "static"
NODE_MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    ("vendor/onest", NODE_MODULES / "@fontsource-variable/onest/files"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "edem.ui.styles.JoinedStyles",  # ui/core.css
    "edem.ui.vendored.VendoredFiles",
]
STORAGES = {
    "default": {"BACKEND": "edem.foundation.files.storage.LastingStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.media_dir
MEDIA_URL = "/files/"

PDF_FONTS: Path = NODE_MODULES / "@expo-google-fonts/onest"

SESSION_ENGINE = "edem.foundation.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "edem.ui.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "edem.foundation.files.upload.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "edem.foundation.files.upload.RoomyUploadHandler",
]

EDEM = env
SANDBOX = env.sandbox
PRODUCTION = False

LOGGING = logging_as(env.log_format or "plain", level=env.log_level)
