"""Builds the static files that come from npm into richtschnur/ui/static/ui/vendor/.

Of the design system's style sheet what the pages use, the same mirrored for right-to-left scripts,
and the few font cuts, without hints: the first page that somebody opens must weigh 100 kB at most.
The result is ignored by git; `./run` calls this when it is stale.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import nodejs, trimming

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
PACKAGE = ROOT / "richtschnur"
VENDOR = PACKAGE / "ui" / "static" / "ui" / "vendor"

FONTS = {
    "fira-sans": ((400, 600, 700), ("latin", "latin-ext", "cyrillic")),
    "noto-sans-arabic": ((400, 700), ("arabic",)),
}
# What German, English, French and Turkish are written with; beside it Kurdish, Polish, Romanian,
# Czech and Croatian; and Arabic, Dari, Persian, Pashto, Urdu and Kurdish. All else of a script
# stands in a second file, which a browser fetches only when it meets such a letter.
EVERYDAY = {
    "fira-sans-latin": (
        "U+0020-007E,U+00A0,U+00A7,U+00AB,U+00AD,U+00B0,U+00B7,U+00BB,U+00C0-00C2,U+00C4,U+00C7-00CB,"
        "U+00CE,U+00D1,U+00D4,U+00D6,U+00DC,U+00DF-00E2,U+00E4,U+00E7-00EB,U+00EE-00EF,U+00F1,"
        "U+00F4,U+00F6,U+00F9,U+00FB-00FC,U+0131,U+2000-206F,U+20AC,U+2212"
    ),
    "fira-sans-latin-ext": (
        "U+0102-0107,U+010C-0111,U+0118-011B,U+011E-011F,U+0130-0131,U+0139-013A,U+013D-013E,"
        "U+0141-0144,U+0147-0148,U+0150-0151,U+0154-0155,U+0158-0165,U+016E-0171,U+0179-017E,"
        "U+0218-021B,U+1E9E"
    ),
    "noto-sans-arabic-arabic": (
        "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-0671,U+0679,U+067C,U+067E,U+0681,"
        "U+0685-0686,U+0688-0689,U+0691,U+0693,U+0695-0696,U+0698,U+069A,U+06A9,U+06AB,U+06AF,"
        "U+06B5,U+06BA,U+06BC,U+06BE,U+06C0-06C3,U+06C6,U+06CC-06CE,U+06D0,U+06D2-06D5,"
        "U+06F0-06F9,U+200C-200E,U+2010-2011"
    ),
}
# What a page asks of letters; a script that joins them needs all that its font knows.
FEATURES = {"fira-sans": ["kern", "liga", "tnum", "ccmp", "locl", "mark", "mkmk"]}
FAMILY_OF_KERN = '--kern-typography-font-family-fira-sans: "Fira Sans", sans-serif'
FAMILY_WITH_ARABIC = (
    '--kern-typography-font-family-fira-sans: "Fira Sans", "Noto Sans Arabic", sans-serif'
)
FACE = re.compile(r"/\* (?P<name>[a-z0-9-]+) \*/\s*(?P<rule>@font-face \{.*?\})", re.DOTALL)
RANGES = re.compile(r"unicode-range: ([^;]*);")


def fingerprint(*, with_tests: bool) -> str:
    """A hash of everything the built files depend on, as hexadecimal text."""
    digest = hashlib.sha256(b"tests" if with_tests else b"pages")
    sources = (FRONTEND / "package-lock.json", FRONTEND / ".npmrc", FRONTEND / "subset.mjs")
    for path in (*sources, Path(__file__), Path(trimming.__file__)):
        digest.update(path.read_bytes())
    digest.update("\n".join(trimming.spoken_of(_pages())).encode())
    return digest.hexdigest()


def _pages() -> list[Path]:
    return trimming.files_of(PACKAGE, without=VENDOR)


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
    _build_fonts(node)
    (VENDOR / ".stamp").write_text(fingerprint(with_tests=with_tests))


def _build_styles(node: list[str]) -> None:
    source = (MODULES / "@kern-ux/native/dist/kern.min.css").read_text(encoding="utf-8")
    styles = source.replace(FAMILY_OF_KERN, FAMILY_WITH_ARABIC)
    if styles == source or "@font-face" in styles:
        raise nodejs.Missing("The design system names its fonts in a new way: adapt it.")
    also = "".join(path.read_text("utf-8") for path in _pages())
    styles = trimming.trimmed(styles, trimming.used_in(_pages()), also)
    (VENDOR / "kern.min.css").write_text(styles, encoding="utf-8")
    rtlcss = str(MODULES / "rtlcss/bin/rtlcss.js")
    nodejs.run([*node, rtlcss, "kern.min.css", "kern.rtl.css"], VENDOR)
    (VENDOR / "kern.LICENSE.md").write_bytes((MODULES / "@kern-ux/native/LICENSE.md").read_bytes())


def _build_fonts(node: list[str]) -> None:
    (VENDOR / "fonts").mkdir()
    rules, orders = [], []
    for family, (weights, subsets) in FONTS.items():
        folder = MODULES / "@fontsource" / family
        shutil.copyfile(folder / "LICENSE", VENDOR / "fonts" / f"{family}.LICENSE")
        for weight in weights:
            for name, source, points, rule in _faces(folder, weight, subsets):
                target = str(VENDOR / "fonts" / f"{name}.woff2")
                order = {"source": str(source), "target": target, "points": sorted(points)}
                orders.append(order | {"features": FEATURES.get(family)})
                rules.append(rule)
    (VENDOR / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        written = Path(place) / "orders.json"
        written.write_text(json.dumps(orders), "utf-8")
        nodejs.run([*node, "subset.mjs", str(written)], FRONTEND)


def _faces(
    folder: Path, weight: int, subsets: tuple[str, ...]
) -> Iterator[tuple[str, Path, set[int], str]]:
    """Of each cut its name, the whole font's file, its characters and its @font-face rule."""
    found = {
        match["name"]: match["rule"]
        for match in FACE.finditer((folder / f"{weight}.css").read_text(encoding="utf-8"))
    }
    for subset in subsets:
        whole = f"{folder.name}-{subset}-{weight}-normal"
        rule = found[whole]
        ranges = RANGES.search(rule)
        if ranges is None:
            raise nodejs.Missing("The fonts name their characters in a new way: adapt it.")
        for name, points in _cuts(f"{folder.name}-{subset}", whole, _points(ranges[1])):
            cut = re.sub(r"src: [^;]*;", f"src: url(fonts/{name}.woff2) format('woff2');", rule)
            said = f"unicode-range: {_ranges(points)};"
            yield name, folder / "files" / f"{whole}.woff2", points, RANGES.sub(said, cut)


def _cuts(of: str, name: str, points: set[int]) -> Iterator[tuple[str, set[int]]]:
    everyday = _points(EVERYDAY.get(of, "")) & points
    if everyday:
        yield f"{name}-everyday", everyday
    yield name, points - everyday


def _points(ranges: str) -> set[int]:
    """The code points of "U+0600-06FF,U+200C"."""
    points: set[int] = set()
    for one in filter(None, ranges.replace("U+", "").split(",")):
        first, _dash, last = one.strip().partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def _ranges(points: set[int]) -> str:
    """The same the other way round."""
    said, listed = [], sorted(points)
    begins = [point for point in listed if point - 1 not in points]
    ends = [point for point in listed if point + 1 not in points]
    for begin, end in zip(begins, ends, strict=True):
        said.append(f"U+{begin:04X}" + (f"-{end:04X}" if end > begin else ""))
    return ",".join(said)


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
