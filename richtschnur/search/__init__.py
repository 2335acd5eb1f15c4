"""Suche: documents come in from the stages; a reader's words find them in all their forms."""
