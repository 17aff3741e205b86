"""Arguments, streams and exit codes."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from generator import export, pipeline
from generator.errors import CodeglotError

EXIT_CLEAN: Final = 0
EXIT_NEW: Final = 1
EXIT_USAGE: Final = 2
EXIT_NOTHING: Final = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 clean, 1 new diagnostics, 2 usage or input, 3 nothing to check."""
    for stream in (sys.stdout, sys.stderr):
        # Error codes come in any script, whatever the terminal's locale says.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except CodeglotError as error:
        sys.stdout.flush()
        print(f"codeglot: {error}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader has seen enough; nothing more can be written, not even at the interpreter's exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_CLEAN
    except KeyboardInterrupt:
        print("codeglot: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="codeglot",
        description="Reads vendors' error-code documents, reports in what their languages disagree, renders a site.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    catalog = _command(commands, "catalog", _catalog, "print the catalog as JSON")
    catalog.add_argument("--schema", action="store_true", help="print the JSON Schema of the catalog instead")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    help_text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
    command.add_argument(
        "--source",
        metavar="DIR",
        type=Path,
        default=Path("source_docs"),
        help="folder with a catalog.toml (default: source_docs)",
    )
    command.set_defaults(run=run)
    return command


def _catalog(options: argparse.Namespace) -> int:
    if options.schema:
        sys.stdout.write(export.catalog_schema())
    else:
        sys.stdout.write(export.catalog_json(pipeline.load(options.source).corrected))
    return EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(main())
