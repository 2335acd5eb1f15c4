"""Builds the static files that come from npm into richtschnur/ui/static/ui/vendor/.

The design system's style sheet, the same one mirrored for right-to-left scripts, and the few
font cuts the pages use. The result is ignored by git; `./run` calls this when it is stale.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import nodejs

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
VENDOR = ROOT / "richtschnur" / "ui" / "static" / "ui" / "vendor"

FONTS = {
    "fira-sans": ((400, 600, 700), ("latin", "latin-ext", "cyrillic")),
    "noto-sans-arabic": ((400, 700), ("arabic",)),
}
FAMILY_OF_KERN = '--kern-typography-font-family-fira-sans: "Fira Sans", sans-serif'
FAMILY_WITH_ARABIC = (
    '--kern-typography-font-family-fira-sans: "Fira Sans", "Noto Sans Arabic", sans-serif'
)
FACE = re.compile(r"/\* (?P<name>[a-z0-9-]+) \*/\s*(?P<rule>@font-face \{.*?\})", re.DOTALL)


def fingerprint(*, with_tests: bool) -> str:
    """A hash of everything the built files depend on, as hexadecimal text."""
    digest = hashlib.sha256(b"tests" if with_tests else b"pages")
    for path in (FRONTEND / "package-lock.json", FRONTEND / ".npmrc", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_fresh(*, with_tests: bool) -> bool:
    """Whether the built files, and with `with_tests` the page checkers, are there and current."""
    stamp = VENDOR / ".stamp"
    wanted = {fingerprint(with_tests=True)} | (
        set() if with_tests else {fingerprint(with_tests=False)}
    )
    checkers_there = not with_tests or (MODULES / "vnu-jar").is_dir()
    return stamp.is_file() and stamp.read_text() in wanted and checkers_there


def build(*, with_tests: bool) -> None:
    """Installs the npm packages and writes the vendor folder anew."""
    node, npm = nodejs.commands()
    omit = [] if with_tests else ["--omit=dev"]
    nodejs.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *omit], FRONTEND)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    _build_styles(node)
    _build_fonts()
    (VENDOR / ".stamp").write_text(fingerprint(with_tests=with_tests))


def _build_styles(node: list[str]) -> None:
    source = (MODULES / "@kern-ux/native/dist/kern.min.css").read_text(encoding="utf-8")
    styles = source.replace(FAMILY_OF_KERN, FAMILY_WITH_ARABIC)
    if styles == source or "@font-face" in styles:
        raise nodejs.Missing("The design system names its fonts in a new way: adapt it.")
    (VENDOR / "kern.min.css").write_text(styles, encoding="utf-8")
    rtlcss = str(MODULES / "rtlcss/bin/rtlcss.js")
    nodejs.run([*node, rtlcss, "kern.min.css", "kern.rtl.css"], VENDOR)
    (VENDOR / "kern.LICENSE.md").write_bytes((MODULES / "@kern-ux/native/LICENSE.md").read_bytes())


def _build_fonts() -> None:
    (VENDOR / "fonts").mkdir()
    rules = []
    for family, (weights, subsets) in FONTS.items():
        folder = MODULES / "@fontsource" / family
        shutil.copyfile(folder / "LICENSE", VENDOR / "fonts" / f"{family}.LICENSE")
        for weight in weights:
            for file, rule in _faces(folder, weight, subsets):
                shutil.copyfile(folder / "files" / file, VENDOR / "fonts" / file)
                rules.append(rule)
    (VENDOR / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def _faces(folder: Path, weight: int, subsets: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of a font file's name and its @font-face rule, one for each subset."""
    found = {
        match["name"]: match["rule"]
        for match in FACE.finditer((folder / f"{weight}.css").read_text(encoding="utf-8"))
    }
    for subset in subsets:
        name = f"{folder.name}-{subset}-{weight}-normal"
        source = f"src: url(fonts/{name}.woff2) format('woff2');"
        yield f"{name}.woff2", re.sub(r"src: [^;]*;", source, found[name])


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the style sheets and fonts from npm.")
    parser.add_argument("--with-tests", action="store_true", help="also get the page checkers")
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    parser.add_argument("--is-fresh", action="store_true", help="only ask; exit code 1 when not")
    asked = parser.parse_args()
    fresh = is_fresh(with_tests=asked.with_tests)
    if asked.is_fresh:
        return 0 if fresh else 1
    if fresh and not asked.force:
        return 0
    try:
        build(with_tests=asked.with_tests)
    except nodejs.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
