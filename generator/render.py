"""A page as a Markdown file, by the templates; the only room that knows Jinja.

A page's body is one block of HTML inside Markdown. Whatever stands in the documents reaches it through
:func:`_safe`, so that none of it can be read as HTML, as Markdown (fences and snippets are looked for even inside a
block of HTML) or, by a tool that runs templates over Markdown, as a template.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, ClassVar, Final, Protocol

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.errors import CodeglotError
from generator.labels import Labels
from generator.model import Locale
from generator.pages import Page

_NEVER: Final = "\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""What neither HTML nor YAML may hold; Python-Markdown keeps two of them (U+0002, U+0003) for itself."""
_CONTROLS: Final = re.compile(f"[{_NEVER}]")

_REFERENCES: Final = {sign: str(escape(sign)) for sign in "&<>'\""} | {sign: f"&#{ord(sign)};" for sign in "`~{}\n\r\t"}
_SIGNS: Final = re.compile(f"[{''.join(_REFERENCES)}{_NEVER}]")
"""What does not stay as it is. Most texts have nothing of it, and to look for it is cheaper than to replace it."""
_sign: Final = _SIGNS.search

_BREAKS: Final = re.compile(r"(?<=[_./:])(?=[^\W_])")
_REMEMBERED: Final = 4096
"""How many results of a function are kept: what stands on a page often stands on the next one too."""

_BLANK: Final = re.compile(r"\n\s*\n")


def _safe(value: object) -> str:
    """``value`` as HTML that means only its own characters, in text and in quoted attributes alike."""
    if type(value) is str:
        return _SIGNS.sub(_reference, value) if _sign(value) else value
    if type(value) is Markup:
        return value
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _safe(str(value))
    return _CONTROLS.sub("\ufffd", str(escape(value)))


def _reference(sign: re.Match[str]) -> str:
    return _REFERENCES.get(sign[0], "\ufffd")


class _Compiler(CodeGenerator):
    """Jinja's compiler, for templates whose every value goes through :func:`_safe`.

    What ``_safe`` gives is not escaped once more; a macro is a function, a call is a call, and an attribute is what
    Python takes for one, so that templates ask for a mapping's values as ``value["key"]``.
    """

    # ruff: noqa: ARG002, N802 - the methods' names and parameters are Jinja's

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("safe, marked = environment.safe, environment.marked")
        self.writeline("macro_of, called = environment.macro_of, environment.called")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        const = node.as_const(frame.eval_ctx)
        return str(const) if isinstance(node, nodes.TemplateData) else _safe(const)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("safe(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        # What is in the buffer went through ``safe``; without this mark it would again where a macro's result is shown.
        self.writeline(f"return marked(concat({frame.buffer}))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        node = macro_ref.node
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("macros name all that they take", node.lineno)
        names = (*(one.name for one in node.args), *(("caller",) if macro_ref.accesses_caller else ()))
        self.write(f"macro_of(macro, {names!r})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.write("called(")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        else:
            self.visit(node.node, frame)
            self.write("(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
        self.write(")")


def _macro(function: FunctionType, names: tuple[str, ...]) -> FunctionType:
    """A macro as a function that may be given less than it takes, and that knows what its parameters are called."""
    function.__defaults__ = (missing,) * len(names)
    function.__dict__["names"] = names
    return function


def _called(callee: Callable[..., object], *values: object, **named: object) -> object:
    """What ``callee`` gives where some of the arguments are named: in Python a macro's have other names."""
    names: tuple[str, ...] | None = getattr(callee, "names", None)
    if names is None:
        return callee(*values, **named)
    if unknown := named.keys() - names[len(values) :]:
        raise jinja2.TemplateRuntimeError(f"a macro takes {', '.join(names)}, not {', '.join(sorted(unknown))}")
    return callee(*values, *(named.get(name, missing) for name in names[len(values) :]))


class _Environment(jinja2.Environment):
    code_generator_class = _Compiler
    safe, marked = staticmethod(_safe), partial(str.__new__, Markup)
    macro_of, called = staticmethod(_macro), staticmethod(_called)


class Store(Protocol):
    """Keeps what is compiled of templates for the next program; whatever it gives has to come from itself, whole."""

    def get(self, key: str) -> bytes | None:
        """What was put last."""

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data``."""


class _Compiled(jinja2.BytecodeCache):
    """Templates as compiled for one locale, for the others, for the next build of the process, and for the next program."""

    _known: ClassVar[dict[str, tuple[str, CodeType]]] = {}

    def __init__(self, store: Store | None) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._known.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None
        if bucket.code is None and self._store is not None:
            mark, data = bucket.checksum.encode(), self._store.get(bucket.key)
            if data is not None and data.startswith(mark):
                bucket.bytecode_from_string(data[len(mark) :])
                self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._remember(bucket)
        if self._store is not None:
            self._store.put(bucket.key, bucket.checksum.encode() + bucket.bytecode_to_string())

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code


class Renderer:
    """Fills in the templates below ``templates_dir``, with the words of each locale."""

    def __init__(self, templates_dir: Path, labels: Mapping[Locale, Labels], store: Store | None = None) -> None:
        """Templates are read when they are first asked for, and compiled where ``store`` has not kept them compiled."""
        compiled = _Compiled(store)
        self._environments = {locale: _environment(templates_dir, words, compiled) for locale, words in labels.items()}

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

    def alone(self, locale: Locale) -> Callable[..., str]:
        """:meth:`html` with the words of one locale, given a template's name and values."""
        return partial(self._alone, locale)

    def _alone(self, locale: Locale, name: str, **values: Any) -> str:
        return self.html(name, locale, **values)

    def _fill(self, name: str, locale: Locale, **values: Any) -> str:
        try:
            return self._environments[locale].get_template(name).render(**values)
        except (jinja2.TemplateError, AttributeError) as error:
            line = getattr(error, "lineno", None) or 0
            raise CodeglotError(f"cannot be filled in: {error}", path=f"templates/{name}", line=line) from error


def _environment(templates_dir: Path, labels: Labels, compiled: _Compiled) -> _Environment:
    """Templates in one locale. Its words are the same for all pages, so that macros are made once."""
    environment = _Environment(
        loader=jinja2.FileSystemLoader([templates_dir / "pages", templates_dir / "site"]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    environment.filters |= {"breakable": breakable, "hashed": hashed}
    environment.globals |= {
        "_": lru_cache(_REMEMBERED)(labels.gettext),
        "language": labels.language,
        "direction": labels.direction,
        "remembered": lru_cache(_REMEMBERED),
    }
    return environment


@lru_cache(_REMEMBERED)
def breakable(text: str) -> Markup:
    """Text in which a long identifier may be broken where a word follows an underscore, a dot, a slash or a colon."""
    # A reference begins with no letter, ends with none of the four and has none: the places are the same once escaped.
    return Markup(_BREAKS.sub("<wbr>", _SIGNS.sub(_reference, text)))  # noqa: S704 - escaped on the same line


def hashed(script: str) -> str:
    """The source expression by which a page's policy names a script or style in it (CSP Level 3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


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
        lines.extend(["linked_data: |-", "  " + linked_data.replace("\n", "\n  ")])
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML 1.2 (section 7.3.1), on one line."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
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
