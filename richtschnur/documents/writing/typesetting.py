"""Runs in a process of its own: `python -I typesetting.py JOB`, told by a JSON file.

The job holds `folder` (with paper.typ and what it reads), `output`, `format` (pdf or png), `fonts`
(folders), `timestamp` (seconds) and `memory` (bytes). Says on standard error what went wrong.
"""

import contextlib
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
        warnings = _compile(job, fonts)
    except typst.TypstError as error:
        warnings = [error]
        if _names_broken_pictures(job, fonts):
            with contextlib.suppress(typst.TypstError):
                warnings = _compile(job, fonts)
    sys.stderr.writelines(f"{warning} {getattr(warning, 'trace', '')}\n" for warning in warnings)
    return 1 if warnings else 0


def _compile(job: dict[str, Any], fonts: typst.Fonts) -> list[Any]:
    is_pdf = job["format"] == "pdf"
    _, warnings = typst.compile_with_warnings(
        str(Path(job["folder"]) / "paper.typ"),
        output=job["output"],
        format=job["format"],
        ppi=None if is_pdf else 192,
        root=job["folder"],
        font_paths=fonts,
        pdf_standards=["ua-1", "a-2a"] if is_pdf else [],
        timestamp=job["timestamp"],
    )
    return list(warnings)


def _names_broken_pictures(job: dict[str, Any], fonts: typst.Fonts) -> bool:
    """Writes into broken.json which pictures can't be read; the paper says them in words."""
    broken = []
    for picture in sorted(Path(job["folder"]).glob("picture-*")):
        trial = f'#set document(title: "-")\n#image("{picture.name}", alt: "-")'
        try:
            typst.compile(trial.encode(), root=job["folder"], font_paths=fonts)
        except typst.TypstError:
            broken.append(picture.name)
    (Path(job["folder"]) / "broken.json").write_text(json.dumps(broken), "utf-8")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
