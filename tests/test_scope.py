"""What a rule sees: one product, whatever others there are, or all of them to compare; the parts and the whole agree."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from generator import pipeline, rules
from generator.diagnostics import Diagnostic
from generator.model import Catalog, ProductId
from generator.pipeline import Loaded
from generator.rules import combine
from generator.rules.base import Rule
from generator.rules.context import Context
from generator.rules.scope import Scope
from tests import once

TESTS = Path(__file__).parent
SOURCE_DOCS = TESTS.parent / "source_docs"
FAMILY = TESTS / "cases" / "rules" / "E808" / "bad"
"""Two products of which a rule says that they contradict each other."""
FOLDERS = (SOURCE_DOCS, FAMILY)


def of(loaded: Loaded, product: str) -> tuple[Diagnostic, ...]:
    known = loaded.glossary, loaded.settings.declared
    return rules.of_product(loaded.written, loaded.corrected, ProductId(product), *known)


def between(loaded: Loaded) -> tuple[Diagnostic, ...]:
    return rules.between_products(loaded.written, loaded.corrected, loaded.glossary, loaded.settings.declared)


def products(loaded: Loaded) -> list[ProductId]:
    return [one.id for one in loaded.written.products]


def alone(loaded: Loaded, product: ProductId) -> Loaded:
    """As if no other product had ever been declared."""

    def only(catalog: Catalog) -> Catalog:
        return msgspec.structs.replace(
            catalog,
            products=tuple(one for one in catalog.products if one.id == product),
            documents=tuple(one for one in catalog.documents if one.product == product),
            stale_errata=tuple(one for one in catalog.stale_errata if one.erratum.product == product),
        )

    return msgspec.structs.replace(loaded, written=only(loaded.written), corrected=only(loaded.corrected))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_the_whole_is_its_parts(folder: Path) -> None:
    loaded = once.loaded(folder)
    parts = [*(of(loaded, product) for product in products(loaded)), between(loaded)]
    assert sum(map(len, parts)) == len(once.checked(folder)) > 0
    assert rules.joined(parts) == rules.joined(reversed(parts)) == once.checked(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_no_product_changes_what_is_said_of_another(folder: Path) -> None:
    loaded = once.loaded(folder)
    for product in products(loaded):
        single = alone(loaded, product)
        assert of(loaded, product) == of(single, product) == pipeline.check(single)
        assert between(single) == ()


def test_not_even_one_that_says_the_very_same(tmp_path: Path) -> None:
    """A twin shares all files, so that whatever is kept by place, by text or by code is found by both of them."""
    folder = shutil.copytree(SOURCE_DOCS, tmp_path / "twins")
    for name in ("errata.toml", "baseline.json"):
        (folder / name).unlink()
    declared = (folder / "catalog.toml").read_text(encoding="utf-8")
    first = declared.index("[[products]]")
    single = declared[first : declared.index("[[products]]", first + 1)]
    (folder / "catalog.toml").write_text(declared + single.replace('id = "gme"', 'id = "twin"'), encoding="utf-8")
    loaded = pipeline.load(folder)
    twin, own = of(loaded, "twin"), of(loaded, "gme")
    assert len(own) > 100
    assert [plain(one) for one in twin] == [plain(one) for one in own]
    assert own == of(alone(loaded, ProductId("gme")), "gme")


@pytest.mark.parametrize("share", [0, 0.2, 0.7, 1])
@pytest.mark.parametrize("told", [True, False], ids=["told", "ended"])
def test_it_makes_no_difference_which_process_asks_a_rule(
    share: float, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = once.loaded(SOURCE_DOCS)
    known = loaded.written, loaded.corrected, ProductId("gme"), loaded.glossary, loaded.settings.declared
    asked: list[str] = []
    real = combine.said

    def spy(some: Iterable[Rule], *contexts: Context) -> rules.Both:
        found = real(some, *contexts)
        asked.extend(found[0])
        return found

    monkeypatch.setattr(combine, "said", spy)
    others = int(rules.turns() * share)
    rest = rules.last(known, turns(others))
    assert len(rest[0]) == len(rest[1]) == others  # Errata make two catalogs of it.
    mine = turns(rules.turns() - others)
    assert rules.of_product(*known, turn=mine, rest=lambda: rest if told else ({}, {})) == of(loaded, "gme")
    first = asked[: rules.turns()]
    assert len(set(first)) == len(first) == rules.turns()


def turns(count: int) -> Callable[[], bool]:
    """So many turns, and then none."""
    left = iter([True] * count)
    return lambda: next(left, False)


def plain(one: Diagnostic) -> Diagnostic:
    """A diagnostic without what names its product."""
    inside = tuple(map(plain, one.explains))
    return msgspec.structs.replace(one, product=ProductId(""), fingerprint="", explains=inside)


def test_each_rule_is_shown_what_its_scope_says(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[Scope, list[set[str]]] = {scope: [] for scope in Scope}

    def spy(scope: Scope) -> Callable[[Context], Iterator[Diagnostic]]:
        def check(context: Context) -> Iterator[Diagnostic]:
            catalog, declared = context.catalog, context.declared
            seen[scope].append(
                {
                    *(one.product for one in catalog.documents),
                    *(one.id for one in catalog.products),
                    *(one.product for kind in (declared.retired, declared.shipped) for one in kind),
                    *(product for product, _ in declared.link_base),
                }
            )
            yield from ()

        return check

    spies = tuple(msgspec.structs.replace(rules.RULES[0], scope=scope, check=spy(scope)) for scope in Scope)
    monkeypatch.setattr(rules, "RULES", spies)
    loaded = once.loaded(SOURCE_DOCS)
    written = msgspec.structs.replace(loaded, corrected=loaded.written)
    pipeline.check(written)
    assert seen == {Scope.PRODUCT: [{"gme"}, {"ilvb"}], Scope.PRODUCTS: [{"gme", "ilvb"}]}


@pytest.mark.parametrize(("scope", "failures"), [(Scope.PRODUCT, 2), (Scope.PRODUCTS, 1)])
def test_a_rule_that_fails_is_told_of_wherever_it_failed(
    monkeypatch: pytest.MonkeyPatch, scope: Scope, failures: int
) -> None:
    def fail(_context: Context) -> Iterator[Diagnostic]:
        yield from ()
        raise KeyError("odd")

    index = next(at for at, rule in enumerate(rules.RULES) if rule.scope is scope)
    broken = msgspec.structs.replace(rules.RULES[index], check=fail)
    monkeypatch.setattr(rules, "RULES", (*rules.RULES[:index], broken, *rules.RULES[index + 1 :]))
    found = pipeline.check(once.loaded(SOURCE_DOCS))
    internal = [one for one in found if one.rule == "X999"]
    assert len(internal) == len({one.fingerprint for one in internal}) == failures
    assert all(broken.id in one.message for one in internal)
    assert len(found) > 100
