"""``codeglot explain``: what it prints for people and for programs, and what it reads."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from wcwidth import wcswidth

from generator import cli, explain, pipeline, resolve
from generator.explain.wrapped import around, wrapped
from generator.model import Locale
from generator.resolve.fold import LONGEST

ROOT = Path(__file__).resolve().parents[1]
SOURCE_DOCS = ROOT / "source_docs"

CATALOG = """\
source_locale = "en"
locales = ["en", "zh"]

[[products]]
id = "shop"
title = { en = "Shop", zh = "商店" }

[[products.retired]]
codes = [90]
reason = "The till is gone."
replaced_by = 17

[[products.editions]]
id = "new"
published = "2024"
documents = { en = "en.md", zh = "zh.md" }

[[products.editions]]
id = "old"
published = "2020"
documents = { en = "old.md" }

[[products]]
id = "bank"
title = { en = "Bank" }

[[products.editions]]
id = "new"
documents = { en = "bank.md" }
"""

ENGLISH = """\
## Tills

| Name | Code | Description | Cause | Solution |
|---|---|---|---|---|
| SHOP_CLOSED | 17 | The shop is closed. | It is night, and a night in the north may take very long indeed. | Read the [hours](https://shop.example/hours), then come again. |
| SHOP_FULL | 23 | The shop is full. | | |
| SHOP_FULL_TOO | 23 | No room. | | |

## Carts

| Name | Code | Description |
|---|---|---|
| CART_LOST | 17 | The cart is lost. |
| CART_HEAVY | 4096 | The cart is heavy. |
"""
CHINESE = """\
## 收银

| 名称 | 错误码 | 描述 | 原因 |
|---|---|---|---|
| SHOP_CLOSED | 17 | 商店已关门。 | 现在是晚上，而且这个很长的句子说明为什么晚上不营业，一直写到这一行放不下为止。 |
"""
OLD = """\
## Tills

| Name | Code | Description |
|---|---|---|
| SHOP_SHUT | 17 | The shop is shut. |
| TILL_EMPTY | 90 | The till is empty. |
"""
BANK = """\
## Money

| Name | Code | Description |
|---|---|---|
| BANK_CLOSED | 17 | The bank is closed. |
| BANK_ODD | 1000 | The sum is odd. |
"""

SEVENTEEN = """\
17: several products have it · it stands in several sections · the same digits
are a code in the other base, too

shop/17  SHOP_CLOSED
17 = 0x11 · Shop

  Meaning 1 of 2: Tills
  Description  The shop is closed.
  Cause        It is night, and a night in the north may take very long indeed.
  Solution     Read the hours, then come again.
  Link         https://shop.example/hours
  Source       en.md:5, edition new

  Meaning 2 of 2: Carts
  Description  The cart is lost.
  Source       en.md:13, edition new

  Also named   CART_LOST
  Formerly     SHOP_SHUT (edition old)
  Same number  bank/17 · BANK_CLOSED · The bank is closed.
  Other base   shop/23 · SHOP_FULL · The shop is full.
  Page         /shop/17/

bank/17  BANK_CLOSED
17 = 0x11 · Bank

  Money
  Description  The bank is closed.
  Source       bank.md:5, edition new
  Same number  shop/17 · SHOP_CLOSED · The shop is closed. / The cart is lost.
  Other base   shop/23 · SHOP_FULL · The shop is full.
  Page         /bank/17/
"""

LOG = """\
2 codes in 5 lines

2 times, first on line 2
  enter failed: code=90 room=17
                     ^^ shop/90
Line 3, column 7
  later SHOP_FULL_TOO
        ^^^^^^^^^^^^^ shop/23

4242 (line 4, column 5) is no known code; nearest:
  shop/4096  CART_HEAVY

shop/90  TILL_EMPTY
90 = 0x5a · Shop

  Tills
  Description  The till is empty.
  Source       old.md:6, edition old
  Retired      last listed in edition old. The till is gone. Use shop/17
               instead.
  Page         /shop/90/

shop/23  SHOP_FULL
23 = 0x17 · Shop

  Tills
  Listed       1 of 2 times, here as SHOP_FULL
  Description  The shop is full.
  Source       en.md:6, edition new
  Listed       2 of 2 times, here as SHOP_FULL_TOO
  Description  No room.
  Source       en.md:7, edition new
  Also named   SHOP_FULL_TOO
  Other base   shop/17 · SHOP_CLOSED · The shop is closed. / The cart is lost.
  Other base   bank/17 · BANK_CLOSED · The bank is closed.
  Page         /shop/23/
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    texts = {"catalog.toml": CATALOG, "en.md": ENGLISH, "zh.md": CHINESE, "old.md": OLD, "bank.md": BANK}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITE_URL", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def run(source: Path, *words: str) -> int:
    return cli.main(["explain", "--source", str(source), *words])


def test_a_code_with_all_its_meanings(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "17") == cli.EXIT_CLEAN
    assert capsys.readouterr().out == SEVENTEEN


def test_a_log(shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    log = "start\nenter failed: code=90 room=17\nlater SHOP_FULL_TOO\nret=4242\nenter failed: code=90\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(log))
    assert run(shop) == cli.EXIT_CLEAN
    output = capsys.readouterr()
    assert output.out == LOG
    assert output.err == ""


def test_an_unknown_number(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "99") == cli.EXIT_NEW
    assert capsys.readouterr().out == ("99 is no known code; nearest:\n  bank/17  BANK_CLOSED\n  shop/90  TILL_EMPTY\n")


def test_nothing_at_all(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "good morning") == cli.EXIT_NEW
    output = capsys.readouterr()
    assert (output.out, output.err) == ("No code was found in it.\n", "")


def test_words_that_texts_mention(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "NIGHT", "north") == cli.EXIT_CLEAN
    assert capsys.readouterr().out == (
        "No code was found in it. Texts that mention it:\n"
        "\n"
        "shop/17  SHOP_CLOSED\n"
        "  Cause        It is night, and a night in the north may take very long indeed.\n"
    )
    assert run(shop, "--locale", "zh", "不营业") == cli.EXIT_CLEAN
    assert "shop/17" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SHOP_CLOSD", "SHOP_CLOSD → shop/17\nno known name, but nearly this one\n"),
        ("heavy cart", "heavy cart → shop/4096\nno known name, but all these words are in it\n"),
        ("SHOP_SHUT", "SHOP_SHUT is a former name\n"),
        ("0x1000", "shop/4096  CART_HEAVY\n4096 = 0x1000 · Shop\n"),
        ("1000", "1000: the same digits are a code in the other base, too\n"),
        ("ret=17 then 4096", "  ret=17 then 4096\n      ^^ shop/17, bank/17\n"),
    ],
)
def test_what_was_read_is_said(shop: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    assert run(shop, text) == cli.EXIT_CLEAN
    assert said in capsys.readouterr().out


def test_several_arguments_are_read_each_by_itself(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "90", "SHOP_FULL", "0x1000") == cli.EXIT_CLEAN
    out = capsys.readouterr().out
    assert re.findall(r"^(\w+/\d+)  ", out, re.MULTILINE) == ["shop/90", "shop/23", "shop/4096"]


def test_a_number_below_zero_is_no_option(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "-4096") == cli.EXIT_CLEAN
    assert "shop/4096" in capsys.readouterr().out


def test_the_page_has_a_whole_address_where_the_site_is_known(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://codes.example/help/")
    run(shop, "--locale", "zh", "4096")
    out = capsys.readouterr().out
    assert "  Page         https://codes.example/help/zh/shop/4096/\n" in out
    assert "  Note         no text in zh; this is en\n" in out


def test_an_unknown_locale_lists_the_known(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "--locale", "tlh", "17") == cli.EXIT_USAGE
    assert "the catalog has en, zh" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["explain", "--help"])
    out = capsys.readouterr().out
    assert "\n  codeglot explain --locale en < game.log " in out


def answer(source: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    run(source, "--format", "json", *words)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


@pytest.mark.parametrize("text", ["17", "code=90 and 4242", "good morning", "night", "SHOP_CLOSD", "heavy", "99"])
def test_json_keeps_to_its_schema(shop: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert cli.main(["explain", "--schema"]) == cli.EXIT_CLEAN
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(answer(shop, capsys, text), schema)


def test_json_says_everything(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(shop, capsys, "code=17, err=4242")
    assert (said["schema_version"], said["kind"], said["locale"]) == (1, "codes", "en")
    assert [(one["line"], one["column"], one["text"], one["kind"]) for one in said["reads"]] == [
        (1, 6, "17", "decimal"),
        (1, 14, "4242", "decimal"),
    ]
    assert said["reads"][1]["neighbours"] == [{"code": "shop/4096", "name": "CART_HEAVY", "line": "The cart is heavy."}]
    seventeen = said["codes"][0]
    assert (seventeen["decimal"], seventeen["hexadecimal"]) == ("17", "0x11")
    assert seventeen["former"] == [{"name": "SHOP_SHUT", "edition": "old"}]
    assert [row["locale"] for row in seventeen["meanings"][0]["rows"]] == ["en", "zh"]
    chosen = answer(shop, capsys, "--locale", "zh", "17")
    assert [row["locale"] for row in chosen["codes"][0]["meanings"][0]["rows"]] == ["zh"]


def test_a_cell_read_as_two_leaves_nothing_outside(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parent / "cases" / "rules" / "S110" / "bad-tabs"
    (code,) = answer(folder, capsys, "303", "--locale", "de")["codes"]
    (row,) = code["meanings"][0]["rows"]
    assert [field["text"] for field in row["fields"]][-2:] == ["Die Last ist zu schwer.", "Nehmen Sie etwas heraus."]
    assert row["outside"] == []


def test_a_row_put_right_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SOURCE_DOCS, "--locale", "en", "8196") == cli.EXIT_CLEAN
    assert "Corrected    code 8196, where the source says 8195; name" in capsys.readouterr().out


LOADED = pipeline.load(SOURCE_DOCS)
INDEX = resolve.index(LOADED.corrected)


def lines(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"2025-11-21 10:04:12.{number % 1000:03}  7006  1001 I Voice: frame room_id={number} took {number} ms\n"
        if number % 1000 == 12:
            yield "2025-11-21 10:04:13.000  7006  1001 E Voice: EnterRoom failed, ret=7006\n"


def test_a_long_log_is_read_to_its_end_with_repeats_counted() -> None:
    found = explain.read((*lines(30_000), "sub AV_ERR_AUTH_FAILED and QAVPTTERROR_PLAYER_INIT_ERR\n"), INDEX)
    assert [(one.read.text, one.line, one.count) for one in found.sightings] == [
        ("7006", 14, 30),
        ("AV_ERR_AUTH_FAILED", 30_031, 1),
        ("QAVPTTERROR_PLAYER_INIT_ERR", 30_031, 1),
    ]
    assert found.codes == ("gme/7006", "gme/20481")
    assert found.lines == 30_031
    assert found.sightings[0].excerpt[found.sightings[0].column - 1 :].startswith("7006")


def test_lines_without_end_are_read_in_parts() -> None:
    text = "x, " * LONGEST + "ret=7006, " + "y, " * LONGEST + "ret=7005"
    found = explain.read([text[start : start + 65_536] for start in range(0, len(text), 65_536)], INDEX)
    assert [(one.read.text, one.line, one.column) for one in found.sightings] == [
        ("7006", 1, 3 * LONGEST + 5),
        ("7005", 1, len(text) - 3),
    ]
    assert found.lines == 1


def test_a_long_and_a_short_log_are_read_alike() -> None:
    cases = json.loads((ROOT / "tests" / "cases" / "resolve.json").read_text(encoding="utf-8"))["cases"]
    filler = f"{'nothing to see here at all ' * 40}\n" * 20
    assert len(filler) > LONGEST
    for case in cases:
        if case["index"] != "originals" or "make" not in case or case["text"].count("\n"):
            continue
        short = explain.read([case["text"]], INDEX)
        if short.kind not in (resolve.ResolutionKind.CODES, resolve.ResolutionKind.UNKNOWN):
            continue
        text = f"{filler}{case['text']}\n"
        long = explain.read(re.findall(r".*\n", text), INDEX)
        assert set(short.codes) == set(long.codes), case["text"]
        assert {one.line for one in long.sightings} == {21}


def test_numbers_that_are_no_codes_do_not_flood_the_answer() -> None:
    found = explain.read((f"error code {number}\n" for number in range(100_000, 101_500)), INDEX)
    assert len(found.sightings) == 100
    assert found.more == 1_400


def test_any_bytes_and_a_stream_that_ends_in_the_middle() -> None:
    noise = bytes(range(256)) * 300 + "\n登录失败 ret=7006".encode("gbk") + b"\xe9"
    done = subprocess.run(
        [sys.executable, "-m", "generator", "explain", "--source", str(SOURCE_DOCS)],
        input=noise,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert "gme/7006" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_control_characters_of_a_log_do_not_reach_the_terminal(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop, "\x1b[31mred\x1b[0m ret=4096 \x07\x9b2J")
    out = capsys.readouterr().out
    assert "ret=4096" in out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


@pytest.mark.parametrize("no_colour", [False, True])
def test_at_a_terminal(shop: Path, no_colour: bool) -> None:
    """Colour and width come from the terminal; without a text it says what it waits for."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "60", **({"NO_COLOR": "1"} if no_colour else {})}
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "explain", "--source", str(shop)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=ROOT,
        env=environment,
    )
    os.close(slave)
    os.write(master, b"ret=4096\n\x04")
    said = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # Linux says so when the other side is closed.
            break
        if not part:
            break
        said += part
    os.close(master)
    assert process.wait() == cli.EXIT_CLEAN
    text = said.decode()
    assert "type or paste a code" in text
    assert "shop/4096" in text
    assert ("\x1b[" in text) is not no_colour
    if no_colour:
        after = text.split("Ctrl-D", 1)[1].splitlines()[1:]
        assert all(wcswidth(line) <= 60 for line in after if "ret=" not in line)


@pytest.mark.parametrize("width", [20, 40, 79])
def test_wrapping(width: int) -> None:
    text = "Read the manual，然后重新启动设备。如果仍然失败，请联系我们！ A/very/long/path/that/is/one/word/and/longer/than/that. 끝입니다."
    found = wrapped(text, width)
    assert all(wcswidth(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert not any(line.startswith(("，", "。", "！", ".")) for line in found)
    assert wrapped("", width) == [""]


@pytest.mark.parametrize("at", [0, 50, 180])
def test_a_long_line_is_shown_around_what_was_read(at: int) -> None:
    line = "中文 log " * 30
    line = f"{line[:at]}7006{line[at:]}"
    shown, column, size = around(line, at, at + 4, 60)
    assert wcswidth(shown) <= 60
    assert size == 4
    assert shown.replace("中", "中\0").replace("文", "文\0")[column : column + 4] == "7006"


def test_the_answer_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for locale in LOADED.corrected.locales:
        run(SOURCE_DOCS, "--locale", locale, "1001 7006 8194 32775 20101")
        for line in capsys.readouterr().out.splitlines():
            assert wcswidth(line) <= 80 or re.match(r"  (Link|Page) ", line), line


def test_every_code_of_every_locale_can_be_told() -> None:
    declared = LOADED.settings.declared
    for locale in LOADED.corrected.locales:
        explainer = explain.Explainer(LOADED.corrected, declared, Locale(locale))
        for code in INDEX:
            said = explainer.explain(explain.read([code.path], INDEX))
            assert code.path in [one.code for one in said.codes]
            assert code.path in explain.text(said, 80)
