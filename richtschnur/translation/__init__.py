"""Übersetzung. In: words of a county's papers. Out: further languages, each with its state."""
