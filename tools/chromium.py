"""Find a Chromium for the browser tests, or install one, and print where it is.

Looked for in this order: the path in ``CODEGLOT_CHROMIUM``, the programs on ``PATH``, the usual folder of macOS. If there
is none, the system's package manager is asked for one. Standard output carries the path alone, so that a shell can take
it; all else goes to standard error. Exit code 1 means that there is no browser, and says what to do.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

VARIABLE: Final = "CODEGLOT_CHROMIUM"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_PROGRAMS: Final = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
START_SECONDS: Final = 60
INSTALL_SECONDS: Final = 1800


class NoBrowserError(Exception):
    """No browser can be had; the message is for the person at the terminal."""


@dataclass(frozen=True)
class PackageManager:
    """How one system installs Chromium."""

    program: str
    """Its name on PATH."""
    commands: tuple[tuple[str, ...], ...]
    """What to run, in order; all must succeed."""
    extras: tuple[tuple[str, ...], ...] = ()
    """What to run afterwards; these may fail. Without its fonts a browser draws boxes for Chinese and Korean."""
    needs_root: bool = True
    """Whether it works for the administrator only."""
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Variables it needs."""


APT_GET: Final = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-y")
PACKAGE_MANAGERS: Final = (
    PackageManager(
        "apt-get",
        ((*APT_GET, "update"), (*APT_GET, "install", "--no-install-recommends", "chromium")),
        ((*APT_GET, "install", "--no-install-recommends", "fonts-noto-cjk"),),
        environment=MappingProxyType({"DEBIAN_FRONTEND": "noninteractive"}),
    ),
    PackageManager(
        "dnf",
        (("dnf", "install", "-y", "chromium"),),
        (("dnf", "install", "-y", "google-noto-sans-cjk-fonts"),),
    ),
    PackageManager("apk", (("apk", "add", "chromium"),), (("apk", "add", "font-noto-cjk"),)),
    PackageManager(
        "pacman",
        (("pacman", "-Sy", "--noconfirm", "--needed", "chromium"),),
        (("pacman", "-S", "--noconfirm", "--needed", "noto-fonts-cjk"),),
    ),
    PackageManager(
        "zypper",
        (("zypper", "--non-interactive", "install", "chromium"),),
        (("zypper", "--non-interactive", "install", "google-noto-sans-cjk-fonts"),),
    ),
    PackageManager("brew", (("brew", "install", "--cask", "google-chrome"),), needs_root=False),
)


def main() -> int:
    """Print the browser's path; return the exit code."""
    try:
        browser = chosen() or found() or installed()
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(browser)
    return 0


def chosen() -> Path | None:
    """Return the browser the environment variable names, or None if it names none."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    path = Path(named)
    if not path.is_file() or not os.access(path, os.X_OK):
        raise NoBrowserError(f"{VARIABLE} is {named}, which is no program. Correct it or unset it.")
    return path.absolute()


def found() -> Path | None:
    """Return the first browser of this system that starts."""
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[Path]:
    """Yield the programs that have a browser's name."""
    for name in NAMES:
        if program := shutil.which(name):
            yield Path(program)
    for path in MAC_PROGRAMS:
        if path.is_file():
            yield path


def starts(path: Path) -> bool:
    """Say whether a program can tell its version; a stand-in that only asks for another installation cannot."""
    try:
        done = subprocess.run((path, "--version"), capture_output=True, timeout=START_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def installed() -> Path:
    """Install a browser with the system's package manager and return it."""
    manager = next((each for each in PACKAGE_MANAGERS if shutil.which(each.program)), None)
    if manager is None:
        raise NoBrowserError(advice("No Chromium was found, and no package manager that could install one."))
    become = as_root() if manager.needs_root else ()
    if become is None:
        raise NoBrowserError(
            advice(
                "No Chromium was found, and installing one takes an administrator without a password prompt.",
                commands=tuple(("sudo", *command) for command in manager.commands),
            )
        )
    print(f"Installing Chromium for the browser tests with {manager.program}", file=sys.stderr)
    for command in manager.commands:
        complaint = run(command, become, manager.environment)
        if complaint is not None:
            raise NoBrowserError(advice(f"{complaint}\n\nThis failed: {' '.join((*become, *command))}"))
    for command in manager.extras:
        run(command, become, manager.environment)
    browser = found()
    if browser is None:
        raise NoBrowserError(advice(f"{manager.program} has installed Chromium, but none starts."))
    return browser


def as_root() -> tuple[str, ...] | None:
    """Return what to put before a command so that the administrator runs it, or None if that is not possible."""
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(("sudo", "-n", "true"), capture_output=True, check=False)
    return ("sudo", "-n") if asked.returncode == 0 else None


def run(command: tuple[str, ...], become: tuple[str, ...], environment: Mapping[str, str]) -> str | None:
    """Run one command of a package manager; return what it printed if it failed, else None."""
    # sudo drops the caller's variables, env behind it sets them again.
    settings = tuple(f"{name}={value}" for name, value in environment.items())
    prefix = (*become, "env", *settings) if settings else become
    try:
        done = subprocess.run(
            (*prefix, *command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"No end after {INSTALL_SECONDS // 60} minutes."
    return None if done.returncode == 0 else done.stdout.strip()


def advice(problem: str, commands: tuple[tuple[str, ...], ...] = ()) -> str:
    """Return the problem with what a person can do about it."""
    lines = [problem, "The browser tests need Chromium or Chrome. Install one"]
    if commands:
        lines[-1] += ":"
        lines += [f"    {' '.join(command)}" for command in commands]
        lines.append(f"or name one that is there already: {VARIABLE}=/path/to/chromium make test")
    else:
        lines[-1] += f", or name one that is there already: {VARIABLE}=/path/to/chromium make test"
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
