"""Background work: what the worker does, and how often."""
