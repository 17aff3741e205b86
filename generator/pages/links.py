"""Links: inside the site relative, out of it absolute and plain to see."""

from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

from generator.model import Break, Inline, InlineCode, Link, Text
from generator.pages.parts import BreakPart, CodePart, LinkPart, Part, TextPart


# The pages of one code in all locales have the same links.
@lru_cache(maxsize=1 << 10)
def relative(origin: str, target: str) -> str:
    """The way from one address to another, both below the site's root and ending in ``/`` (or empty: the root)."""
    shared = 0  # Characters, up to the last segment that both have.
    while (end := origin.find("/", shared) + 1) and origin[shared:end] == target[shared:end]:
        shared = end
    return "../" * origin.count("/", shared) + target[shared:] or "./"


def outward(target: str, base: str) -> tuple[str, str] | None:
    """``target`` as an absolute address with the host it leads to; ``None`` where it may not be followed.

    ``base`` is the site against which a relative target is resolved, empty for none. Only ``http``, ``https`` and
    ``mailto`` may be followed; a fragment alone leads nowhere, for the page it belongs to is not known.
    """
    target = target.strip()
    if not target or target.startswith("#") or any(not character.isprintable() for character in target):
        return None
    try:
        absolute = urljoin(base, target) if base else target
        parts = urlsplit(absolute)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme == "mailto" and parts.path:
        return absolute, parts.path
    if parts.scheme in ("http", "https") and host and "\\" not in parts.netloc:
        return quote(absolute, safe="!#$%&'()*+,/:;=?@[]~-._"), host
    return None


def parts(inlines: tuple[Inline, ...], base: str) -> tuple[Part, ...]:
    """A cell's words with its links resolved; a link that may not be followed stays as text, with its target."""
    result: list[Part] = []
    for inline in inlines:
        match inline:
            case Text(text):
                result.append(TextPart(text))
            case InlineCode(text):
                result.append(CodePart(text))
            case Break():
                result.append(BreakPart())
            case Link(text, target):
                result.append(_link(text, target, base))
    return tuple(result)


def _link(text: str, target: str, base: str) -> Part:
    found = outward(target, base)
    if found is None:
        return TextPart(f"{text} ({target})" if text.strip() and target.strip() else text or target)
    href, host = found
    return LinkPart(text.strip() or href, href, "" if host in text else host)


def source_href(repository: str, path: str, line: int) -> str:
    """The address of a line of an original below ``repository``; empty where that is no web address."""
    if not repository.startswith(("https://", "http://")):
        return ""
    return f"{repository.rstrip('/')}/{_quoted(path)}#L{line}"


# Each row of a document has its place in it.
@lru_cache(maxsize=1 << 8)
def _quoted(path: str) -> str:
    return quote(path)
