"""A background worker that is there again at once when it was killed: it forks what is loaded.

Starting anew takes seconds, in which a kill would find no work. `python -m richtschnur.bench.forked
package.module:function` runs the schedule that the function gives.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module

import django

from richtschnur.bench.processes import end_with_parent

REST_S = 0.1


def main() -> int:
    """Fork a worker, and another one when it is gone."""
    django.setup()
    from richtschnur.jobs.worker import run_forever
    from richtschnur.ui import clock

    module, _colon, name = sys.argv[1].partition(":")
    schedule = getattr(import_module(module), name)
    while True:
        child = os.fork()
        if not child:
            end_with_parent(signal.SIGKILL)
            run_forever(schedule(), now=clock.now, stop=threading.Event(), rest=REST_S)
        os.waitpid(child, 0)


if __name__ == "__main__":
    sys.exit(main())
