"""XML, written by hand where every value is escaped."""

from collections.abc import Mapping
from html import escape

from generator.machine.markdown import clean

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def element(name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> str:
    """An element that holds only text."""
    return f"<{name}{_attributes(attributes)}>{escape(clean(text), quote=False)}</{name}>"


def empty(name: str, attributes: Mapping[str, str]) -> str:
    """An element that holds nothing."""
    return f"<{name}{_attributes(attributes)}/>"


def _attributes(attributes: Mapping[str, str] | None) -> str:
    return "".join(f' {name}="{escape(clean(text))}"' for name, text in (attributes or {}).items())
