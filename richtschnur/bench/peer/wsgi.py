"""The peer's application; its table is made when it starts."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "richtschnur.bench.peer.settings"
application = get_wsgi_application()
