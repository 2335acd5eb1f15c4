"""Django's settings, read from the installation's folder and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from richtschnur.config import installation
from richtschnur.ui import languages

INSTALLATION = installation.current()
HOME = INSTALLATION.home

SECRET_KEY = INSTALLATION.secret_key()
DEBUG = False
DATABASES = {"default": INSTALLATION.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PUBLIC_URL = INSTALLATION.public_url
_secure = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if _served_at := os.environ.get("RICHTSCHNUR_SERVED_AT", ""):
    ALLOWED_HOSTS.append(_served_at)
CSRF_TRUSTED_ORIGINS: list[str] = []
if PUBLIC_URL:
    _address = urlsplit(PUBLIC_URL)
    ALLOWED_HOSTS.append(_address.hostname or "")
    CSRF_TRUSTED_ORIGINS.append(f"{_address.scheme}://{_address.netloc}")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_NAME = "richtschnur_session"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "richtschnur_csrf"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "richtschnur.ui.views.stale_form"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "richtschnur.county",
    "richtschnur.journal",
    "richtschnur.files",
    "richtschnur.mail",
    "richtschnur.jobs",
    "richtschnur.ui",
    "richtschnur.translation",
    "richtschnur.search",
    "richtschnur.accounts",
    "richtschnur.network",
    "richtschnur.strategy",
    "richtschnur.consultation",
    "richtschnur.contributions",
    "richtschnur.evaluation",
    "richtschnur.desk",
    "richtschnur.publishing",
]

MIDDLEWARE = [
    "richtschnur.ui.keeping.KeepingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "richtschnur.ui.content_policy.ContentPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "richtschnur.ui.middleware.RequestTimeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "richtschnur.accounts.middleware.PolicyMiddleware",
    "richtschnur.ui.middleware.RefusalMiddleware",
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:today"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ROOT_URLCONF = "richtschnur.config.urls"
WSGI_APPLICATION = "richtschnur.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "richtschnur.ui.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "richtschnur.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "richtschnur.ui.forms.KernRenderer"

LANGUAGE_CODE = "de"
LANGUAGES = [(language.code, language.name) for language in languages.LANGUAGES]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# `serve` collects and compresses the static files once a release; tests read them in place.
_collected = (STATIC_ROOT / "staticfiles.json").is_file()
_storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "staticfiles": {
        "BACKEND": _storage
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = not _collected
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# A comment of 2 MB must reach its form, so that what was typed can be shown again.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024

_mail = INSTALLATION.options.get("mail", {})
EMAIL_HOST = _mail.get("host", "")
EMAIL_PORT = _mail.get("port", 25)
EMAIL_HOST_USER = _mail.get("user", "")
EMAIL_HOST_PASSWORD = _mail.get("password", "")
EMAIL_USE_TLS = _mail.get("starttls", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _mail.get("from", "richtschnur@localhost")

# The public log: how often new entries are shown to everyone ("daily" or "at once").
LOG = INSTALLATION.options.get("log", {})

# A mailbox from which contributions are fetched by IMAP; without a host nothing is fetched.
MAIL_IN = INSTALLATION.options.get("mail_in", {})

# A virus scanner's daemon (ClamAV), as "host:port" or the path of its socket; off without one.
VIRUS_SCAN = str(INSTALLATION.options.get("virus_scan", {}).get("address", ""))

# A machine that makes drafts of translations; without an address nothing leaves the house.
TRANSLATION = INSTALLATION.options.get("translation", {})
# An address that turns texts into numbers, so that topics can be suggested; without one that
# happens in the house.
EMBEDDING = INSTALLATION.options.get("embedding", {})
# An address that sums up topics when somebody asks for it; without one nothing is sent.
SUMMARY = INSTALLATION.options.get("summary", {})

# How many contributions from one place are taken before one more step is asked for.
SENDING_BURST = int(INSTALLATION.options.get("limits", {}).get("burst", 30))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"discretion": {"()": "richtschnur.config.discretion.Discretion"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["discretion"],
        }
    },
    # Whoever asks for other hosts is answered with 400; a traceback each would fill the disk.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
