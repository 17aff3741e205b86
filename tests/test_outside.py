"""Codes outside tables: what is read of single lines, what gives no codes, and that nothing breaks it."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.coverage import counted as account_of
from generator.coverage import lost
from generator.model import (
    Break,
    Column,
    Document,
    EditionId,
    InlineCode,
    Locale,
    ProblemKind,
    ProductId,
    SourceSpan,
    TableForm,
    Text,
)
from generator.parse import parse
from generator.parse.inline import read_inlines
from generator.parse.outside_heads import is_reference, read_head
from generator.parse.outside_words import about, is_error_name, is_fault, is_label, told
from generator.sources import decode


def read(text: str) -> Document:
    return parse(decode(text.encode(), ProductId("p"), EditionId("e"), Locale("xx"), "input.md"), {})


def codes(text: str) -> list[str]:
    return [entry.code.text for entry in read(text).entries]


def cut(lines: tuple[str, ...], span: SourceSpan) -> str:
    found = list(lines[span.line - 1 : span.end_line])
    found[-1] = found[-1][: span.end_column - 1]
    found[0] = found[0][span.column - 1 :]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("line", "code", "name", "others", "text"),
    [
        ("8001", "8001", "", [], ""),
        ("40001: Full", "40001", "", [], "Full"),
        ("[40001] Full", "40001", "", [], "Full"),
        ("**10001** Full", "10001", "", [], "Full"),
        ("`0x1001`: full", "0x1001", "", [], "full"),
        ("1001：满员", "1001", "", [], "满员"),
        (r"\-1792 - full", "-1792", "", [], "full"),
        ("40001 (ER_FULL): full", "40001", "ER_FULL", [], "full"),
        ("40001 - ER_FULL - full", "40001", "ER_FULL", [], "full"),
        ("ER_FULL (404)", "404", "ER_FULL", [], ""),
        ("ER_FULL = 404 - full", "404", "ER_FULL", [], "full"),
        ("ERROR 8001 (08004): Full", "8001", "", ["08004"], "Full"),
        ("Error 1045 – Denied", "1045", "", [], "Denied"),
        ("오류 코드 40001", "40001", "", [], ""),
        ("MySQL 错误码：1045 拒绝", "1045", "", [], "拒绝"),
        ("Error number: `7`; Symbol: `ER_NO`; SQLSTATE: `HY000`", "7", "ER_NO", ["SQLSTATE: `HY000`"], ""),
        ("E900: expired", "E900", "", [], "expired"),
        ("ERR-7719: lost", "ERR-7719", "", [], "lost"),
        ("**ERROR-7719**: lost", "ERROR-7719", "", [], "lost"),
        ("ERR_7719: lost", "ERR_7719", "", [], "lost"),
        ("ERR7719: lost", "ERR7719", "", [], "lost"),
        ("Error -7719", "-7719", "", [], ""),
        ("error code -7719", "-7719", "", [], ""),
        ("错误-1001：满员", "-1001", "", [], "满员"),
        ("ERR-PAUSED (140)", "140", "ERR-PAUSED", [], ""),
        ("ERR-PAUSED (u140)", "ERR-PAUSED", "", ["u140"], ""),
        ("MK:0001 - lost", "MK:0001", "", [], "lost"),
        ("Error code: Invalid.Size", "Invalid.Size", "", [], ""),
        ("401 - 3 tries", "401", "", [], "3 tries"),
        ("40001-40010: all", "40001-40010", "", [], "all"),
        ('<a name="40001"></a>40001 Full', "40001", "", [], "Full"),
    ],
)
def test_a_line_that_begins_with_a_code(line: str, code: str, name: str, others: list[str], text: str) -> None:
    head = read_head(line, 0, len(line), {})
    assert head is not None
    assert head.spelled == code
    assert line[head.code.start : head.code.end].replace("\\", "") == code
    assert (line[head.name.start : head.name.end] if head.name else "") == name
    assert [line[other.start : other.end] for other in head.others] == others
    assert (line[head.text :].strip() if head.text is not None else "") == text


@pytest.mark.parametrize(
    "line",
    ["2.1.0", "2024-01-02", "12:30 lunch", "50% off", "1st floor", "10.0.0.1: host", "Overview", "The lift", "", "- 5"],
)
def test_a_line_that_begins_with_none(line: str) -> None:
    assert read_head(line, 0, len(line), {}) is None


@pytest.mark.parametrize(
    "label", ["Error Number", "ERROR", "error_code", "MySQL error code", "错误码", "TiDB 错误码：", "에러 코드"]
)
def test_words_that_announce_a_code(label: str) -> None:
    assert is_label(label, {})


@pytest.mark.parametrize("label", ["", "The", "Step", "Version", "Value", "Port", "errorless"])
def test_words_that_announce_none(label: str) -> None:
    assert not is_label(label, {})


def test_declared_words_announce_a_code() -> None:
    assert not is_label("Kennung", {})
    assert is_label("Kennung", {Column.CODE: ("Kennung",)})
    assert about("Grundsätzliches", {}) is None
    assert about("Grundsätzliches", {Column.CAUSE: ("Grundsätzliches",)}) is Column.CAUSE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Error codes", 2),
        ("错误码列表", 2),
        ("Common errors", 1),
        ("Sample code", 0),
        ("Hata Kodları", 2),
        ("Kapı Hataları", 1),
        ("Códigos de respuesta", 2),
        ("Коды возврата", 2),
        ("Foutcodes", 2),
        ("Errori comuni", 1),
        ("Исправление ошибок", 0),
        ("Error limits", 0),
        ("Ports", 0),
    ],
)
def test_what_a_heading_says_of_numbers_below_it(text: str, says: int) -> None:
    assert told(text, {}) == says


def test_which_names_need_no_other_words() -> None:
    assert all(map(is_error_name, ["NO_ROPE_ERR", "ROPE_ERROR", "ERR_ROPE", "lift.ER_ROPE", "LiftError.Dark"]))
    assert not any(map(is_error_name, ["ERROR", "ERROR_", "MIRROR", "no_error", "Lift.DARK", "LiftError"]))


@pytest.mark.parametrize("link", ["[40001](#a)", "**[`40001`](#a)**", '<a href="#a">40001</a>'])
def test_a_link_within_the_document_refers_to_a_code_and_gives_none(link: str) -> None:
    assert is_reference(link, 0, len(link))
    assert not is_reference(f"{link}: full", 0, len(link) + 6)


@pytest.mark.parametrize("link", ["[40001](b.md#a)", "40001", "[#a]", ""])
def test_other_links_do_not_refer(link: str) -> None:
    assert not is_reference(link, 0, len(link))


def test_a_heading_that_is_nearly_a_number_is_a_row_without_a_code() -> None:
    document = read("# Error codes\n\n### 41001 a\n\n### 410O2 b\n\n### 41003 c\n")
    assert [entry.code.text for entry in document.entries] == ["41001", "41003"]
    assert [problem.kind for table in document.tables for problem in table.problems] == [ProblemKind.ROW_WITHOUT_CODE]


def test_a_comment_above_each_member_is_what_it_means() -> None:
    document = read("```\n/** one */\nERR_A(1),\n\n// two\nERR_B(2),\n```\n")
    found = [(entry.code.text, entry.fields[-1].plain) for entry in document.entries]
    assert found == [("1", "one"), ("2", "two")]


@pytest.mark.parametrize(
    "label", ["Cause:", "Cause :", "**Cause**:", "**Cause:**", "**Cause :**", "_Cause:_", "**Cause**"]
)
def test_what_a_label_below_a_code_announces(label: str) -> None:
    document = read(f"# Error codes\n\n### 41001\n\nFull.\n\n{label}\nmany\n\n### 41002\n\nDark.\n")
    assert [(field.column, field.plain) for field in document.entries[0].fields[1:]] == [
        (Column.DESCRIPTION, "Full."),
        (Column.CAUSE, "many"),
    ]


def test_a_status_below_a_name_is_no_code() -> None:
    document = read(
        "# Error codes\n\n### ROPE_EXPIRED\n\nHTTP status: 500\n\nOld.\n\n### NO_DOOR\n\nStatus code: 404\n"
    )
    assert [(entry.code.text, [field.plain for field in entry.fields[1:]]) for entry in document.entries] == [
        ("ROPE_EXPIRED", ["Old.", "500"]),
        ("NO_DOOR", ["404"]),
    ]


def test_a_long_list_of_pairs_behind_a_code_is_kept_to_its_end() -> None:
    text = "# Error codes\n\n* Error number: 8001; Symbol: ER_NO; Message: " + "no " * 200 + "never\n"
    (entry,) = read(text).entries
    assert (entry.name, entry.fields[-1].plain[-8:]) == ("ER_NO", "no never")


def test_a_comment_may_end_on_a_line_of_any_length() -> None:
    defined = "#define ER_NO 7001 // No.\n#define ER_YES 7002 // Yes.\n"
    assert codes(f"# Error codes\n\n```c\n/*\n{'long ' * 300}*/\n{defined}```\n") == ["7001", "7002"]


def test_which_identifiers_name_errors() -> None:
    assert all(map(is_fault, ["ER_NO", "kErrorFull", "LOGIN_TIMEOUT", "ERR_MAX_SIZE", "errFull"]))
    assert not any(
        map(is_fault, ["errorCode", "err_code", "error_count", "read_timeout", "MAX", "errorLimit", "error"])
    )


@pytest.mark.parametrize(
    "text",
    [
        "# Error codes\n\n### 1. Open\n\n### 2. Close\n",
        "# Error codes\n\n### 1 Open\n\n### 2 Close\n",
        "# Error codes\n\n## 2023\n\n## 2022\n",
        "# Error codes\n\n- 100 persons\n- 200 persons\n",
        "# Error codes\n\n## Limits\n\n- 4000: persons\n- 5000: kilograms\n",
        "- 40001: full\n- 40002: empty\n",
        "### 40001\n\nfull\n\n### 40002\n\nempty\n",
        "# Error codes\n\n- 40001: one alone\n",
        "Error 1045 is thrown.\n\nError 1046 is thrown.\n",
        '# Error codes\n\n```\n{"code": 40001}\nport = 8080\n```\n',
        "```c\n#define MAX_PERSONS 8\n#define MAX_FLOORS 12\n```\n",
        "```c\n#define ER_ALONE 8\n```\n",
        "# Error codes\n\n- [40001](#40001)\n- [40002](#40002)\n",
        "* **code** : l'un des codes\n* **error**: either this\n",
        "# Error codes\n\n- 1000 requests per minute\n- 2000 requests per hour\n",
        "## Error codes\n\n- 1000 persons\n- 2000 persons\n",
        "# Constants\n\n- STATE_ERROR = 1\n- STATE_IDLE = 2\n- STATE_MOVING = 3\n",
        "# Error codes\n\n- `MAX_FLOORS`\n- `ROPE_LENGTH`\n- `DOOR_COUNT`\n",
        "# Error codes\n\n```\n1  open\n2  close\n3  wait\n```\n",
        "# Errors\n\n```\n40001  open\n40002  close\n```\n",
        '# Errors\n\n```\nerror_full: "Full"\nerror_late: "Late"\n```\n',
        '```\nERR_LOG = "lift.log"\nERR_OUT = "lift.out"\n```\n',
        "# Troubleshooting\n\n1. 40001: first\n2. Second\n3. Third\n",
        "# Changes\n\n### LIFT-101 a\n\nCause: x\n\n### LIFT-102 b\n\nCause: y\n\n### LIFT-103 c\n\nCause: z\n",
        "# Lift\n\n### LIFT-0101 a\n\nx\n\n### LIFT-0102 b\n\ny\n\n### LIFT-0103 c\n\nz\n",
        "# Lift\n\n### CVE-0101 a\n\nCause: x\n\n### CVE-0102 b\n\nCause: y\n\n### CVE-0103 c\n\nCause: z\n",
        "## Error codes\n\n- **1000** - most\n",
        "## Error codes\n\n- -1000: set as no code\n",
        "## Error codes\n\n- `MAX_RETRIES` - how often\n",
        "# Error codes\n\n- H1: title\n- H2: subtitle\n",
        "# Error codes\n\n### A1: hall\n\n### A2: floor\n",
        "# Error codes\n\n- `DOOR`: a\n- `ROPE`: b\n- `BUSY`: c\n",
        "# Doors\n\n- `EACCES`: a\n- `ENOENT`: b\n- `EPERM`: c\n",
        "# Hata ayıklama\n\n- 8080: a\n- 8443: b\n",
        "# Error codes\n\n### 1 INTRODUCTION\n\n### 2 SETUP\n",
        "# Error codes\n\n### 1. READ_ME\n\n### 2. SET_UP\n",
        "# Error codes\n\n**1 Open** the door\n\n**2 Shut** the door\n",
        "# Error codes\n\nErrors 19, 21, and 29 are gone.\n\nErrors 30 and 31 are gone.\n",
    ],
)
def test_what_gives_no_codes(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("* Error Number: 8001\n", ["8001"]),
        ("ERROR 8001 (08004): Full\n", ["8001"]),
        ("## Error 8001: Full\n", ["8001"]),
        ("# Error codes\n\n- 1001: full\n- 1002: empty\n", ["1001", "1002"]),
        ("## Error codes\n\n- 0: fine\n- 1: full\n", ["0", "1"]),
        ("# Fehlercodes\n\n### ER_FULL (404)\n\n### ER_LOST (404)\n", ["ER_FULL", "ER_LOST"]),
        ("## Error codes\n\n- `E1001` - full\n- `E1002` - empty\n", ["E1001", "E1002"]),
        ("# Error codes\n\n* 1000 Cabin lost\n* 1001 Cabin full\n", ["1000", "1001"]),
        ("# Error codes\n\n* E1000 Cabin lost\n* E1001 Cabin full\n", ["E1000", "E1001"]),
        ("# Error codes\n\n- 1001: full\n- E1002: empty\n- 1003: late\n", ["1001", "E1002", "1003"]),
        ("## Error codes\n\n- 1001 full\n- 1002 empty\n", ["1001", "1002"]),
        ("# Constants\n\n- 1 = `LiftError.DARK`\n- 2 = `LiftError.LATE`\n", ["1", "2"]),
        ("# Error codes\n\n- `OK`\n- `NO_DOOR`\n- `NO_ROPE`\n", ["OK", "NO_DOOR", "NO_ROPE"]),
        ("# Error codes\n\n- [40001](lost.md): lost\n- [40002](full.md): full\n", ["40001", "40002"]),
        ("* Error code: Door.Open\n", ["Door.Open"]),
        ("> * Error Number: 8001\n>\n>   Full\n", ["8001"]),
        ("## Error codes\n\n* **-10007** - no door\n", ["-10007"]),
        ("## Error codes\n\n* `ROPE_EXPIRED`: too old\n", ["ROPE_EXPIRED"]),
        ("## Error codes\n\n- E1: dark\n- F3: slow\n", ["E1", "F3"]),
        ("# Error codes\n\n### E1: dark\n\n### E2: slow\n", ["E1", "E2"]),
        ("# Errors\n\n- EACCES: a\n- ENODOOR (No door): b\n- E2BIG - c\n", ["EACCES", "ENODOOR", "E2BIG"]),
        ("## Error codes\n\n- `SUCCESS` (0): a\n- `NO_DOOR` (1): b\n- `NO_ROPE` (2): c\n", ["0", "1", "2"]),
        ("## Error codes\n\n- `OK`: a\n- `NO_DOOR`: b\n- `NO_ROPE`: c\n", ["OK", "NO_DOOR", "NO_ROPE"]),
        ("# Error codes\n\n### NO_KEY (403)\n\n### NO_DOOR (404)\n", ["NO_KEY", "NO_DOOR"]),
        ("# Error codes\n\n### FORBIDDEN (403)\n\n### NOT_FOUND (404)\n", ["403", "404"]),
        ("# Error codes\n\n### ER_KEY (4031)\n\n### ER_DOOR (4041)\n", ["4031", "4041"]),
        ("## Error codes\n\n- `liftErrDoorOpen`: a\n- `liftErrRopeWorn`: b\n", ["liftErrDoorOpen", "liftErrRopeWorn"]),
    ],
)
def test_what_gives_codes(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_words_that_became_a_cell_are_no_prose() -> None:
    document = read("## Error codes\n\nBefore.\n\n- 1001: full\n\n  Leave.\n- 1002: empty\n\nBehind.\n")
    assert [list(paragraph) for paragraph in document.sections[0].prose] == [
        [Text("Before.")],
        [Text("Behind.")],
    ]


def test_blocks_in_a_cell_are_lines_of_their_own() -> None:
    raw = "One\n   two.\n\n   - three\n   - `four`\n\n   ```\n   five\n   ```\n\n   > six\n   > seven"
    assert read_inlines(raw, TableForm.PROSE) == (
        Text("One two."),
        Break(),
        Text("three"),
        Break(),
        InlineCode("four"),
        Break(),
        InlineCode("five"),
        Break(),
        Text("six seven"),
    )


def test_program_text_stands_as_written() -> None:
    assert read_inlines("a *b* `c` <d>", TableForm.SOURCE_CODE) == (Text("a *b* `c` <d>"),)


_LINE = st.sampled_from(
    [
        "# Error codes", "## 40001: full", "## Error 40002", "### 3 Steps", "* Error Number: 8001", "    text",
        "- 40003 - ER_FULL - full", "- 41OO - torn", "  Cause: rope", "ERROR 8002 (HY000): lost", "**10001** bell",
        "1001：灯", "8003", ": defined", "```c", "```", "#define ER_A 601 // one", "#define ER_B602 // two",
        "\t#define ER_C 603", "  ERR_D = -1, // d", "  ERR_E(5, \"e\"),", "| Code | Text |", "|---|---|", "| 1 | x |",
        "> - Error code: 7", "<dl><dt>8004</dt>", "<dd>rope</dd></dl>", "<dl><dt>80O5</dt><dd>a</dd><dt>b</dt><dt>8006</dt><dd>c</dd></dl>", "<table><tr><td>1", "</table>", "", "", "---",
        "- 40005 Rope", "- `ER_G`", "- [40006](#a)", "- 7 = `LiftError.DARK`", "### 4000l: x", "/** said */", "// said",
        "ERR_H = \"Lift.H\"", "0x11; // light", "40007  floor", "1. 40004: x", "word", "  - Code: 5", "<!--", "-->", "Error codes:", "- Lift log: y", "==", "\ufeff", "\u00a0",
    ]
)  # fmt: skip


@given(st.lists(_LINE, max_size=30).map("\n".join))
def test_every_place_holds_what_is_said_to_stand_there_and_nothing_is_lost(text: str) -> None:
    document = read(text)
    counted = account_of(document)
    assert counted.cells == counted.placed + counted.in_problems
    assert not list(lost([document]))
    for table in document.tables:
        for row in table.raw.rows:
            for cell in row.cells:
                if cell.text:
                    assert cut(document.lines, cell.span) == cell.text
        if table.raw.form in {TableForm.PROSE, TableForm.SOURCE_CODE}:
            assert table.entries
            assert all(len(row.cells) == len(table.columns) for row in table.raw.rows)


_REPEATED: dict[str, Callable[[int], str]] = {
    "items": lambda n: "# Error codes\n\n" + "".join(f"* Error Number: {i}\n\n    Text.\n\n" for i in range(n)),
    "defines": lambda n: "```c\n" + "".join(f"#define ER_{i}_X {i} // text\n" for i in range(n)) + "```\n",
    "headings": lambda n: "# Error codes\n\n" + "".join(f"### {i + 1000}: x\n\nText.\n\n" for i in range(n)),
    "bare words": lambda n: "# Error codes\n\n" + "".join(f"- `BUSY{'A' * (i % 30)}`: text\n" for i in range(n)),
    "families": lambda n: "# Lift\n\n" + "".join(f"### LFT-0{i} x\n\n- **Cause:** y\n\n" for i in range(n)),
    "lists of none": lambda n: "# Error codes\n\n" + "".join(f"- item\n  - `{i}`\n" for i in range(n)),
    "unclosed definitions": lambda n: "# Error codes\n\n" + "<dl><dt>1001</dt>\n\n" * n,
    "one long head": lambda n: (
        "* Error: " + "[" * n + "\n* Error " + "error " * n + "\n* " + "<" * n + "\n* " + "1," * n
    ),
    "one long body": lambda n: "* Error Number: 1\n" + "  - Cause: x\n" * n + "* Error Number: 2\n",
    "one long define": lambda n: "```\n#define ER_A " + "(" * n + "\n#define " + "A" * n + "\n" + "a " * n + "\n```\n",
}


@pytest.mark.parametrize("shape", _REPEATED)
def test_time_grows_with_the_input_alone(shape: str) -> None:
    def spent(size: int) -> float:
        text = _REPEATED[shape](size)
        start = time.process_time()
        read(text)
        return time.process_time() - start

    spent(100)
    # Ten times the input in ten times the time; thrice that allows for a busy machine, a quadratic one takes a hundred.
    assert spent(4000) < 30 * spent(400) + 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### ERR-7719: Rope lost\n\nPull.\n", ["ERR-7719"]),
        ("### Error -7719\n\nPull.\n", ["-7719"]),
        ("## Error Code Ranges\n\n- **100-109:** Doors\n- **110-119:** Ropes\n", []),
        ("## Error Codes\n\n- **100-109:** Doors\n- **110-119:** Ropes\n", ["100-109", "110-119"]),
        ("# Error codes\n\n### ERR-SHUT (100)\n\nOpen.\n\n### ERR-NO-KEY (101)\n\nBring it.\n", ["100", "101"]),
        ("# Lift\n\n### STATUS-QUO (2024)\n\nOpen.\n", []),
        ("# Lift\n\n### ERR-SHUT (u100)\n\nOpen.\n", ["ERR-SHUT"]),
        (
            "## Error Codes\n\n### 400 Bad Request\n\n**Codes:**\n- `ROPE_NAME` - Rope\n- `MISSING_DOOR` - Door\n",
            ["ROPE_NAME", "MISSING_DOOR"],
        ),
        ("# Lift\n\n## Parts\n\n**Codes:**\n- `ROPE_NAME` - Rope\n- `DOOR_NAME` - Door\n", []),
        (
            "# Lift\n\n## Error codes\n\n- DOOR_WITHOUT_KEY: x.\n- KEY_MISMATCH: y.\n",
            ["DOOR_WITHOUT_KEY", "KEY_MISMATCH"],
        ),
        ("# Lift\n\n## Error codes\n\nSettings:\n\n- LOG_FORMAT: x.\n- KEY_MISMATCH: y.\n", []),
        ("### Error codes (`LiftErrorCodes`, Doors)\n\n`A = -52`, `B = -53`.\n", []),
        ("### Error (`E_FULL`)\n\nWait.\n", ["E_FULL"]),
    ],
)
def test_what_a_name_or_a_heading_decides(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
