"""The peer's one application; only its own settings install it."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "richtschnur.bench.peer"
    label = "peer"
