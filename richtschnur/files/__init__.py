"""Files kept by their content; the stage that owns a file serves it."""
