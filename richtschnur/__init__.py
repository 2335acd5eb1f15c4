"""Richtschnur: from a resident's sentence to the answer, the changed passage, and back."""

__version__ = "0.1.0"
