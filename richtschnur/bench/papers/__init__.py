"""Papers made for benchmarks: the same seed makes the same paper."""
