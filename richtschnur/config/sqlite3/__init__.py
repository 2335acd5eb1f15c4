"""Django's SQLite, whose writers stand in line instead of sleeping until they are lucky."""
