"""Konzept, Fassung, Abschnitt, Absatz. In: a draft file. Out: frozen editions with stable passages."""
