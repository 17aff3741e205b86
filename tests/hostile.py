"""Documents and declarations written to do harm: a folder of sources, as large as a test wants it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

HTML: Final = (
    "<script>alert('HARM')</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert('HARM')>",
    "<svg onload=alert('HARM')><script>alert('HARM')</script></svg>",
    "<a href=\"javascript:alert('HARM')\">a</a>",
    "<a href=\"JaVaScRiPt:alert('HARM')\">b</a>",
    "<a href=\"&#106;avascript:alert('HARM')\">c</a>",
    "<a href=\"java\tscript:alert('HARM')\">d</a>",
    "<a href=\" \x01javascript:alert('HARM')\">e</a>",
    '<a href="vbscript:msgbox(1)">f</a>',
    '<a href="data:text/html,<script>alert(1)</script>">g</a>',
    '<a href="//evil.example/">h</a>',
    '<a href="https://ok.example/" onclick="alert(1)" style="position:fixed">i</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="https://evil.example"><input name=x autofocus onfocus=alert(1)></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    "<style>@import url(https://evil.example/x.css)</style>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
    "<!-- never closed",
    "<![CDATA[ <script>alert(1)</script>",
    "<?php system('x') ?>",
    '</div></article></body></html><script>alert("HARM")</script>',
    "</script><script>alert(1)</script>",
    "</textarea></title></style></noscript><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<div onclick=alert(1) id=content data-code=gme/7006 class=cg-note>x</div>",
    "<b",
    '<a href="',
)

MARKDOWN: Final = (
    "[a](javascript:alert(1))",
    "[b](JaVaScRiPt:alert(1))",
    "[c](&#106;avascript:alert(1))",
    "[d](<java\tscript:alert(1)>)",
    "[e](vbscript:x) [f](data:text/html;base64,PHNjcmlwdD4=)",
    "[ref] and [g][ref]",
    "![i](https://evil.example/x.png) ![j](javascript:alert(1))",
    '[k](https://ok.example/"onmouseover="alert(1))',
    '[l](https://ok.example/ "t\\" onclick=alert(1)")',
    "[m](https://ok.example@evil.example/)",
    "[n](\\\\evil.example\\x) [o](file:///etc/passwd)",
    "`code` ``two`` ```three``` ~~~ fence",
    "{: .cg-note onclick=alert(1) } {:onload=alert(1)}",
    "# no heading {#content onclick=alert(1)}",
    '!!! danger "title"',
    "??? note",
    "::: generator.cli",
    "$x$ $$\\evil$$ \\(x\\) :smile: ^^ins^^ ==mark== H~2~O",
    '--8<-- "/etc/passwd"',
    "[TOC] [[_TOC_]] *[HTML]: evil",
    "--- title: x",
    "- list * list + list 1. list > quote",
    "***bold*** __under__ ~~gone~~ \\\\ \\` \\*",
)

TEMPLATES: Final = (
    "{{ 7*7 }}",
    "{% raw %}{{ 1 }}{% endraw %}",
    "{# gone #}",
    "{{ config.__class__.__init__.__globals__ }}",
    "${7*7} #{7*7} <%= 7*7 %> {{{x}}}",
    "%(x)s {0} {code} %s",
    "<root> &lt;root&gt; HREF",
)

YAML: Final = (
    "title: x",
    "!!python/object/apply:os.system ['true']",
    "*anchor &anchor",
    "@at `tick %percent",
    "- a: b",
    "\"quoted\" 'single' \\x41 \\N",
    "|-",
    "? key",
    "null",
    "~",
    "no",
    "0o17",
    ".inf",
    "2001-01-01",
)

SPREADSHEET: Final = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "＝1+1",
    "-100",
)

TERMINAL: Final = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J",
    "\x9b31m \x90 \x85 \x7f \x08\x08\x08",
    "::error file=x::evil",
    "%0A::error::evil %0D%0A",
    "a\u2028b\u2029c",
    "\u202egnp.exe\u202c \u2066isolated\u2069 \u200f\u061c",
    "zero\u200bwidth\u200d\u2060\ufeff",
    "\ufdd0\uffff\U0001ffff",
    "\U000e0041\U000e0042 \ufff9ruby\ufffb",
    "]]> &#0; &#x1b; &#xD800; &#1114112; &nosuch;",
)

SYMBOLS: Final = (
    "../../x", "..", ".", "CON", "nul.txt", "a/b", "a\\b", "C:x", "%2e%2e", "trail.", "trail ", "Index",
    "index.html", "sections", "api", "404", "e", "COM1", "lpt9.md", "aux",
    "con.fig", "CONIN$", "A:0001", "A_0001", "-rf", "~root", "file:x", "х.кириллица", "PаyPal.Cyrillic",
    "ＰＲＮ", "E" + "9" * 300,
)  # fmt: skip

CATALOG: Final = """\
source_locale = "zh"
locales = ["zh", "en", "ko"]

[site]
title = {{ zh = {text}, en = {text}, ko = "지도" }}
report_url = {report}
repository = {repository}

[[products]]
id = "evil"
title = {{ zh = {text}, en = {text}, ko = {text} }}
link_base = {{ zh = {base}, en = "https://ok.example/\\" onclick=\\"x" }}

[[products.editions]]
id = "now"
published = "2022"
documents = {{ zh = "zh.md", en = "en.md", ko = "ko.md" }}

[[products.editions]]
id = "old"
published = "2019"
documents = {{ en = "old.md" }}
"""

_SWALLOWS: Final = ("<!--", "<![CDATA[", "</textarea>")
"""What makes the rest of a document no Markdown; it stands in cells, and at the end."""

BACKSLASH: Final = "\\"

TITLE: Final = "</title></script><script>alert('HARM')</script> \" onload=alert(1) {{ 7*7 }} {% raw %} [x](javascript:y) \u202e ---"


def write(folder: Path, *, long: int = 10_000, deep: int = 10_000, large: int = 1 << 20, each: int = 1) -> Path:
    """The folder filled: names of ``long`` characters, nesting ``deep``, one cell of ``large`` characters.

    Of the hostile texts the tables hold every ``each``-th.
    """
    folder.mkdir(parents=True, exist_ok=True)
    catalog = CATALOG.format(
        text=_toml(TITLE),
        report=_toml("javascript:alert(1)//{title}{body}{url}"),
        repository=_toml('https://git.example/"onclick="alert(1)/<x>'),
        base=_toml("javascript:alert(1)"),
    )
    (folder / "catalog.toml").write_text(catalog, encoding="utf-8")
    for name, header in (
        ("zh", "|错误码|名称|错误描述|原因|解决方案|"),
        ("en", "|Error code|Name|Description|Cause|Solution|"),
        ("ko", "|오류 코드|이름|설명|원인|해결 방법|"),
        ("old", "|Error code|Name|Description|Cause|Solution|"),
    ):
        pipe = _pipe(header, each, long=long, large=large if name == "en" else 100)
        data = (
            f"{_top(deep if name == 'en' else 3)}\n{pipe}\n{_html(header, each, deep if name == 'ko' else 3)}".encode()
        )
        (folder / f"{name}.md").write_bytes(data.replace(b"LONE", b"\xed\xa0\x80 \xff\xfe \x00 \xc0\x80"))
    return folder


def every() -> tuple[str, ...]:
    """Every hostile text."""
    return (*HTML, *MARKDOWN, *TEMPLATES, *YAML, *SPREADSHEET, *TERMINAL)


def _top(deep: int) -> str:
    return "\n\n".join(
        (
            "---\ntitle: x\n!!python/object: y\n---",
            f"# {TITLE}",
            "[ref]: javascript:alert(1)",
            *(text for text in every() if not text.startswith(_SWALLOWS)),
            ">" * deep + " quoted",
            "[" * deep + "x" + "]" * deep,
            "*" * deep + "x",
            "x " + "`" * deep + " x",
            "<div>" * deep + "x",
            "<ul><li>" * deep,
            "## Codes " + HTML[0] + MARKDOWN[0] + TEMPLATES[0],
        )
    )


def _pipe(header: str, each: int, *, long: int, large: int) -> str:
    rows = [header, "|-|-|-|-|-|"]
    for number, text in enumerate(every()[::each], start=7000):
        cell = text.replace("|", "\\|").replace("\n", " ")
        rows.append(f"|{number}|NAME_{number}|{cell}|x {cell} LONE|{cell} y|")
        rows.append(f"|{number + 1000}|{cell}|description|{cell}{cell}|solution|")
    rows.append(f"|9000|{'N' * long}|{'x' * long}|{'字' * long}|{'[' * long}|")
    rows.append(f"|9001|NAME_B|{'b ' * (large // 2)}|{'`' * long}|{'*' * long}|")
    rows.append(f"|{'9' * long}|NAME_C|huge|{'<b>' * long}|{'&lt;' * long}|")
    rows.append(f"|9003|N\u0430ME_CYRILLIC|homoglyph|{'&' * long}|{BACKSLASH * long}|")
    rows.append(f"|9004|NAME\u202eEDIB|bidi|{'(' * long}|{'![' * long}|")
    return "\n".join([*rows, "", "## Symbols", "", header, "|-|-|-|-|-|", *_symbols()])


def _symbols() -> Iterator[str]:
    for number, symbol in enumerate(SYMBOLS):
        yield f"|{symbol}|SYMBOL_{number}|description {number}|cause|solution|"


def _html(header: str, each: int, deep: int) -> str:
    heads = "".join(f"<th>{word}</th>" for word in header.strip("|").split("|"))
    rows = "".join(
        f"<tr><td>{number}</td><td>HTML_{number}</td><td>{text}</td><td onclick=alert(1)>x</td><td>{text}\n"
        for number, text in enumerate(every()[::each], start=20_000)
        if not text.startswith(_SWALLOWS) and not text.endswith('"')
    )
    nested = "<table><tr><td>" * deep + "x" + "</td></tr></table>" * deep
    return (
        f"\n## HTML {MARKDOWN[0]}\n\n<table onload=alert(1)><tr>{heads}</tr>{rows}</table>\n\n"
        f"<table><tr>{heads}</tr><tr><td>30000</td><td>N</td><td>{'<div>' * deep}</td><td>{nested}</td><td>y</td></tr></table>\n\n"
        f"<table><tr>{heads}</tr><tr><td>30001</td><td>{''.join(HTML)}\n\n<!-- never closed\n"
    )


def _toml(text: str) -> str:
    escaped = "".join(f"\\u{ord(one):04x}" if not one.isprintable() or one in '"\\' else one for one in text)
    return f'"{escaped}"'
