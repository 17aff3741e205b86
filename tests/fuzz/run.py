"""Feed one fuzz target with a coverage-guided fuzzer: ``run.py TARGET --seconds 60 --corpus DIR``.

Inputs that reach new code are kept in DIR; one that fails is written into DIR's neighbour ``found`` and ends the run,
unless it is to go on. What was done stands as JSON beside DIR.
"""

import argparse
import json
import resource
import sys
import time
import traceback
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# The folder of this file has modules that are named like others.
sys.path = [str(ROOT), *(one for one in sys.path if Path(one).resolve() != Path(__file__).resolve().parent)]

EVERY = 1000
"""Inputs after which the program's caches are emptied."""
SAYING = 3
"""Seconds between two accounts of what was done; the fuzzer ends the process without a last word."""
LONGEST = 120
"""Seconds after which an input counts as one that never ends."""


class Run:
    """One run of one target."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Import the program so that the fuzzer sees which of its code is reached."""
        self.fuzzer: Any = import_module("atheris")
        with self.fuzzer.instrument_imports(include=["generator", "markdown_it"]):
            self.targets: Any = import_module("tests.fuzz.targets")
        self.checks: Any = import_module("tests.fuzz.checks")
        self.mutate: Any = import_module("tests.fuzz.mutate")
        self.options = options
        self.target = self.targets.TARGETS[options.target]
        self.tokens = self.mutate.TOKENS[self.target.tokens]
        seeds: Any = import_module("tests.fuzz.seeds")
        self.given = [data for data in seeds.of(options.target) if len(data) <= self.target.most]
        self.corpus: Path = options.corpus
        self.seeds = self.corpus.with_name(f"{self.corpus.name}-seeds")
        self.found = self.corpus.with_name("found")
        for folder in (self.corpus, self.found):
            folder.mkdir(parents=True, exist_ok=True)
        seeds.write(self.seeds, self.given)
        self.start = self.said = time.monotonic()
        self.tried = 0
        self.slowest = 0.0
        self.failed: Counter[str] = Counter()

    def try_seeds(self) -> None:
        """End at once where the program does not run at all."""
        for data in self.given[:: max(1, len(self.given) // 20)]:
            try:
                self.targets.run(self.options.target, data, self.targets.SLOWED)
            except (NameError, ImportError) as error:
                sys.exit(f"the program does not run: {error!r}")
            except Exception:  # noqa: BLE001, S112 - whatever a seed raises, the fuzzer comes upon it, too
                continue

    def begin(self) -> None:
        """Fuzz; never returns."""
        self.fuzzer.Setup(
            [
                sys.argv[0],
                f"-max_total_time={self.options.seconds}",
                f"-max_len={self.target.most}",
                f"-timeout={LONGEST}",
                f"-rss_limit_mb={self.options.memory}",
                f"-artifact_prefix={self.found}/{self.options.target}-",
                f"-report_slow_units={LONGEST}",
                "-print_final_stats=1",
                str(self.corpus),
                str(self.seeds),
            ],
            self.one,
            custom_mutator=self.changed,
            custom_crossover=self.crossed,
        )
        self.fuzzer.Fuzz()

    def one(self, data: bytes) -> None:
        """Try one input."""
        self.tried += 1
        if time.monotonic() > self.said + SAYING:
            self.said = time.monotonic()
            self.say()
        if self.tried % EVERY == 0:
            self.checks.forget()
        try:
            self.slowest = max(self.slowest, self.targets.run(self.options.target, data, self.targets.SLOWED))
        except Exception as error:  # Whatever it is, it is a find.
            if not self.options.keep_going:
                raise
            self.note(data, error)

    def note(self, data: bytes, error: Exception) -> None:
        """Keep the shortest input that fails at a place."""
        place = _place(error)
        self.failed[place] += 1
        kept = self.found / f"{self.options.target}-{place}"
        if not kept.exists() or len(data) < kept.stat().st_size:
            kept.write_bytes(data)
            kept.with_name(f"{kept.name}.txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")

    def changed(self, data: bytes, most: int, seed: int) -> bytes:
        """An input near another."""
        random = Random(seed)
        if random.randrange(3) == 0:
            return bytes(self.fuzzer.Mutate(data, most))
        return bytes(self.mutate.mutated(data, min(most, self.target.most), random, self.tokens, self.given))

    def crossed(self, first: bytes, second: bytes, most: int, seed: int) -> bytes:
        """The beginning of one input and the end of another, cut where both have the same mark."""
        random = Random(seed)
        mark = random.choice((b"\n", b"|", b"<", b" "))
        left, right = first.split(mark), second.split(mark)
        at, to = random.randrange(len(left) + 1), random.randrange(len(right) + 1)
        return mark.join([*left[:at], *right[to:]])[:most]

    def say(self) -> None:
        """Write down what was done."""
        told = {
            "target": self.options.target,
            "inputs": self.tried,
            "seconds": round(time.monotonic() - self.start),
            "processor_seconds": round(time.process_time()),
            "slowest": round(self.slowest, 2),
            "corpus": sum(1 for _ in self.corpus.iterdir()),
            "failed": dict(self.failed),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        self.corpus.with_name(f"{self.corpus.name}.json").write_text(json.dumps(told), encoding="utf-8")


def _place(error: Exception) -> str:
    """Where an exception was raised, as a word for a file's name."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if "/generator/" in frame.filename]
    frame = frames[-1] if frames[-1].filename.startswith(str(ROOT)) or not inner else inner[-1]
    place = f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.name}-{frame.lineno}"
    return f"{place}{getattr(error, 'place', '')}"


def main() -> None:
    """Run until the time is over or an input fails."""
    parser = argparse.ArgumentParser(description="Feed one fuzz target with a coverage-guided fuzzer.")
    parser.add_argument("target", nargs="?", default="document")
    parser.add_argument("--list", action="store_true", help="print the names of all targets")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="folder of inputs that is read and added to")
    parser.add_argument("--memory", type=int, default=2500, help="most memory in MB")
    parser.add_argument("--keep-going", action="store_true", help="note what fails, once for each place, and go on")
    options = parser.parse_args()
    if options.list:
        print(*import_module("tests.fuzz.targets").TARGETS, sep="\n")
        return
    options.corpus = options.corpus or ROOT / ".codeglot" / "fuzz" / options.target
    if find_spec("atheris") is None:
        sys.exit("atheris is missing: there are builds of it for Linux on x86-64 and Python 3.11 to 3.13")
    run = Run(options)
    run.try_seeds()
    run.begin()


if __name__ == "__main__":
    main()
