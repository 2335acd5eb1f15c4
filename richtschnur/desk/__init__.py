"""Heute: what a person has to do today, notes and follow-ups."""
