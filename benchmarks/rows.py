"""How long and how much memory 100,000 rows take, beside 10,000 of the same, in each form in which documents give codes.

Each length runs in a process of its own on one processor; seconds are the processor's, memory is the process's peak, both
with what Python and Codeglot need for an empty document taken as a row of its own. A ratio near 10 is linear.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final

from generator import coverage
from generator.model import EditionId, Locale, ProductId
from generator.parse import parse
from generator.sources import decode

SHORT: Final = 10_000
LONG: Final = 100_000
WORDS: Final = (
    "the server does not answer in time", "a parameter is missing", "the token has expired",
    "the room is full", "no permission for this device", "the file is too large",
)  # fmt: skip


def main() -> int:
    """Print the table, or, in a process of its own, measure one text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--one", nargs=2, metavar=("FORM", "ROWS"), help="measure one text and print it as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measured(options.one[0], int(options.one[1]))))
        return 0
    print(f"{'form':<14}{'rows':>9}{'codes':>9}{'seconds':>9}{'ratio':>7}{'MiB':>7}")
    for form in FORMS:
        short = 0.0
        for rows in (0, SHORT, LONG):
            found = _in_a_process(form, rows)
            ratio = f"{found['seconds'] / short:.1f}" if rows == LONG else ""
            short = found["seconds"]
            figures = f"{found['codes']:>9,.0f}{found['seconds']:>9.2f}{ratio:>7}{found['mebibytes']:>7.0f}"
            print(f"{form:<14}{rows:>9,}{figures}", flush=True)
    return 0


def _in_a_process(form: str, rows: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", form, str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measured(form: str, rows: int) -> dict[str, float]:
    text = FORMS[form](rows)
    gc.disable()  # As the program does while it reads.
    start = time.process_time()
    document = parse(decode(text.encode(), ProductId("p"), EditionId("e"), Locale("en"), "p.en.md", ""), {})
    seconds = time.process_time() - start
    lost = list(coverage.lost([document]))
    if lost:
        raise SystemExit(f"{form}: {len(lost)} rows lost a cell, the first on line {lost[0].line}")
    # Linux counts in kibibytes, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return {"codes": len(document.entries), "seconds": seconds, "mebibytes": peak}


def _rows(count: int) -> Iterator[tuple[str, str, str, str]]:
    """Code, name, description and solution of each row; no two rows say the same."""
    for number in range(count):
        words = WORDS[number % len(WORDS)]
        yield (
            str(100_000 + number),
            f"ERR_MODULE_{number % 97}_CASE_{number}",
            f"Case {number}: {words}.",
            f"Check whether {words}, then try `call({number})` again.",
        )


def _pipe(count: int) -> str:
    rows = "".join(f"| {code} | {name} | {said} | {do} |\n" for code, name, said, do in _rows(count))
    return f"# Error codes\n\n| Code | Name | Description | Solution |\n|---|---|---|---|\n{rows}"


def _html(count: int) -> str:
    head = "<table>\n<tr><th>Code</th><th>Name</th><th>Description</th><th>Solution</th></tr>\n"
    body = "".join(
        f"<tr>\n<td>{code}</td>\n<td>{name}</td>\n<td>{said}</td>\n<td>{do}</td>\n</tr>\n"
        for code, name, said, do in _rows(count)
    )
    return f"# Error codes\n\n{head}{body}</table>\n"


def _unclosed(count: int) -> str:
    head = "<table><tr><th>Code<th>Name<th>Description<th>Solution\n"
    body = "".join(f"<tr><td>{code}<td>{name}<td>{said}<td>{do}\n" for code, name, said, do in _rows(count))
    return f"# Error codes\n\n{head}{body}"


def _items(count: int) -> str:
    items = "".join(f"* Error Number: {code}\n\n    {said}\n\n    {do}\n\n" for code, _, said, do in _rows(count))
    return f"# Error codes\n\n{items}"


def _headings(count: int) -> str:
    return "# Error codes\n\n" + "".join(
        f"### {code} {name}\n\n{said} {do}\n\n" for code, name, said, do in _rows(count)
    )


def _defines(count: int) -> str:
    lines = "".join(f"#define {name} {code} // {said}\n" for code, name, said, _ in _rows(count))
    return f"# Error codes\n\n```c\n{lines}```\n"


FORMS: Final[dict[str, Callable[[int], str]]] = {
    "pipe table": _pipe,
    "HTML table": _html,
    "unclosed HTML": _unclosed,
    "list items": _items,
    "headings": _headings,
    "program text": _defines,
}
"""How each form is written, given the number of its rows."""


if __name__ == "__main__":
    sys.exit(main())
