"""Tests really run on the database that the run says."""

import threading

import pytest

from tests.support import environment


@pytest.mark.django_db(transaction=True)
def test_threads_see_the_same_database():
    from django.contrib.sessions.models import Session
    from django.db import connection
    from django.utils import timezone

    seen = []

    def count():
        seen.append((connection.vendor, Session.objects.count()))
        connection.close()

    Session.objects.create(session_key="one", expire_date=timezone.now())
    other = threading.Thread(target=count)
    other.start()
    other.join()
    assert seen == [("postgresql" if environment.ON_POSTGRESQL else "sqlite", 1)]
