"""Arguments, streams and exit codes."""

import argparse
import gc
import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from generator import baseline, changes, console, explain, export, layout, permalinks, pipeline, resolve, rules
from generator.diagnostics import Severity
from generator.errors import CodeglotError
from generator.reports import Report, concise, github, gitlab, junit, markdown, sarif
from generator.reports import json as json_report
from generator.reports import text as text_report
from generator.write import write_file

EXIT_CLEAN: Final = 0
EXIT_NEW: Final = 1
EXIT_USAGE: Final = 2
EXIT_NOTHING: Final = 3
EXIT_INTERRUPTED: Final = 130

FORMATS: Final[Mapping[str, Callable[[Report, bool, bool], str]]] = {
    "text": lambda report, colour, every: text_report.render(report, colour=colour, every=every),
    "json": lambda report, _colour, _every: json_report.render(report),
    "concise": lambda report, _colour, _every: concise.render(report),
    "github": lambda report, _colour, _every: github.render(report),
    "gitlab": lambda report, _colour, _every: gitlab.render(report),
    "junit": lambda report, _colour, _every: junit.render(report),
    "markdown": lambda report, _colour, _every: markdown.render(report),
    "sarif": lambda report, _colour, _every: sarif.render(report, os.environ.get("SITE_URL", "")),
    "html": lambda report, _colour, _every: pipeline.report_page(report, os.environ.get("SITE_URL", "")),
}
"""Each format of the report: given the report, whether in colour, and whether with what is not new."""

_EXIT_CODES: Final = (
    "Exit codes: 0 clean, 1 new diagnostics, 2 usage, input or a rule that crashed, 3 nothing to check."
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
_WIDTH: Final = 80
_WIDEST: Final = 120
_LONGEST_PIECE: Final = 1 << 16
"""Characters of one line that are read at a time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 clean, 1 new diagnostics, 2 usage or input, 3 nothing to check."""
    # Error codes come in any script, whatever the terminal's locale says, and a log may hold any bytes.
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except CodeglotError as error:
        sys.stdout.flush()
        print(f"codeglot: {error}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:  # The reader has seen enough.
        _give_up_output()
        return EXIT_CLEAN
    except OSError as error:  # The disk behind the output is full, the folder one stands in is gone, ...
        _give_up_output()
        where = f"{error.filename}: " if error.filename else ""
        print(f"codeglot: {where}{error.strerror or error}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        print("codeglot: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED


def _give_up_output() -> None:
    """Let nothing more be written, not even at the interpreter's exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="codeglot",
        description="Reads vendors' error-code documents, reports in what their languages disagree, and makes a site.",
        epilog=_EXIT_CODES,
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(commands, "build", _build, "build the site")
    _outputs(build)
    build.add_argument("--quiet", action="store_true", help="print nothing but errors")

    serve = _command(commands, "serve", _serve, "build the site, show it on this machine and follow changes")
    _outputs(serve)
    serve.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")

    check = _command(commands, "check", _check, "report everything in which the languages disagree", epilog=_EXIT_CODES)
    check.add_argument(
        "--format", choices=FORMATS, default="text", metavar="FORMAT", help=f"{', '.join(FORMATS)} (default: text)"
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
        _propose,
        "print an erratum for everything that can be proved",
    )
    propose.add_argument(
        "fingerprint",
        nargs="*",
        metavar="FINGERPRINT",
        help="only these diagnostics, by the beginning of their fingerprint",
    )

    catalog = _command(commands, "catalog", _catalog, "print the catalog as JSON")
    catalog.add_argument("--schema", action="store_true", help="print the JSON Schema of the catalog instead")

    published = _command(
        commands,
        "permalinks",
        _permalinks,
        "compare the site's addresses with the list of published ones",
        epilog="Exit codes: 0 no published address is lost, 1 some are, 2 usage or input.",
    )
    published.add_argument(
        "--update",
        action="store_true",
        help=f"add the new addresses to {permalinks.PERMALINKS_FILE}; nothing is ever taken out of it",
    )

    explained = _command(
        commands,
        "explain",
        _explain,
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
    listed.set_defaults(run=_rules)
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


def _outputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--docs", metavar="DIR", type=Path, help="where the Markdown pages go")
    command.add_argument("--site", metavar="DIR", type=Path, help="where the site goes")


@contextmanager
def _keeping_all() -> Iterator[None]:
    """What is read, judged and planned is all kept until the end; looking for garbage in it takes a fourth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _build(options: argparse.Namespace) -> int:
    found = layout.find(options.source, options.docs, options.site)
    with _keeping_all():
        outcome = pipeline.build(found, os.environ.get("SITE_URL", ""))
    if not options.quiet:
        sys.stdout.write(console.summary(outcome, found))
    return EXIT_CLEAN


def _serve(options: argparse.Namespace) -> int:
    found = layout.find(options.source, options.docs, options.site)
    pipeline.serve(found, options.port, say=lambda line: print(line, flush=True))
    return EXIT_CLEAN


def _check(options: argparse.Namespace) -> int:
    with _keeping_all():
        return _checked(options)


def _checked(options: argparse.Namespace) -> int:
    outputs = [_output(word) for word in options.output]
    loaded = pipeline.load(options.source)
    changed = changes.since(options.changed_since, options.source) if options.changed_since is not None else None
    judge = partial(pipeline.judge, loaded, pipeline.today(), options.baseline, pedantic=options.pedantic)
    judged = judge(update=options.update_baseline)
    fixed, absent = judged.fixed, judged.absent
    if options.update_baseline:
        _write_baseline(judged)
        judged = judge()
    report = Report(
        loaded.written,
        changes.rerooted(judged.diagnostics, changed, loaded.written) if changed else judged.diagnostics,
        source=str(options.source),
        fixed=fixed,
        absent=absent,
        reasons=judged.reasons,
        hidden=judged.hidden,
        without_words=tuple(rules.without_words(loaded.written, loaded.glossary).items()),
    )
    sys.stdout.write(FORMATS[options.format](report, _colour(), options.all))
    for name, path in outputs:
        write_file(path, FORMATS[name](report, False, options.all))
    if report.crashed:
        return EXIT_USAGE
    if options.exit_zero:
        return EXIT_CLEAN
    if report.fails(Severity(options.fail_on)):
        return EXIT_NEW
    if not loaded.written.accounting.rows:
        print("codeglot: there is nothing to check: no document lists a code", file=sys.stderr)
        return EXIT_NOTHING
    return EXIT_CLEAN


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write_baseline(judged: pipeline.Judged) -> None:
    if any(one.rule == rules.INTERNAL_ERROR for one in judged.diagnostics):
        raise CodeglotError("the baseline is not written: a rule failed", hint="`codeglot check` says which")
    write_file(judged.baseline, baseline.text(judged.diagnostics))


def _propose(options: argparse.Namespace) -> int:
    text = pipeline.proposals(pipeline.load(options.source), options.fingerprint)
    sys.stdout.write(text)
    if not text:
        print("codeglot: nothing that is open can be proved", file=sys.stderr)
    return EXIT_CLEAN


def _output(word: str) -> tuple[str, Path]:
    name, separator, path = word.partition("=")
    if not separator or not path or name not in FORMATS:
        raise CodeglotError(f"--output {word}: not of the form FORMAT=FILE", hint=f"formats: {', '.join(FORMATS)}")
    return name, Path(path)


def _catalog(options: argparse.Namespace) -> int:
    if options.schema:
        sys.stdout.write(export.catalog_schema())
    else:
        sys.stdout.write(export.catalog_json(pipeline.load(options.source).corrected))
    return EXIT_CLEAN


def _permalinks(options: argparse.Namespace) -> int:
    with _keeping_all():
        found = pipeline.plan(layout.find(options.source)).addresses
    listed = found.listed or permalinks.Permalinks({}, (), ())
    lost, new = permalinks.lost(listed, found.offered), permalinks.unlisted(listed, found.offered)
    if options.update and new:
        joined = permalinks.joined(listed, found.offered)
        write_file(options.source / permalinks.PERMALINKS_FILE, permalinks.text(joined))
    known = len(listed.locales) + len(listed.neutral) + len(listed.pages)
    gone = [(one.address, one.why) for one in lost]
    sys.stdout.write(console.published(known, new, gone, updated=options.update))
    return EXIT_NEW if lost else EXIT_CLEAN


def _explain(options: argparse.Namespace) -> int:
    if options.schema:
        sys.stdout.write(explain.schema())
        return EXIT_CLEAN
    loaded = pipeline.load(options.source)
    catalog, declared = loaded.corrected, loaded.settings.declared
    locale = options.locale or catalog.source_locale
    if locale not in catalog.locales:
        raise CodeglotError(f"unknown locale {locale!r}", hint=f"the catalog has {', '.join(catalog.locales)}")
    every = options.format == "json" and not options.locale
    explainer = explain.Explainer(catalog, declared, locale, every=every, site_url=os.environ.get("SITE_URL", ""))
    index = resolve.index(catalog, declared.meant)
    reading = _read(options.text, index)
    said = explainer.explain(reading, " ".join(options.text))
    if options.format == "json":
        sys.stdout.write(explain.to_json(said))
    else:
        width = shutil.get_terminal_size((_WIDTH, 1)).columns if sys.stdout.isatty() else _WIDTH
        sys.stdout.write(explain.text(said, min(width, _WIDEST), colour=_colour()))
    return EXIT_CLEAN if said.codes or said.mentions else EXIT_NEW


def _read(words: Sequence[str], index: tuple[resolve.IndexedCode, ...]) -> explain.Reading:
    """What the arguments say, each by itself where each names a code; without arguments, what standard input says."""
    if words:
        kinds = {resolve.resolve(word, index).kind for word in words}
        if kinds <= {resolve.ResolutionKind.CODES, resolve.ResolutionKind.NEAR, resolve.ResolutionKind.UNKNOWN}:
            return explain.read_each(words, index)
        return explain.read([" ".join(words)], index)
    if sys.stdin.isatty():
        print("codeglot: type or paste a code, a name or lines of a log; end with Ctrl-D", file=sys.stderr)
    return explain.read(iter(partial(sys.stdin.readline, _LONGEST_PIECE), ""), index)


def _rules(options: argparse.Namespace) -> int:
    fired = Counter(one.rule for one in pipeline.check(pipeline.load(options.source))) if options.source else None
    if options.rule is None:
        sys.stdout.write(rules.listing(fired))
        return EXIT_CLEAN
    try:
        sys.stdout.write(rules.explain(options.rule))
        measured = pipeline.measurement(options.rule)
    except KeyError as error:
        raise CodeglotError(f"there is no rule {options.rule!r}", hint="`codeglot rules` lists them") from error
    if measured:
        sys.stdout.write(f"\n{measured}\n")
    if fired is not None:
        count = fired[options.rule.upper()]
        sys.stdout.write(f"\nIn {options.source} it fires {'once' if count == 1 else f'{count} times'}.\n")
    return EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(main())
