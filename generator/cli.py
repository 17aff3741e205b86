"""Arguments, streams and exit codes."""

import argparse
import gc
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from generator import (
    baseline,
    changes,
    commands,
    console,
    coverage,
    export,
    layout,
    making,
    permalinks,
    pipeline,
    resolve,
    rules,
    shell,
    site,
)
from generator.diagnostics import Severity
from generator.errors import CodeglotError
from generator.reports import Report, concise, github, gitlab, junit, markdown, sarif
from generator.reports import json as json_report
from generator.reports import text as text_report
from generator.write import write_file

if TYPE_CHECKING:
    from generator import explain

EXIT_CLEAN: Final = 0
EXIT_NEW: Final = 1
EXIT_USAGE: Final = 2
EXIT_NOTHING: Final = 3

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

_WIDTH: Final = 80
_WIDEST: Final = 120
_LONGEST_PIECE: Final = 1 << 16
"""Characters of one line that are read at a time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 clean, 1 new diagnostics, 2 usage or input, 3 nothing to check.

    A command that a signal ended gives 128 and the signal's number.
    """
    shell.set_up_streams()
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        with shell.ended_by_signals():
            return _result(run, options)
    except BrokenPipeError:  # The reader has seen enough.
        shell.give_up_output()
        return EXIT_CLEAN
    except OSError as error:  # The disk behind the output is full, the folder one stands in is gone, ...
        shell.give_up_output()
        where = f"{error.filename}: " if error.filename else ""
        shell.tell(f"{where}{error.strerror or error}")
        return EXIT_USAGE
    except KeyboardInterrupt as error:
        shell.tell("interrupted")
        return shell.exit_code(error)


def run() -> NoReturn:
    """The program: :func:`main`, ended at once, for taking hundreds of megabytes of values apart one by one takes a while.

    What a command reads, judges and plans is all kept until its end; looking for garbage in it takes a fourth of the time.
    """
    gc.disable()
    shell.leave(main())


def _result(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except CodeglotError as error:
        sys.stdout.flush()
        shell.tell(str(error))
        return EXIT_USAGE


def _build(options: argparse.Namespace) -> int:
    if options.part is None and options.into is not None:
        raise CodeglotError("--into is for a part", hint="say which with --part, for example --part locale=ko")
    return _made(options) if options.part is None else _made_part(options)


def _assemble(options: argparse.Namespace) -> int:
    return _made(options, options.part)


def _made(options: argparse.Namespace, parts: Sequence[Path] = ()) -> int:
    found = layout.find(options.source, options.docs, options.site)
    with _clock(options) as clock:
        made = making.build(found, os.environ.get("SITE_URL", ""), shell.tell, clock, parts=parts)
    if not options.quiet:
        sys.stdout.write(console.summary(made, found))
    if options.timings:
        sys.stdout.write(console.timings(made))
    return EXIT_CLEAN


def _made_part(options: argparse.Namespace) -> int:
    found = layout.find(options.source, options.docs, options.site)
    with _clock(options) as clock:
        made = making.build_part(found, options.part, options.into, os.environ.get("SITE_URL", ""), clock)
    if not options.quiet:
        sys.stdout.write(console.told_part(made))
    if options.timings:
        sys.stdout.write(console.timings(made))
    return EXIT_CLEAN


@contextmanager
def _clock(options: argparse.Namespace) -> Iterator[site.Clock]:
    """Tells a person at the terminal, unless they want quiet, what a build does."""
    progress = console.Progress(sys.stderr)
    try:
        yield site.Clock(None if options.quiet else progress)
    finally:
        progress.end()


def _serve(options: argparse.Namespace) -> int:
    found = layout.find(options.source, options.docs, options.site)
    # A server is what few commands want, and it takes a while to load.
    from generator.making import serving  # noqa: PLC0415

    serving.serve(found, options.port, say=lambda line: print(line, flush=True))
    return EXIT_CLEAN


def _check(options: argparse.Namespace) -> int:
    outputs = [_output(word) for word in options.output]
    loaded = pipeline.load(options.source)
    changed = changes.since(options.changed_since, options.source) if options.changed_since is not None else None
    judge = partial(pipeline.judge, loaded, pipeline.today(), options.baseline, pedantic=options.pedantic)
    judged = judge(update=options.update_baseline)
    fixed, absent = judged.fixed, judged.absent
    if options.update_baseline:
        _write_baseline(judged, None if options.baseline else options.source)
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
    # First the files: a reader of the output may have seen enough before its end.
    for name, path in outputs:
        _write(path, FORMATS[name](report, False, options.all))
    sys.stdout.write(FORMATS[options.format](report, _colour(), options.all))
    lost = list(coverage.lost(loaded.written.documents))
    for span in lost:
        print(f"codeglot: {span.path}:{span.line}: a cell is lost or counted twice: please report it", file=sys.stderr)
    if report.crashed or lost:
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


def _write_baseline(judged: pipeline.Judged, root: Path | None) -> None:
    if any(one.rule == rules.INTERNAL_ERROR for one in judged.diagnostics):
        raise CodeglotError("the baseline is not written: a rule failed", hint="`codeglot check` says which")
    _write(judged.baseline, baseline.text(judged.diagnostics), root)


def _write(path: Path, text: str, root: Path | None = None) -> None:
    if write_file(path, text, root=root):
        shell.tell(f"a run was interrupted while it wrote {path}; the file is whole again")


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
    elif options.coverage:
        found = [coverage.covered(document) for document in pipeline.load(options.source).corrected.documents]
        sys.stdout.write(coverage.to_json(found) if options.coverage == "json" else coverage.text(found))
    else:
        sys.stdout.write(export.catalog_json(pipeline.load(options.source).corrected))
    return EXIT_CLEAN


def _permalinks(options: argparse.Namespace) -> int:
    found = pipeline.plan(layout.find(options.source)).addresses
    listed = found.listed or permalinks.Permalinks({}, (), ())
    lost, new = permalinks.lost(listed, found.offered), permalinks.unlisted(listed, found.offered)
    if options.update and new:
        joined = permalinks.joined(listed, found.offered)
        _write(options.source / permalinks.PERMALINKS_FILE, permalinks.text(joined), options.source)
    known = len(listed.locales) + len(listed.neutral) + len(listed.pages)
    gone = [(one.address, one.why) for one in lost]
    sys.stdout.write(console.published(known, new, gone, updated=options.update))
    return EXIT_NEW if lost else EXIT_CLEAN


def _explain(options: argparse.Namespace) -> int:
    from generator import explain  # noqa: PLC0415 - a build does without what reads logs, which takes a while to load

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


def _read(words: Sequence[str], index: tuple[resolve.IndexedCode, ...]) -> "explain.Reading":
    """What the arguments say, each by itself where each names a code; without arguments, what standard input says."""
    from generator import explain  # noqa: PLC0415 - as above

    if words:
        kinds = {resolve.resolve(word, index).kind for word in words}
        if kinds <= {resolve.ResolutionKind.CODES, resolve.ResolutionKind.NEAR, resolve.ResolutionKind.UNKNOWN}:
            return explain.read_each(words, index)
        return explain.read([" ".join(words)], index)
    if sys.stdin.isatty():
        print("codeglot: type or paste a code, a name or lines of a log; end with Ctrl-D", file=sys.stderr)
    return explain.read(iter(partial(sys.stdin.readline, _LONGEST_PIECE), ""), index)


def _labels(options: argparse.Namespace) -> int:
    path, text, left = pipeline.to_translate(layout.find(options.source), options.locale)
    if left or path.exists():
        path.parent.mkdir(exist_ok=True)
        _write(path, text, options.source)
    sys.stdout.write(console.to_translate(path, left))
    return EXIT_CLEAN


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


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    runs = commands.Runs(
        assemble=_assemble,
        build=_build,
        catalog=_catalog,
        check=_check,
        explain=_explain,
        labels=_labels,
        permalinks=_permalinks,
        propose=_propose,
        rules=_rules,
        serve=_serve,
    )
    return commands.parser(runs, tuple(FORMATS))
