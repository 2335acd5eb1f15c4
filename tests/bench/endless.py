"""A benchmark that goes on until it is ended, and has something to clear up."""

import os
import time
from pathlib import Path


def run(*, seed, is_quick, progress):
    folder = Path(os.environ["ENDLESS"])
    folder.mkdir()
    try:
        time.sleep(3600)
    finally:
        folder.rmdir()
