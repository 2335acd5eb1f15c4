"""Forms of the stage: what the public fills in, and what the staff records."""
