"""Runs in a process of its own: `python -I typesetting.py JOB`, told by a JSON file.

The job holds `folder` (with paper.typ and paper.json), `output`, `fonts` (folders),
`timestamp` (seconds) and `memory` (bytes). Says on standard error what went wrong.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

try:
    import resource
except ImportError:  # not on this system: then only the time is limited
    resource = None  # type: ignore[assignment]


def main(job: dict[str, Any]) -> int:
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=job["fonts"]
    )
    try:
        _, warnings = typst.compile_with_warnings(
            str(Path(job["folder"]) / "paper.typ"),
            output=job["output"],
            root=job["folder"],
            font_paths=fonts,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=job["timestamp"],
        )
    except typst.TypstError as error:
        warnings = [error]
    sys.stderr.writelines(f"{warning} {getattr(warning, 'trace', '')}\n" for warning in warnings)
    return 1 if warnings else 0


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
