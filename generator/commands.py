"""The commands and their options, as a person types them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator import layout, permalinks
from generator.diagnostics import Severity

Run = Callable[[argparse.Namespace], int]
"""Does what a command asks, and returns its exit code."""


class Runs(Struct, frozen=True):
    """What each command does."""

    assemble: Run
    build: Run
    catalog: Run
    check: Run
    explain: Run
    labels: Run
    permalinks: Run
    propose: Run
    rules: Run
    serve: Run


_EXIT_CODES: Final = (
    "Exit codes: 0 clean, 1 new diagnostics, 2 usage, input or a rule that crashed, 3 nothing to check, "
    "129, 130 or 143 interrupted."
)
_EXPLAIN_EXIT_CODES: Final = (
    "Exit codes: 0 a known code was found, or a text that mentions the words; 1 neither; 2 usage or input."
)
_EXPLAIN_EXAMPLES: Final = """\
examples:
  codeglot explain 7006                            a code; also 0x1b5e, 1b5e, -7006
  codeglot explain AV_ERR_AUTH_FAILED              a name, also misspelled, old or in parts
  codeglot explain 'EnterRoom failed, ret=7006'    a line of a log
  codeglot explain --locale en < game.log          a whole log, of any size
  codeglot explain --format json 7006 | jq .codes  for programs"""


def parser(runs: Runs, formats: Sequence[str]) -> argparse.ArgumentParser:
    """All commands and their options; the report may be written in ``formats``."""
    top = argparse.ArgumentParser(
        prog="codeglot",
        description="Reads vendors' error-code documents, reports in what their languages disagree, and makes a site.",
        epilog=_EXIT_CODES,
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(commands, "build", runs.build, "build the site")
    _outputs(build)
    _told(build)
    build.add_argument(
        "--part",
        metavar="SELECTION",
        help="make only this part of the site, into one file for `codeglot assemble`: locale=TAG and product=ID, joined by "
        "commas; either may be given several times, or left out, which means all",
    )
    build.add_argument(
        "--into",
        metavar="FILE",
        type=Path,
        help=f"where the part goes (default: a file named by the selection in {layout.PARTS}/ beside the site)",
    )

    joined = _command(commands, "assemble", runs.assemble, "make the site of parts, which are not made again")
    joined.add_argument(
        "part",
        nargs="+",
        metavar="PART",
        type=Path,
        help="files that `codeglot build --part` has made of the same documents; together they have to hold all of them",
    )
    _outputs(joined)
    _told(joined)

    serve = _command(commands, "serve", runs.serve, "build the site, show it on this machine and follow changes")
    _outputs(serve)
    serve.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")

    check = _command(
        commands, "check", runs.check, "report everything in which the languages disagree", epilog=_EXIT_CODES
    )
    check.add_argument(
        "--format", choices=formats, default="text", metavar="FORMAT", help=f"{', '.join(formats)} (default: text)"
    )
    check.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="also write a report of that format to FILE; may be given several times",
    )
    check.add_argument(
        "--fail-on",
        choices=[severity.value for severity in Severity],
        default=Severity.ERROR.value,
        metavar="SEVERITY",
        help="least severity that makes the exit code 1: error, warning or note (default: error)",
    )
    check.add_argument(
        "--baseline", metavar="FILE", type=Path, help="diagnostics known already (default: baseline.json in the source)"
    )
    check.add_argument(
        "--changed-since",
        metavar="REV",
        help="put what a change since REV brings about at the changed line, for reviews that show only those",
    )
    check.add_argument("--update-baseline", action="store_true", help="write what is open now as known")
    check.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    check.add_argument(
        "--pedantic", action="store_true", help="also report what is of low precision: mostly false alarms"
    )
    check.add_argument("--all", action="store_true", help="list what is corrected, known or suppressed, too")

    errata = commands.add_parser("errata", help="propose corrections", description="Propose corrections.")
    propose = _command(
        errata.add_subparsers(title="commands", metavar="COMMAND", required=True),
        "propose",
        runs.propose,
        "print an erratum for everything that can be proved",
    )
    propose.add_argument(
        "fingerprint",
        nargs="*",
        metavar="FINGERPRINT",
        help="only these diagnostics, by the beginning of their fingerprint",
    )

    catalog = _command(commands, "catalog", runs.catalog, "print the catalog as JSON")
    catalog.add_argument("--schema", action="store_true", help="print the JSON Schema of the catalog instead")
    catalog.add_argument(
        "--coverage",
        nargs="?",
        const="text",
        choices=["text", "json"],
        metavar="FORMAT",
        help="print instead what became of each document's tables, rows and cells, as text or json (default: text)",
    )

    published = _command(
        commands,
        "permalinks",
        runs.permalinks,
        "compare the site's addresses with the list of published ones",
        epilog="Exit codes: 0 no published address is lost, 1 some are, 2 usage or input.",
    )
    published.add_argument(
        "--update",
        action="store_true",
        help=f"add the new addresses to {permalinks.PERMALINKS_FILE}; nothing is ever taken out of it",
    )

    words = _command(commands, "labels", runs.labels, "write what of the site's own words is to be translated")
    words.add_argument("locale", metavar="LOCALE", help="the language, as catalog.toml declares it")

    explained = _command(
        commands,
        "explain",
        runs.explain,
        "say what a code, a name or a line of a log means",
        epilog=f"{_EXPLAIN_EXAMPLES}\n\n{_EXPLAIN_EXIT_CODES}",
    )
    explained.formatter_class = argparse.RawDescriptionHelpFormatter
    explained.add_argument("text", nargs="*", metavar="TEXT", help="what to look up; without it standard input is read")
    explained.add_argument("--locale", metavar="TAG", help="language of the answer (default: the source locale)")
    explained.add_argument(
        "--format", choices=["text", "json"], default="text", metavar="FORMAT", help="text or json (default: text)"
    )
    explained.add_argument("--schema", action="store_true", help="print the JSON Schema of --format json instead")

    listed = commands.add_parser(
        "rules", help="list the rules, or explain one", description="List the rules, or explain one."
    )
    listed.add_argument("rule", nargs="?", metavar="ID", help="the rule to explain, for example K204")
    listed.add_argument(
        "--source",
        metavar="DIR",
        type=Path,
        help="folder with a catalog.toml: also say how often each rule fires there",
    )
    listed.set_defaults(run=runs.rules)
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary_line: str,
    epilog: str = "",
) -> argparse.ArgumentParser:
    sentence = f"{summary_line[0].upper()}{summary_line[1:]}."
    command = commands.add_parser(name, help=summary_line, description=sentence, epilog=epilog)
    command.add_argument(
        "--source",
        metavar="DIR",
        type=Path,
        default=Path(layout.SOURCE),
        help=f"folder with a catalog.toml (default: {layout.SOURCE})",
    )
    command.set_defaults(run=run)
    return command


def _told(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--timings", action="store_true", help="also print where the time went")


def _outputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--docs", metavar="DIR", type=Path, help="where the Markdown pages go")
    command.add_argument("--site", metavar="DIR", type=Path, help="where the site goes")
