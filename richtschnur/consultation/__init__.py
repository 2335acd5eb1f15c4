"""Beteiligung. In: an edition. Out: a period in which people may say something to it."""
