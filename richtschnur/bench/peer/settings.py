"""Settings of the peer: an installation's database and nothing else."""

from __future__ import annotations

from richtschnur.config import installation

_place = installation.current()
SECRET_KEY = _place.secret_key()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": _place.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["richtschnur.bench.peer"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "richtschnur.bench.peer.views"
WSGI_APPLICATION = "richtschnur.bench.peer.wsgi.application"
TEMPLATES: list[dict[str, object]] = []
USE_TZ = True
