"""Outbox: a message is written with the act and sent by the worker."""
