"""Portal, feed and the small files that the web expects."""
