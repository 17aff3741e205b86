"""A page as a Markdown file, by the templates; the only room that knows Jinja.

A page's body is one block of HTML inside Markdown. Whatever stands in the documents reaches it through
:func:`_safe`, so that none of it can be read as HTML, as Markdown (fences and snippets are looked for even inside a
block of HTML) or, by a tool that runs templates over Markdown, as a template.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from generator.errors import CodeglotError
from generator.labels import Labels
from generator.model import Locale
from generator.pages import Page

_CONTROLS: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What neither HTML nor YAML may hold; Python-Markdown keeps two of them (U+0002, U+0003) for itself."""

_MARKS: Final = {ord(sign): f"&#{ord(sign)};" for sign in "`~{}\n\r\t"}
_BLANK: Final = re.compile(r"\n\s*\n")


class Renderer:
    """Fills in the templates below ``templates_dir``, with the words of each locale."""

    def __init__(self, templates_dir: Path, labels: Mapping[Locale, Labels]) -> None:
        """Templates are read when they are first asked for."""
        self._labels = labels
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([templates_dir / "pages", templates_dir / "site"]),
            autoescape=True,
            finalize=_safe,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["breakable"] = breakable
        self._environment.filters["hashed"] = hashed

    def page(self, page: Page) -> str:
        """The Markdown file of ``page``: YAML front matter and one block of HTML.

        Raises CodeglotError where a template is missing or wrong.
        """
        return self.file(page, self.body(page))

    def body(self, page: Page) -> str:
        """The block of HTML of ``page``. Raises CodeglotError where a template is missing or wrong."""
        body = self._fill(page.template, page.locale, page=page, content=page.content)
        # A blank line would end the block of HTML for some readers of Markdown.
        return _BLANK.sub("\n", body).strip()

    def file(self, page: Page, body: str) -> str:
        """The Markdown file of a page that has this body."""
        return f"{_front_matter(_meta(page), page.linked_data)}\n{body}\n"

    def html(self, name: str, locale: Locale, **values: object) -> str:
        """A file that is no page of MkDocs, made by ``name`` with the words of ``locale``."""
        return self._fill(name, locale, **values)

    def _fill(self, name: str, locale: Locale, **values: Any) -> str:
        labels = self._labels[locale]
        words: dict[str, Callable[..., str]] = {
            "_": labels.gettext,
            "language": labels.language,
            "direction": labels.direction,
        }
        try:
            text = self._environment.get_template(name).render(**words, **values)
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", None) or 0
            raise CodeglotError(f"cannot be filled in: {error}", path=f"templates/{name}", line=line) from error
        return _CONTROLS.sub("\ufffd", text)


def breakable(text: str) -> Markup:
    """Text in which a long identifier may be broken where a word follows an underscore, a dot, a slash or a colon."""
    return Markup("<wbr>").join(_escaped(piece) for piece in re.split(r"(?<=[_./:])(?=[^\W_])", text))


def hashed(script: str) -> str:
    """The source expression by which a page's policy names a script or style in it (CSP Level 3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _safe(value: object) -> object:
    """``value`` as HTML that means only its own characters, in text and in quoted attributes alike."""
    if value is None:
        return ""
    return _escaped(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _escaped(text: str) -> Markup:
    return Markup(str(escape(text)).translate(_MARKS))  # noqa: S704 - escaped on the same line


def _meta(page: Page) -> dict[str, str | bool | tuple[str, ...]]:
    # MkDocs' and Material's templates print a title as it is, so it is HTML here already; the theme takes the tags out
    # and escapes it again, and escapes the description too.
    meta: dict[str, str | bool | tuple[str, ...]] = {
        "title": str(escape(page.title)),
        "description": page.description,
        "text_locale": page.text_locale,
    }
    if page.code:
        meta["code"] = page.code
    if page.twin:
        meta["twin"] = True
    if page.fallback:
        meta["canonical"] = page.canonical
    if page.text_locales:
        meta["text_locales"] = page.text_locales
        if page.x_default:
            meta["x_default"] = page.x_default
    if not page.search:
        meta["search_exclude"] = True
    meta["hide"] = ("navigation", "toc", *page.hide)
    return meta


def _front_matter(values: Mapping[str, str | bool | tuple[str, ...]], linked_data: str = "") -> str:
    lines = ["---"]
    for key, value in values.items():
        if isinstance(value, bool):
            lines.append(f"{key}: {'true' if value else 'false'}")
        elif isinstance(value, str):
            lines.append(f"{key}: {_quoted(value)}")
        else:
            lines.extend([f"{key}:", *(f"  - {_quoted(one)}" for one in value)])
    if linked_data:
        # Printable throughout, so that it may stand literally (YAML 1.2, section 8.1.2) and be read by people too.
        lines.extend(["linked_data: |-", *(f"  {line}" for line in linked_data.split("\n"))])
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML 1.2 (section 7.3.1), on one line."""
    return f'"{"".join(_yaml(character) for character in _CONTROLS.sub(chr(0xFFFD), text))}"'


def _yaml(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable() or character == "\u3000":
        return character
    return f"\\U{ord(character):08x}"


def pages(renderer: Renderer, planned: Iterable[Page]) -> dict[str, str]:
    """The files of all pages, by their path below ``docs/``: ``en/gme/7006.md``."""
    return {f"{page.locale}/{page.source}": renderer.page(page) for page in planned}
