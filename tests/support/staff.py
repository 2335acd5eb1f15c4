"""Tests of the staff's pages: their addresses in English, and people logged in."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.accounts.models import User


def address(name: str, *args: object, **kwargs: object) -> str:
    """The English address of a page, so that tests can read its words."""
    with override("en"):
        return reverse(name, args=args or None, kwargs=kwargs or None)


def logged_in(user: User) -> Client:
    """A browser in which this person has logged in."""
    client = Client()
    client.force_login(user)
    return client
