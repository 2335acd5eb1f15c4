"""Konzept, Fassung, Absatz. In: a draft file. Out: frozen editions, stable passages."""
