"""A vendor's whole catalog that does not exist, made of what the documents of this repository say, in three locales.

Its rows are those of the originals that all three locales have, with their names, texts and links, made to speak of
another thing whose words come from Codeglot's own glossary: so the three languages still say the same, and lengths, links,
lists, headers, forms of tables and slips are the originals'. How often a text comes again is measured in the originals, too.
By fixed seeds: a number of codes always gives the same catalog.
"""

import argparse
import random
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import originals
from originals import LOCALES, Row, Section, Thing

from generator.model import Column, TableForm

PRODUCT: Final = (125, 250)
"""Codes in one product."""
SECTION: Final = (10, 40)
"""Codes under one heading."""
THINGS: Final = 11
"""Things that one product's sections are about."""
HEXADECIMAL: Final = 10
"""One product of so many gives its codes in hexadecimal, as the originals do not but many vendors do."""
SHARED: Final = 10
"""One product of so many begins to count where another does."""
SLIP: Final = 16
"""One slip is planted for so many codes, beside those that the rows bring along."""
_TITLES: Final = ("{0}错误", "{0} errors", "{0} 오류")
_ABOUT: Final = ("{0}：{1}", "{0}: {1}", "{0}: {1}")
_CALLED: Final = ("调用 {0} 时：{1}", "When {0} is called: {1}", "{0} 호출 시: {1}")


def main() -> None:
    """Write one catalog and say how its texts compare with the originals'."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where to write it")
    parser.add_argument("codes", type=int, help="how many codes")
    parser.add_argument("--compare", action="store_true", help="set its texts beside the originals'")
    options = parser.parse_args()
    write(options.folder, options.codes)
    if options.compare:
        _compare(options.folder)


def write(folder: Path, codes: int) -> None:
    """Write the catalog of ``codes`` codes and its documents into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{one}"' for one in LOCALES)
    declared = [f'source_locale = "{LOCALES[0]}"\nlocales = [{listed}]\n']
    for number, size in enumerate(_sizes(codes)):
        product = _Product(number, size)
        declared.append(product.declared())
        place = folder / product.id
        place.mkdir(exist_ok=True)
        for locale, document in zip(LOCALES, product.documents(), strict=True):
            (place / f"{locale}.md").write_text(document, encoding="utf-8")
    (folder / "catalog.toml").write_text("\n".join(declared), encoding="utf-8")


def _sizes(codes: int) -> Iterator[int]:
    chance = random.Random("sizes")
    while codes:
        size = min(codes, chance.randint(*PRODUCT))
        yield size
        codes -= size


class _Product:
    """One product: what it is about, and the codes it has used."""

    def __init__(self, number: int, size: int) -> None:
        self.id = f"p{number:02}"
        self._number = number
        self._size = size
        self._chance = random.Random(f"product {number}")
        self._subject, *self._things = self._chance.sample(originals.things(), THINGS + 1)
        self._prefix = f"{self._subject.token}{number}"
        self._names: set[str] = set()
        self._said: set[tuple[str, ...]] = set()
        self._hexadecimal = number % HEXADECIMAL == HEXADECIMAL - 1

    def declared(self) -> str:
        """Its part of ``catalog.toml``."""
        words = zip(LOCALES, self._subject.words, strict=True)
        titles = ", ".join(f'{locale} = "{word.capitalize()} {self._number}"' for locale, word in words)
        documents = ", ".join(f'{locale} = "{self.id}/{locale}.md"' for locale in LOCALES)
        return (
            f'[[products]]\nid = "{self.id}"\ntitle = {{ {titles} }}\n\n'
            f'[[products.editions]]\nid = "current"\ndocuments = {{ {documents} }}\n'
        )

    def documents(self) -> list[str]:
        """The document of each locale."""
        lines: list[list[str]] = [[] for _ in LOCALES]
        models = originals.sections()
        code = 1000 if self._number % SHARED == 1 else 1000 * (self._number + 1)
        left, at = self._size, 0
        while left:
            count = min(left, self._chance.randint(*SECTION))
            model = self._chance.choices(models, weights=[len(one.rows) for one in models])[0]
            thing = self._things[at % THINGS]
            rows = [self._row(model, thing, code + offset) for offset in range(count)]
            nameless = self._chance.random() < originals.nameless()
            for index in range(len(LOCALES)):
                title = _TITLES[index].format(thing.words[index].capitalize())
                lines[index] += [f"## {title} {at // THINGS + 1}" if at >= THINGS else f"## {title}", ""]
                cells = [model.headers[index], *(row[index] for row in rows if row[index])]
                lines[index] += _table(model.form, [one[1:] for one in cells] if nameless else cells)
                lines[index].append("")
            left -= count
            at += 1
            # The numbers of a section follow each other; those between two sections are free.
            code += count + self._chance.randint(1, 20)
        return ["\n".join(one) + "\n" for one in lines]

    def _row(self, model: Section, thing: Thing, code: int) -> list[list[str]]:
        """A row's cells in each locale, in the order of the model's columns; no cells where the row is missing."""
        about, row, name = self._named(model, thing)
        texts: list[list[str]] = []
        for column, said in row.texts.items():
            made = originals.replaced(said, row.thing, about)
            # What stands there already is said once more, or of something else, as often as in the originals.
            if tuple(made) in self._said and self._chance.random() < originals.distinct(column):
                if not texts:
                    made = _labelled(_ABOUT, [word.capitalize() for word in about.words], made)
                else:
                    call = f"{about.token.title().replace('_', '')}{self._prefix.title()}{code % 1000}"
                    made = _labelled(_CALLED, [call] * len(LOCALES), made)
            self._said.add(tuple(made))
            texts.append([originals.relinked(text, self._number) for text in made])
        number = f"0x{code:X}" if self._hexadecimal else str(code)
        rows = [[name, number, *(text[index] for text in texts)] for index in range(len(LOCALES))]
        if self._chance.random() < 1 / SLIP:
            self._slip(rows)
        return rows

    def _named(self, model: Section, thing: Thing) -> tuple[Thing, Row, str]:
        while True:
            row = self._chance.choice(model.rows)
            about = thing if self._chance.random() < 0.7 else self._chance.choice(originals.things())
            tail = row.tail
            if row.thing and row.thing.token in tail:
                words = [about.token if word == row.thing.token else word for word in tail]
            else:
                words = [about.token, *tail]
            name = "_".join((self._prefix, "ERR", *words))
            if name not in self._names:
                self._names.add(name)
                return about, row, name

    def _slip(self, rows: list[list[str]]) -> None:
        """What goes wrong where documents are translated by hand."""
        index = self._chance.randrange(1, len(LOCALES))
        match self._chance.randrange(3):
            case 0:
                rows[index] = []
            case 1:
                rows[index][1] = f"{rows[index][1][:-1]}{(int(rows[index][1][-1], 16) + 3) % 10}"
            case _:
                rows[index][-1] = rows[0][-1]


def _labelled(pattern: Sequence[str], labels: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [one.format(label, text) for one, label, text in zip(pattern, labels, texts, strict=True)]


def _table(form: TableForm, rows: Sequence[Sequence[str]]) -> list[str]:
    if form is TableForm.PIPE:
        head, *body = [f"| {' | '.join(row)} |" for row in rows]
        return [head, f"|{' --- |' * len(rows[0])}", *body]
    lines = ["<table>", "<thead>", "<tr>", *(f"<th>{cell}</th>" for cell in rows[0]), "</tr>", "</thead>", "<tbody>"]
    for row in rows[1:]:
        lines += ["<tr>", *(f"<td>{cell}</td>" for cell in row), "</tr>"]
    return [*lines, "</tbody></table>"]


def _compare(folder: Path) -> None:
    print(f"{'':<22}{'originals':>40}{'invented':>40}")
    print(f"{'':<22}{'cells  chars 10/50/90 %  distinct  links':>40}{'cells  chars 10/50/90 %  distinct  links':>40}")
    both = [originals.texts(originals.ROOT / "source_docs"), originals.texts(folder)]
    for locale in LOCALES:
        for column in (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION):
            shown = [_shape([text for one, of, text in texts if (one, of) == (locale, column)]) for texts in both]
            print(f"{locale} {column.value:<19}{shown[0]:>40}{shown[1]:>40}")


def _shape(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return "none"
    tenths = statistics.quantiles([len(text) for text in texts], n=10)
    linked = sum("](" in text or "<a " in text for text in texts) / len(texts)
    lengths = "/".join(f"{tenths[at]:.0f}" for at in (0, 4, 8))
    return f"{len(texts)}  {lengths:>12}  {len(set(texts)) / len(texts):>8.0%}  {linked:>5.0%}"


if __name__ == "__main__":
    main()
