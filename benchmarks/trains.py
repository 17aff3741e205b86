"""Documents of a product that does not exist, with as many rows in three locales as wanted.

Rows differ as those of real documents do: names, meanings and most causes are said once, solutions come again, a few
rows link to a page, and here and there a translation lacks a cell or says another number.
"""

from itertools import product
from pathlib import Path

LOCALES = ("zh", "en", "ko")

SECTION = 200
"""Rows under one heading."""

_CATALOG = """source_locale = "zh"
locales = ["zh", "en", "ko"]

[[products]]
id = "trains"
title = { zh = "列车" }

[[products.editions]]
id = "current"
documents = { zh = "trains.zh.md", en = "trains.en.md", ko = "trains.ko.md" }
"""

_HEADERS = {
    "zh": ("名称", "错误码", "含义", "原因", "解决方案"),
    "en": ("Name", "Code", "Description", "Cause", "Solution"),
    "ko": ("이름", "오류 코드", "설명", "원인", "해결 방법"),
}

_PARTS = (
    ("DOOR", "车门", "door", "출입문"),
    ("BRAKE", "制动器", "brake", "제동 장치"),
    ("ENGINE", "发动机", "engine", "엔진"),
    ("SIGNAL", "信号灯", "signal lamp", "신호등"),
    ("COUPLING", "车钩", "coupling", "연결기"),
    ("CABLE", "电缆", "cable", "케이블"),
    ("HEATER", "暖气", "heater", "난방기"),
    ("LADDER", "梯子", "ladder", "사다리"),
)

_EVENTS = (
    ("OPEN_FAILED", "无法打开", "cannot be opened", "열 수 없습니다"),
    ("NOT_EXIST", "不存在", "does not exist", "존재하지 않습니다"),
    ("TIMEOUT", "响应超时", "timed out", "응답 시간이 초과되었습니다"),
    ("OCCUPIED", "已被占用", "is occupied", "이미 사용 중입니다"),
    ("EXPIRED", "已过期", "has expired", "만료되었습니다"),
    ("TOO_MANY", "数量过多", "is there too often", "개수가 너무 많습니다"),
    ("LOCKED", "已锁定", "is locked", "잠겨 있습니다"),
)

_CAUSES = (
    ("`CAR_{car}` 的{part}没有收到 `{call}` 的结果。", "The {part} of `CAR_{car}` got no result from `{call}`.", "`CAR_{car}`의 {part}에 `{call}` 결과가 오지 않았습니다."),
    ("{part}在 {seconds} 秒内没有回应 `CAR_{car}` 。", "The {part} did not answer `CAR_{car}` within {seconds} seconds.", "{part}이(가) {seconds}초 안에 `CAR_{car}`에 응답하지 않았습니다."),
    ("`CAR_{car}` 的电压低于 {volts} 伏，{part}已停用。", "The voltage of `CAR_{car}` is below {volts} volts, so the {part} is off.", "`CAR_{car}`의 전압이 {volts}볼트보다 낮아 {part}을(를) 껐습니다."),
)  # fmt: skip

_SOLUTIONS = (
    ("请在 {seconds} 秒后重试。", "Try again after {seconds} seconds.", "{seconds}초 후에 다시 시도하십시오."),
    ("请联系车站。", "Please contact the station.", "역에 문의하십시오."),
    ("请参见[运行手册](https://trains.example/guide#{part_id})。", "See the [manual](https://trains.example/guide#{part_id}).", "[매뉴얼](https://trains.example/guide#{part_id})을 참조하십시오."),
    ("请检查{part}后重新启动列车。", "Check the {part} and restart the train.", "{part}을(를) 확인한 뒤 열차를 다시 시작하십시오."),
)  # fmt: skip

_LACKING = 97
_WRONG = 211
"""Every so many rows a translation lacks its cause, or says another number in it."""


def write(folder: Path, rows: int) -> None:
    """Write the catalog and its three documents into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "catalog.toml").write_text(_CATALOG, encoding="utf-8")
    for index, locale in enumerate(LOCALES):
        (folder / f"trains.{locale}.md").write_text(document(index, rows), encoding="utf-8")


def document(locale: int, rows: int) -> str:
    """The document of one of :data:`LOCALES`."""
    header = _HEADERS[LOCALES[locale]]
    lines: list[str] = []
    for number in range(rows):
        if number % SECTION == 0:
            lines += ["", f"## {number // SECTION + 1}", "", f"| {' | '.join(header)} |", "|---|---|---|---|---|"]
        lines.append(f"| {' | '.join(_cells(locale, number))} |")
    return "\n".join(lines) + "\n"


def _cells(locale: int, number: int) -> tuple[str, str, str, str, str]:
    kinds = tuple(product(_PARTS, _EVENTS))
    part, event = kinds[number % len(kinds)]
    car = number // len(kinds) + 1
    seconds = 5 + number % 90
    if locale and number % _WRONG == locale:
        seconds += 100
    name = f"TRAIN_ERR_{part[0]}_{event[0]}_{car}"
    values = {
        "part": part[locale + 1],
        "part_id": part[0].lower(),
        "car": car,
        "call": f"Get{part[0].title()}State()",
        "seconds": seconds,
        "volts": 12 + number % 48,
    }
    meaning = (
        f"`CAR_{car}` 的{part[1]}{event[1]}",
        f"The {part[2]} of `CAR_{car}` {event[2]}",
        f"`CAR_{car}`의 {part[3]}: {event[3]}",
    )[locale]
    cause = _CAUSES[number % len(_CAUSES)][locale].format(**values)
    if locale and number % _LACKING == locale:
        cause = ""
    return name, str(100_000 + number), meaning, cause, _SOLUTIONS[number % len(_SOLUTIONS)][locale].format(**values)
