"""A benchmark that breaks, for the frame's test."""


def run(*, seed, is_quick, progress):
    raise ValueError(f"seed {seed}")
