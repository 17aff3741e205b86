"""Changes to documents and other inputs that keep them near to what reaches deep code."""

from collections.abc import Sequence
from random import Random
from typing import Final

SEPARATOR: Final = b"\x1e"
"""Between the parts of an input that has several: documents of several locales, a document and a question."""

DOCUMENT: Final[tuple[bytes, ...]] = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *"|<>[]()`*_\\&#!-:;,/~\"' \t\n=+.{}%@$^",
        *("\r\n", "\r", "\0", "\ufeff", "\u2028", "\x85", "\x0b", "\x0c", "\x1b[31m", "\u200b", "\u00a0", "\u202e"),
        *(
            "\u3000",
            "：",
            "０",
            "７００６",
            "ＤＢ：０１",
            "～",
            "至",
            "、",
            "—",
            "−",
            "😀",
            "码",
            "é",
            "\ud800",
            "오류",
            "İ",
            "ﬁ",
        ),
        *("| Code | Name | Description |\n|---|---|---|\n", "| 错误码 | 含义 |\n|:--|--:|\n", "|---|", "|---- ----|"),
        *("| Value | Type |\n|-|-|\n", "| 코드 | 이름 | 원인 및 솔루션 |\n|---|---|---|\n", "a | b\n-|-\n", "|—|—|"),
        *("| 1 | A_B | text |\n", "| 7006 | AV_ERR_X | no `x` |\n", "| | A_B |", "| 1 | a | b | c | d |\n", "| 2 |\n"),
        *(
            "| -1 |",
            "| \\-1792 |",
            "| 0x1001 |",
            "| 100 - 200 |",
            "|1,2|",
            "| 4000 | 10010 |",
            "| MK:0001 |",
            "\\|",
            "\\\\|",
        ),
        *("- | a | b |\n", "> | 1 | x |\n", "1. | a | b |\n", "> ", "- ", "    ", "\t", "  \n", "\n\n", "* * *\n"),
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<thead>", "<tbody>", "<table"),
        *(
            "<td",
            "<td rowspan=2>",
            "<td colspan=\"3\" rowspan='2'>",
            " rowspan=99999",
            " colspan=0",
            "</",
            "<!--",
            "-->",
        ),
        *("<br>", "<br/>", "<p>", "<ul><li>", "</li></ul>", "<a href=", "<a href='x'>", "</a>", "<code>", "</code>"),
        *("<script>", "</script>", "<style>", "<pre>\n", "</pre>", "<textarea>", "<![CDATA[", "]]>", "<?", "<!x>"),
        *("&nbsp;", "&#1;", "&#0", "&lt;", "&amp", "&#x110000;", "&#55296;", "&quot;", "&#10;", "&#124;", "&Tab;"),
        *(
            "# ",
            "## x\n",
            "###### ",
            "---\n",
            "===\n",
            "```\n",
            "~~~\n",
            "```c\n",
            "[a](b)",
            "[a](<b c>)",
            "](",
            "![",
            "``",
        ),
        *("---\ntitle: x\n---\n", "[x]: y\n", "[x]", "<http://a.b>", "~~", "**", "__", "{#a .b}", "{: onclick=x}"),
        *("{% raw %}", "{{ 7*7 }}", "{#", '--8<-- "x"', "!!! note\n    x\n", "*[A]: b\n", "[^1]", "%25", "::error::"),
        *("#define ERR_A 601 // text\n", "enum {\n  ERR_A = 1,\n", "ERROR 8001 (08004): x\n", "* Error Number: 8001\n"),
        *(
            "* Symbol: `ER_X`\n",
            "Error Code: 1005, Message: x\n",
            "## 8001 ER_X\n",
            "- 6001: text\n",
            "**6002** text\n",
        ),
        *(
            "const E = 0x10;\n",
            'ERR_B(2, "x"),\n',
            "#### MK:0001\n",
            "code: 5\n",
            "7006（x）\n",
            "static final int A = -5;\n",
        ),
        *("<x-canary>", '"><x-canary onx=1>', "'><x-canary>", "javascript:x-canary", "<img src=x onerror=x-canary>"),
        *(
            "[x](javascript:x-canary)",
            "<a href='javascript:x-canary'>x</a>",
            "</td><x-canary>",
            "--><x-canary>",
            "\x1e",
        ),
        *("../../x", "/etc/x", "CON", "a/b", "..", "%2e%2e", "http://h.example/x?a=1&b=2", "www.x.com", "50%", "5 s"),
    )
)

TOML: Final[tuple[bytes, ...]] = tuple(
    piece.encode()
    for piece in (
        *"=[]{}\",.#\n\\'-_:0123456789 \t",
        *(
            "[[products]]\n",
            "[[products.editions]]\n",
            "[columns.en]\n",
            "[[errata]]\n",
            "[[suppressions]]\n",
            "[site]\n",
        ),
        *(
            'id = "p"\n',
            'source_locale = "en"\n',
            'locales = ["en"]\n',
            'documents = { en = "a.md" }\n',
            'code = "1"\n',
        ),
        *(
            'title = { en = "P" }\n',
            'reason = "x"\n',
            'evidence = ["x"]\n',
            'row = "1 | A"\n',
            'name = ""\n',
            "until = 2026-01-01\n",
        ),
        *(
            'rule = "K201"\n',
            'product = "p"\n',
            'edition = "e"\n',
            'locale = "en"\n',
            "place = { cause = 'x' }\n",
            '"""',
            "'''",
        ),
        *(
            "1979-05-27T07:32:00Z",
            "nan",
            "inf",
            "-0x1",
            "1e400",
            "9" * 30,
            "true",
            "\\ud800",
            "\\u0000",
            "[" * 40,
            "{" * 40,
        ),
        *('"../x"', '"/etc/passwd"', '"a.md"', '"\\u202e"', '"xx-yy"', '"CON"', "null", "\x00", "\xff", "\r", "\ufeff"),
        *(
            '{"version": 1}',
            '"fingerprint_version": 1',
            '"diagnostics": []',
            '"fingerprint": ""',
            '"explains": []',
            "1e999",
        ),
        *(
            "[[retired]]\n",
            "[[redirects]]\n",
            "[[tombstones]]\n",
            "[concepts.x]\n",
            "codes = [1]\n",
            'replaced_by = "p/1"\n',
        ),
    )
)

TEXT: Final[tuple[bytes, ...]] = tuple(
    piece.encode()
    for piece in (
        *(
            "7006",
            "1b5e",
            "0x1b5e",
            "-7006",
            "７００６",
            "4294960290",
            "AV_ERR_AUTH_FAILED",
            "av err auth",
            "AV_ERR",
            "auth",
        ),
        *(
            "gme 7006",
            "gme/7006",
            "gme-7006",
            "ret=7006",
            "code: 7006",
            "error ",
            "错误码",
            "코드",
            "failed",
            "returned ",
        ),
        *(
            "MK:0001",
            "100-200",
            "150",
            "1,2",
            "InvalidParameter.X",
            "10:20:30",
            "2026-01-01",
            "192.168.0.1:80",
            "v1.2.3",
        ),
        *(
            "\n",
            " ",
            "\t",
            ",",
            ".",
            ":",
            "=",
            "(",
            ")",
            "[",
            "]",
            "#",
            "/",
            "-",
            "_",
            "号",
            "の",
            "\u200b",
            "İ",
            "ß",
            "ﬁ",
            "\x1e",
        ),
        *(
            "https://h.example/7006?x=7006",
            "0x",
            "00000000",
            "9" * 40,
            "0x" + "f" * 33,
            "\x1b[31m",
            "\x00",
            "\u2028",
            "\xff",
        ),
        *(
            "INFO ",
            "errno ",
            "status ",
            "line 7006",
            "took 7006 ms",
            "7006 times",
            "at 0x1b5e",
            "HTTP/1.1 404",
            "e",
            "_",
            "a" * 70,
        ),
    )
)

TOKENS: Final = {"document": DOCUMENT, "toml": TOML, "text": TEXT, "bytes": DOCUMENT}


def mutated(data: bytes, most: int, random: Random, tokens: Sequence[bytes], others: Sequence[bytes] = ()) -> bytes:
    """``data`` changed in one to six places; ``others`` are inputs of which pieces may be taken."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        data = _changed(data, random, tokens, others)
    return data[:most]


def _changed(data: bytes, random: Random, tokens: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    kind = random.randrange(12)
    if kind < 4 or not data:
        return data[:at] + random.choice(tokens) + data[at:]
    if kind == 4:
        token = random.choice(tokens)
        return data[:at] + token + data[at + len(token) :]
    if kind == 5:
        end = min(len(data), at + random.choice((1, 1, 2, 4, 8, 30, 200)))
        return data[:at] + data[end:]
    if kind == 6:
        return data[:at] + random.choice(tokens) * random.choice((2, 3, 9, 40)) + data[at:]
    if kind == 7 and others:
        other = random.choice(others)
        start = random.randrange(len(other) + 1)
        return data[:at] + other[start : start + random.choice((10, 60, 300, 2000))] + data[at:]
    if kind == 8:
        cell = random.choice((b"|", b"<", b" ", b"\n", b"="))
        parts = data.split(cell)
        first, second = random.randrange(len(parts)), random.randrange(len(parts))
        parts[first], parts[second] = parts[second], parts[first]
        return cell.join(parts)
    if kind == 9:
        return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
    lines = data.split(b"\n")
    one = random.randrange(len(lines))
    if kind == 10:
        lines.insert(random.randrange(len(lines) + 1), lines[one])
    else:
        lines.pop(one)
    return b"\n".join(lines)
