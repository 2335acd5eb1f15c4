"""The whole line in a real browser, and what every one of its pages must hold."""
