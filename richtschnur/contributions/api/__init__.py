"""Schnittstelle: read and submit for other programs, by the same rules as the pages.

The addresses stand in `urls`, each with its part of the OpenAPI document beside it.
"""
