"""Einzelpunkt, Antwort, Auswertungsübersicht.

In: originals. Out: released answers, changed passages.
"""
