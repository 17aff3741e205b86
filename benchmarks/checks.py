"""How well the rules find what is wrong, and how often they cry wolf.

First, defects of every kind are planted into copies of the documents, one at a time, and the report with the defect is
compared with the report without: what is new should speak of the defect and of nothing else. Second, with ``--corpora``,
all rules run over a folder of real documents named ``vendor-product-year.locale.md``, and the alerts of each rule are
counted, so that noise shows. ``--write`` keeps the figures for the rules' pages.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import row_defects
import text_defects
from planting import Kind, Plant, field

from generator import layout, pipeline, rules, sources
from generator.assemble import assemble
from generator.codes import read_code
from generator.diagnostics import Diagnostic, Precision, Severity, State
from generator.grouped import grouped
from generator.model import Document, canonical
from generator.parse import parse

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ROOT / "generator" / "rules" / "measured.json"
READINGS = ROOT / "benchmarks" / "readings.json"


class Trial(NamedTuple):
    """What one planted defect brought about."""

    kind: Kind
    found: tuple[str, ...]
    """Rules that speak of the defect, causes and consequences."""
    worst: Severity | None
    """Of what speaks of the defect."""
    false: tuple[Diagnostic, ...]
    """New causes that speak of something else."""
    plant: Plant


class Bench:
    """One folder of documents: its report as it is, and with one document changed."""

    def __init__(self, folder: Path) -> None:
        self.loaded = pipeline.load(folder)
        read = sources.read(self.loaded.settings)
        self.sources = {source.path: source for source in read}
        self.documents = {source.path: parse(source, self.loaded.settings.columns) for source in read}
        written = self._judged(list(self.documents.values()))
        self.before = frozenset(one.fingerprint for one in _flat(written))
        self.field = field(self.loaded.written, self.loaded.glossary)

    def changed(self, path: str, text: str) -> tuple[Diagnostic, ...]:
        """The report with ``text`` in the place of one document; errata are left out."""
        settings = self.loaded.settings
        source = self.sources[path]
        again = sources.decode(
            text.encode(), source.product, source.edition, source.locale, source.path, source.published
        )
        documents = [
            parse(again, settings.columns) if one == path else document for one, document in self.documents.items()
        ]
        return self._judged(documents)

    def _judged(self, documents: list[Document]) -> tuple[Diagnostic, ...]:
        catalog = assemble(documents, self.loaded.settings)
        return rules.check(catalog, catalog, self.loaded.glossary, self.loaded.settings.declared)

    def trial(self, kind: Kind, seed: int) -> Trial | None:
        """One defect of a kind; ``None`` where the documents have no place for it."""
        chance = random.Random(f"{kind.name} {seed}")
        plant = kind.plant(chance, self.field)
        if plant is None:
            return None
        new = [one for one in self.changed(plant.document.path, plant.text) if self._is_new(one)]
        about = [one for one in new if any(_speaks_of(inner, plant) for inner in (one, *one.explains))]
        shown = [one for one in about if one.precision is not Precision.LOW]
        found = tuple(sorted({inner.rule for one in shown for inner in (one, *one.explains)}))
        worst = min((one.severity for one in shown), key=list(Severity).index, default=None)
        false = tuple(one for one in new if one not in about and one.precision is not Precision.LOW)
        return Trial(kind, found, worst, false, plant)

    def _is_new(self, one: Diagnostic) -> bool:
        return any(inner.fingerprint not in self.before for inner in (one, *one.explains))


def _speaks_of(one: Diagnostic, plant: Plant) -> bool:
    """Whether a diagnostic is about the document or the rows that the defect was planted in."""
    same = (one.product, one.edition) == (plant.document.product, plant.document.edition)
    codes = {_canonical(code) for code in plant.codes}
    return same and (not one.code or _canonical(one.code) in codes)


def _canonical(text: str) -> object:
    read = read_code(text)
    return canonical(read) if read else text


def _flat(diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    for one in diagnostics:
        yield from (one, *one.explains)


def main() -> int:
    """Plant, run over the corpora, print, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--source", type=Path, action="append", metavar="DIR", help="documents to plant defects into")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="real documents to count alerts in")
    parser.add_argument("--seeds", type=int, default=40, help="defects of each kind and folder (default: 40)")
    parser.add_argument("--kind", help="only kinds whose name holds this")
    parser.add_argument("--misses", action="store_true", help="show what was not found, and what was reported falsely")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {MEASURED.relative_to(ROOT)}")
    options = parser.parse_args()
    started = time.monotonic()
    kinds = [
        kind for kind in (*row_defects.KINDS, *text_defects.KINDS) if not options.kind or options.kind in kind.name
    ]
    with tempfile.TemporaryDirectory() as made:
        products = _products(options.corpora, Path(made)) if options.corpora else []
        seeds = dict.fromkeys(options.source or [ROOT / layout.SOURCE], options.seeds)
        seeds |= dict.fromkeys(products, -(-options.seeds // 4))
        trials = [
            trial
            for folder, count in seeds.items()
            for bench in [Bench(folder)]
            for kind in kinds
            for seed in range(count)
            if (trial := bench.trial(kind, seed))
        ]
        _print_trials(trials, misses=options.misses)
        alerts = _alerts(products)
    documents = len(list(options.corpora.glob("*.*.md"))) if options.corpora else 0
    if options.corpora:
        _print_alerts(alerts, documents)
    if options.write:
        made_new = _measured(trials, alerts, documents) if not options.kind else _updated(trials)
        MEASURED.write_text(made_new, encoding="utf-8")
    print(f"\n{len(trials)} defects, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


def _print_trials(trials: Sequence[Trial], *, misses: bool) -> None:
    print(f"{'planted':<32} {'n':>4} {'found':>6} {'error':>6}  {'false errors / others':<22} rules")
    by_kind: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_kind[trial.kind.name].append(trial)
    for name, same in by_kind.items():
        found = sum(1 for one in same if set(one.found) & set(one.kind.rules))
        errors = sum(1 for one in same if one.worst is Severity.ERROR)
        false = [diagnostic for one in same for diagnostic in one.false]
        bad = sum(1 for one in false if one.severity is Severity.ERROR)
        counts = Counter(rule for one in same for rule in one.found)
        said = " ".join(f"{rule}:{count}" for rule, count in counts.most_common(8))
        print(
            f"{name:<32} {len(same):>4} {found / len(same):>6.0%} {errors / len(same):>6.0%}  {bad:>4} / {len(false) - bad:<15} {said}"
        )
        if misses:
            for one in same:
                place = f"{one.plant.document.path} {', '.join(sorted(one.plant.codes)[:3])}"
                if not set(one.found) & set(one.kind.rules):
                    print(f"    missed: {place}; said: {' '.join(one.found) or 'nothing'}")
                for extra in one.false:
                    print(
                        f"    false {extra.severity.value} {extra.rule} at {extra.span.path}:{extra.span.line} ({place}): {extra.message}"
                    )
    for rule, (planted, hit) in sorted(_recall(trials).items()):
        print(f"{rule} {hit}/{planted} {hit / planted:.1%}")


def _recall(trials: Sequence[Trial]) -> dict[str, tuple[int, int]]:
    """For the rule that is meant to say each kind: how many were planted, and of how many one of the kind's rules spoke."""
    found: dict[str, tuple[int, int]] = {}
    for one in trials:
        planted, hit = found.get(one.kind.rules[0], (0, 0))
        found[one.kind.rules[0]] = (planted + 1, hit + bool(set(one.found) & set(one.kind.rules)))
    return found


def _alerts(products: Sequence[Path]) -> dict[str, list[Diagnostic]]:
    """What the report says of real documents, each vendor's product by itself: the first of each line's diagnostics."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for folder in products:
        for group in grouped(one for one in pipeline.check(pipeline.load(folder)) if one.state is State.NEW):
            found[group.first.rule].append(group.first)
    return found


def _products(corpora: Path, made: Path) -> list[Path]:
    """A folder of sources in ``made`` for each product of the corpora."""
    families: dict[str, dict[str, dict[str, Path]]] = {}
    for path in sorted(corpora.glob("*.*.md")):
        match = re.fullmatch(r"(.+)-(\d{4})\.([\w-]+)\.md", path.name)
        if match:
            families.setdefault(match[1], {}).setdefault(match[2], {})[match[3]] = path
    folders = []
    for product, editions in families.items():
        locales = sorted({locale for documents in editions.values() for locale in documents})
        source = "zh" if "zh" in locales else locales[0]
        folder = made / product
        folder.mkdir()
        lines = [
            f'source_locale = "{source}"',
            f"locales = {json.dumps([source, *(one for one in locales if one != source)])}",
            "[[products]]",
            f'id = "{product}"',
            f'title = {{ {source} = "{product}" }}',
        ]
        for year, documents in sorted(editions.items(), reverse=True):
            listed = ", ".join(f'{locale} = "{path.name}"' for locale, path in documents.items())
            lines += ["[[products.editions]]", f'id = "{year}"', f'published = "{year}"', f"documents = {{ {listed} }}"]
            for path in documents.values():
                (folder / path.name).write_bytes(path.read_bytes())
        (folder / "catalog.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        folders.append(folder)
    return folders


def _print_alerts(alerts: dict[str, list[Diagnostic]], documents: int) -> None:
    print(f"\n{documents} documents: alerts by rule (shown by default / of low precision)")
    for rule in rules.RULES:
        same = alerts.get(rule.id, [])
        low = sum(1 for one in same if one.precision is Precision.LOW)
        print(
            f"{rule.id} {rule.name:<30} {rule.severity.value:<8} {rule.precision.value:<10} {len(same) - low:>5} / {low}"
        )


def _updated(trials: Sequence[Trial]) -> str:
    """The figures there are, with what was found of some kinds of defects measured anew."""
    body = json.loads(MEASURED.read_text(encoding="utf-8"))
    for rule, (planted, found) in _recall(trials).items():
        body["rules"][rule].update(planted=planted, found=found)
    return json.dumps(body, indent=2) + "\n"


def _measured(trials: Sequence[Trial], alerts: dict[str, list[Diagnostic]], documents: int) -> str:
    """The figures for each rule, and what a person read by hand of its alerts, which ``readings.json`` keeps."""
    readings = json.loads(READINGS.read_text(encoding="utf-8")) if READINGS.exists() else {}
    recall = _recall(trials)
    false = Counter(diagnostic.rule for one in trials for diagnostic in one.false)
    made = {}
    for rule in rules.RULES:
        planted, found = recall.get(rule.id, (0, 0))
        read = readings.get(rule.id, {"read": 0, "real": 0})
        made[rule.id] = {
            "planted": planted,
            "found": found,
            "false": false[rule.id],
            "alerts": len(alerts.get(rule.id, ())),
            "read": read["read"],
            "real": read["real"],
        }
    body = {"documents": documents, "rules": made}
    return json.dumps(body, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
