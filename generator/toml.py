"""TOML files as checked values; what does not fit is an error with the file, the line and the key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from generator.errors import CodeglotError
from generator.reading import read_file

KeyPath = tuple[str | int, ...]
"""The way to a key: names of tables and keys, and numbers (from 0) of tables in an array."""

_T = TypeVar("_T")


_DEEPEST: Final = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""", re.ASCII)
"""A key of more parts than any has; the time to read one grows with their square."""


class Fail:
    """Makes the error for a key of one TOML file, with the key's line."""

    def __init__(self, path: Path) -> None:
        """Errors about the file at ``path``."""
        self._path = path

    def __call__(self, key: KeyPath, message: str, hint: str = "") -> CodeglotError:
        """The error that says ``message`` of ``key``."""
        return CodeglotError(f"{message} (key {_dotted(key)})", path=str(self._path), line=self.line(key), hint=hint)

    def line(self, key: KeyPath) -> int:
        """The line on which ``key`` stands, or that of its nearest parent that stands anywhere."""
        try:
            return _line_of(self._path.read_text(encoding="utf-8", errors="replace"), key)
        except OSError:
            return 1


def read_toml(path: Path, kind: type[_T]) -> _T:
    """The TOML file at ``path`` as a value of ``kind``.

    Raises CodeglotError, with file, line and key, where it cannot be read, is no TOML or does not fit ``kind``.
    """
    try:
        data = read_file(path)
    except OSError as error:
        raise CodeglotError(f"cannot be read: {error.strerror}", path=str(path)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CodeglotError("is not UTF-8", path=str(path), line=line, hint="save it as UTF-8") from error
    deep = _DEEPEST.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        raise CodeglotError("a key has too many parts", path=str(path), line=line)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (max(text.count("\n"), 1), 0)
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise CodeglotError(f"is no valid TOML: {message}", path=str(path), line=line, column=column) from error
    except (RecursionError, ValueError) as error:
        # What the reader of TOML itself cannot hold: brackets nested without end, a number of thousands of digits.
        raise CodeglotError(
            "is no TOML that can be read: a value is too long or nested too deep", path=str(path)
        ) from error
    try:
        return msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        message, key = _explain(str(error), tree)
        raise Fail(path)(key, message, "README.md and CONTRIBUTING.md list the keys") from error


_AT = re.compile(r" - at (?P<key>`key` in )?`\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(\w[\w-]*)|\[(\d+|\.\.\.)\]")
_TYPES: Final = {"str": str, "int": int, "array": list, "object": dict, "float": float, "bool": bool}


def _explain(text: str, tree: Mapping[str, Any]) -> tuple[str, KeyPath]:
    """Turn the validator's sentence into one that names the key, and the path of that key."""
    found = _AT.search(text)
    message = text[: found.start()] if found else text
    steps = [name or number for name, number in _STEP.findall(found["path"])] if found else []
    candidates = list(_expand(tree, steps))
    key = candidates[0] if candidates else ()
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", message)
    if unknown:
        return f"unknown key {unknown[1]!r}", (*key, unknown[1])
    missing = re.fullmatch(r"Object missing required field `(.+)`", message)
    if missing:
        return f"the key {missing[1]!r} is missing", key
    quoted = re.search(r"'(.+)'", message)
    if found and found["key"] and quoted:
        inside = [path for path in candidates if quoted[1] in _at(tree, path)]
        return f"unknown word {quoted[1]!r}", (*(inside[0] if inside else key), quoted[1])
    types = re.search(r"got `(\w+)`", message)
    if types and types[1] in _TYPES:
        wrong = [path for path in candidates if isinstance(_at(tree, path), _TYPES[types[1]])]
        key = wrong[0] if wrong else key
    words = message.replace("`", "").replace("str", "text").replace("array", "list").replace("object", "table")
    return words[0].lower() + words[1:], key


def _expand(node: Any, steps: list[str]) -> Iterator[KeyPath]:
    """The paths that ``steps`` may mean; where the validator writes ``...`` it may be any key of that place."""
    if not steps:
        yield ()
        return
    choices: list[str | int] = [int(steps[0]) if steps[0].isdigit() else steps[0]]
    if steps[0] == "...":
        choices = list(node) if isinstance(node, dict) else list(range(len(node)))
    for choice in choices:
        try:
            below = node[choice]
        except (KeyError, IndexError, TypeError):
            continue
        yield from ((choice, *rest) for rest in _expand(below, steps[1:]))


def _at(node: Any, path: KeyPath) -> Any:
    for step in path:
        node = node[step]
    return node


def _dotted(key: KeyPath) -> str:
    text = ""
    for step in key:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "the whole file"


_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")

_ASSIGNED = re.compile(r"""\s*((?P<quote>["'])(?P<quoted>.*?)(?P=quote)|(?P<bare>[\w-]+))\s*=""")


def _line_of(text: str, key: KeyPath) -> int:
    """The line on which ``key`` stands in a TOML text, or that of its nearest parent that stands anywhere; else 1.

    ``tomllib`` keeps no places, and the files are small, so the text is walked once more for the one key wanted.
    """
    best, best_depth = 1, 0
    for path, line in _keys(text):
        depth = 0
        for left, right in zip(path, key, strict=False):
            if left != right:
                break
            depth += 1
        if depth == len(path) and depth > best_depth:
            best, best_depth = line, depth
    if best_depth < len(key):
        word = re.compile(rf"(?<![\w-])[\"']?{re.escape(str(key[-1]))}[\"']?\s*=")
        lines = text.split("\n")
        for number in range(best, min(best + 12, len(lines)) + 1):
            if number <= len(lines) and word.search(lines[number - 1]):
                return number
    return best


def _keys(text: str) -> Iterator[tuple[KeyPath, int]]:
    prefix: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        header = _TABLE.match(line)
        if header:
            prefix = ()
            names = [part.strip().strip("\"'") for part in header[2].split(".")]
            for depth, name in enumerate(names):
                prefix = (*prefix, name)
                if header[1] == "[[" and depth == len(names) - 1:
                    counts[prefix] = counts.get(prefix, -1) + 1
                    prefix = (*prefix, counts[prefix])
                elif prefix in counts:
                    prefix = (*prefix, counts[prefix])
            yield prefix, number
            continue
        assigned = _ASSIGNED.match(line)
        if assigned:
            yield (*prefix, assigned["quoted"] or assigned["bare"] or ""), number
