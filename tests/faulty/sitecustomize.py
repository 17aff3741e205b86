"""Faults of the machine, brought about from inside: Python runs this before a program where PYTHONPATH names its folder.

``CODEGLOT_FAULT`` says which, as JSON (see :class:`tests.faults.Fault`). What changes files is counted by audit events
(docs.python.org/3/library/audit_events.html), which come before the change, so the program needs no change. Nothing but
the standard library is imported: the program must not notice.
"""

# Nothing slow may be imported at every start of a program.
# ruff: noqa: PTH100, PTH103, PTH115, PTH117, PTH118, PTH120, PTH123

import contextlib
import errno
import json
import os
import signal
import sys
from types import FrameType
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {
    "os.chmod": 1,
    "os.link": 3,
    "os.mkdir": 2,
    "os.remove": 1,
    "os.rename": 3,
    "os.rmdir": 1,
    "os.symlink": 2,
    "os.truncate": None,
}
"""Each event, and which of its arguments is the folder that its path starts from."""
MAKING = {"open", "os.link", "os.mkdir", "os.symlink"}


class Injector:
    """Counts what changes files and does at one of them what is asked."""

    def __init__(self, fault: dict[str, Any], *, child: bool) -> None:
        self.fault = fault
        self.mine = child == (fault.get("who") == "mkdocs")
        self.take_signals()
        self.count = 0
        self.busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.busy:
            return
        if event == "fcntl.flock" and self.fault.get("no_locks"):
            raise OSError(errno.ENOLCK, "No locks available")
        if event == "ctypes.dlsym" and arguments[1] == "renameat2":
            if self.fault.get("no_exchange"):
                raise AttributeError(arguments[1])
            changed = "exchange"
        elif not self.mine:
            return
        else:
            changed = self.changed(event, arguments)
        if not changed or not self.mine:
            return
        self.busy = True
        try:
            self.meet(event, changed)
        finally:
            self.busy = False

    def changed(self, event: str, arguments: tuple[Any, ...]) -> str:
        """The file that an event is about to change; empty where it changes none that counts."""
        folder: Any = -1
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int) or not isinstance(flags, int) or not flags & WRITES:
                return ""
        elif event in CHANGES:
            path, place = arguments[0], CHANGES[event]
            folder = arguments[place] if place is not None else -1
        else:
            return ""
        if isinstance(path, int):
            path = os.readlink(f"/proc/self/fd/{path}")
        path = os.fsdecode(path)
        if isinstance(folder, int) and folder >= 0 and not os.path.isabs(path):
            path = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
        path = os.path.abspath(path)
        return path if path.startswith(self.fault["root"] + os.sep) else ""

    def take_signals(self) -> None:
        """Take signals as a program does that a person has started: one behind ``&`` or ``nohup`` is deaf to some."""
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def meet(self, event: str, path: str) -> None:
        self.count += 1
        if self.fault.get("log"):
            line = json.dumps([self.count, event, path, callers(sys._getframe(2))])
            log = os.open(self.fault["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(log, f"{line}\n".encode())
            os.close(log)
        at = self.fault.get("at", 0)
        if at and (self.count == at or (self.count > at and self.fault.get("lasting"))):
            self.do(self.fault["do"], event, path)

    def do(self, what: str, event: str, path: str) -> None:
        if what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "kill-parent":
            os.kill(os.getppid(), signal.SIGKILL)
        elif what == "torn":
            if event == "open":
                # Its folder may be one that is made only when this has failed.
                with contextlib.suppress(FileNotFoundError):
                    torn = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
                    os.write(torn, b"<torn")
            os.kill(os.getpid(), signal.SIGKILL)
        elif what in {"SIGINT", "SIGTERM", "SIGHUP"}:
            os.kill(os.getpid(), getattr(signal, what))
        elif what == "limit":
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (16, resource.RLIM_INFINITY))
        elif what == "wait":
            os.write(2, b"waiting\n")
            os.read(0, 1)
        # What frees room can be done on a full disk, too.
        elif what not in {"ENOSPC", "EDQUOT"} or event in MAKING:
            number = getattr(errno, what)
            raise OSError(number, os.strerror(number), path)


def callers(frame: FrameType | None) -> list[str]:
    """Where in Codeglot this is, the innermost place first."""
    found = []
    while frame:
        name = frame.f_code.co_filename
        if f"{os.sep}generator{os.sep}" in name:
            file = name.rpartition(f"{os.sep}generator{os.sep}")[2].replace(os.sep, "/")
            found.append(f"{file}:{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return found


def pretend(configuration: str) -> None:
    """Do in a moment what MkDocs would do: a page for each document, one script, and a page for what is not found."""
    with open(configuration, encoding="utf-8") as stream:
        values = json.load(stream)
    locale, target = values["plugins"][0]["i18n"]["build_only_locale"], values["site_dir"]
    docs = os.path.join(values["docs_dir"], locale)
    pages = {"404.html": "nowhere", "assets/javascripts/a.js": "//"}
    for parent, _, names in os.walk(docs):
        for name in names:
            path = os.path.relpath(os.path.join(parent, name), docs).removesuffix(".md")
            path = path.removesuffix("index").rstrip("/")
            with open(os.path.join(parent, name), encoding="utf-8") as stream:
                pages[os.path.join(path, "index.html")] = stream.read().replace("<", "&lt;")
    for path, text in sorted(pages.items()):
        place = os.path.join(target, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as stream:
            page = f'<!doctype html>\n<html lang="{locale}"><head><title>x</title></head><body>{text}</body></html>\n'
            stream.write(page if path.endswith(".html") else text)


_FAULT = json.loads(os.environ.get("CODEGLOT_FAULT", "{}"))
_MKDOCS = "mkdocs" in sys.orig_argv
if _FAULT:
    sys.addaudithook(Injector(_FAULT, child=_MKDOCS))
    if _MKDOCS and _FAULT.get("pretend"):
        try:
            pretend(sys.orig_argv[-1])
        except OSError as error:  # Python would go on after an error in this module.
            os.write(1, f"OSError: {error}\n".encode())
            os._exit(1)
        os._exit(0)
