"""Konten, Ämter: who works here, in which role, and who stands in for whom."""
