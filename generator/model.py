"""The canonical model: what the documents say, and the place of everything they say.

Values only: frozen to the bottom, compared by content, serialised to JSON field by field. The words are those of
ARCHITECTURE's glossary. Lines and columns count from 1; a column counts Unicode code points; the end column is the
column after the last character. What rules look things up by keeps its hash: that of a row takes in every word of it.
"""

from enum import StrEnum
from typing import NewType

from msgspec import Struct

Locale = NewType("Locale", str)
"""A BCP 47 language tag, as declared in ``catalog.toml``: ``zh``, ``en``, ``ko``, ``pt-BR``."""

ProductId = NewType("ProductId", str)
"""The lower-case word that stands for a product in addresses: ``gme``."""

EditionId = NewType("EditionId", str)
"""The word that stands for an edition of a product: ``current``, ``2019-04``."""

Slug = NewType("Slug", str)
"""One segment of an address, made of ``a-z``, ``0-9``, ``-``, ``_`` and ``.``."""


# What is read in great numbers does without the garbage collector (``gc=False``): it is made of words and numbers, and of
# values that are, so that nothing in it can lead back to itself.


class SourceSpan(Struct, frozen=True, gc=False, order=True, cache_hash=True):
    """A stretch of a source, from its first character to the one after its last."""

    path: str
    """Path of the source, relative to the folder of ``catalog.toml``, with forward slashes."""
    line: int
    column: int
    end_line: int
    end_column: int


# What a cell says, free of the markup it was written in.


class Text(Struct, frozen=True, gc=False, tag="text", cache_hash=True):
    """Plain words."""

    text: str


class InlineCode(Struct, frozen=True, gc=False, tag="code", cache_hash=True):
    """Words set as code."""

    text: str


class Link(Struct, frozen=True, gc=False, tag="link", cache_hash=True):
    """Words that lead somewhere; the target stands as written (it may be relative to the vendor's site)."""

    text: str
    target: str


class Break(Struct, frozen=True, gc=False, tag="break"):
    """A line break the author asked for."""


Inline = Text | InlineCode | Link | Break


# A code and how it is spelled.


class IntegerCode(Struct, frozen=True, gc=False, tag="integer"):
    """A code that is a number, whatever base and digits it is written in."""

    text: str
    """As published: ``7006``, ``0x1001``, ``-100``, ``\uff11\uff10``."""
    value: int


class SymbolCode(Struct, frozen=True, gc=False, tag="symbol"):
    """A code that is a word: ``InvalidParameter``, ``MK:0001``, ``E900``."""

    text: str
    """As published: ``MK\uff1a0001``."""
    value: str
    """As it is compared: in Unicode's one form (NFKC), nothing invisible, its case kept."""


class CodeRange(Struct, frozen=True, gc=False, tag="range"):
    """A row that speaks for all codes from ``first`` to ``last``, both included."""

    text: str
    first: int
    last: int


class CodeList(Struct, frozen=True, gc=False, tag="list"):
    """A row that speaks for several codes, in the order written."""

    text: str
    values: tuple[int, ...]


Code = IntegerCode | SymbolCode | CodeRange | CodeList

Canonical = int | str | tuple[int, ...]
"""What makes two spellings the same code: the number, the symbol, the bounds or members."""


def canonical(code: Code) -> Canonical:
    """The value by which ``code`` is compared; spellings of one number have one, a range is no list."""
    if isinstance(code, IntegerCode):  # First and alone: nearly all codes are such, and this is asked most of all.
        return code.value
    match code:
        case SymbolCode(value=value):
            return value
        case CodeRange(first=first, last=last):
            return (first, last)
        case CodeList(values=values):
            return (len(values), *values)


class Column(StrEnum):
    """The canonical field that a header's words (or, failing them, the cells below) mean."""

    CODE = "code"
    NAME = "name"
    DESCRIPTION = "description"
    CAUSE = "cause"
    SOLUTION = "solution"
    CAUSE_AND_SOLUTION = "cause_and_solution"
    OTHER = "other"


# Tables as written.


class RawCell(Struct, frozen=True, gc=False):
    """One cell as written."""

    text: str
    """The characters between the delimiters, without the padding; for HTML the inner markup."""
    span: SourceSpan
    """Where the cell is written: above its row where it spans several rows, and that of the filled cell where this is
    a further column of it."""


class RawRow(Struct, frozen=True, gc=False):
    """One row as written."""

    cells: tuple[RawCell, ...]
    """All cells, including those beyond the table's columns and those that are empty."""
    after: RawCell | None
    """Text behind the last delimiter of a row that has all its cells; ``None`` where there is none."""
    span: SourceSpan


class TableForm(StrEnum):
    """How a table is written."""

    PIPE = "pipe"
    HTML = "html"
    PROSE = "prose"
    """Codes in headings, list items or paragraphs; the cells are Markdown and may span lines."""
    SOURCE_CODE = "source_code"
    """Lines of program text; the cells stand as written."""


class RawTable(Struct, frozen=True):
    """One table as written."""

    form: TableForm
    header: RawRow
    rows: tuple[RawRow, ...]
    span: SourceSpan


# Tables as understood.


class ProblemKind(StrEnum):
    """Why a parser could not place what it read."""

    CELL_OVERFLOW = "cell-overflow"
    """A cell beyond the last column of the table."""
    TEXT_AFTER_ROW = "text-after-row"
    """Text behind the last delimiter of a complete row."""
    PIPE_LOST = "pipe-lost"
    """Two texts in one cell that were read as two cells; it holds none, and its place is the padding between them."""
    ROW_WITHOUT_CODE = "row-without-code"
    """A row whose code cell is empty or holds no code."""
    TABLE_WITHOUT_CODES = "table-without-codes"
    """A table of which no column holds codes."""
    HEADER_UNKNOWN = "header-unknown"
    """A header that no language knows in a table that lists codes or looks so; it holds no cells, for what stands below
    it was read by its content, or has no column."""
    ROW_OUTSIDE_TABLE = "row-outside-table"
    """A line that looks like a table's row but belongs to no table; without cells, the line at which Markdown loses a
    table that was read all the same."""
    BYTES_UNREADABLE = "bytes-unreadable"
    """Bytes that are no UTF-8; they were read as U+FFFD."""
    DOCUMENT_EMPTY = "document-empty"
    """A source that holds no text."""
    DOCUMENT_WITHOUT_TABLES = "document-without-tables"
    """A source with text but without a table."""


class Problem(Struct, frozen=True, gc=False):
    """Something in a source that has no place in the model, kept with its words and its place."""

    kind: ProblemKind
    text: str
    """The words that could not be placed, as written."""
    span: SourceSpan
    cells: int = 0
    """How many non-empty cells this problem holds."""


class FieldText(Struct, frozen=True, gc=False, cache_hash=True):
    """What one cell says about one code."""

    column: Column
    header: str
    """The words of the header above the cell; empty where there is none."""
    raw: str
    """The cell as written, without padding."""
    plain: str
    """The words alone: markup resolved, white space folded, links by their text."""
    inlines: tuple[Inline, ...]
    span: SourceSpan


class Erratum(Struct, frozen=True):
    """A reviewed correction of one row of one source, as ``errata.toml`` records it."""

    product: ProductId
    edition: EditionId
    locale: Locale
    row: str
    """The row's own words as recorded: its non-empty cells, each as plain text, joined with `` | ``."""
    reason: str
    evidence: tuple[str, ...]
    code: str | None = None
    """The code the row belongs to."""
    name: str | None = None
    """The name the row should carry."""
    place: tuple[tuple[Column, str], ...] = ()
    """Texts of this row that stand outside their column, each with the column it belongs to."""
    span: SourceSpan | None = None
    """Where the erratum itself stands in ``errata.toml``."""


class Correction(Struct, frozen=True):
    """One thing that an erratum put right in an entry."""

    column: Column
    written: str
    """What the source says there; empty where it says nothing."""
    corrected: str
    reason: str
    evidence: tuple[str, ...]


class Entry(Struct, frozen=True, cache_hash=True):
    """One row in one locale: what one document says about one code."""

    product: ProductId
    edition: EditionId
    locale: Locale
    section: int
    """Index of the section in its document, from 0."""
    table: int
    """Index of the table in its document, from 0."""
    row: int
    """Index of the row in its table, from 0."""
    code: Code
    fields: tuple[FieldText, ...]
    """The non-empty cells in the order of the columns, the code's and the name's own among them."""
    span: SourceSpan
    text: str
    """The row's own words: its non-empty cells, each as plain text, joined with `` | ``."""
    problems: tuple[Problem, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def field(self, column: Column) -> FieldText | None:
        """The first field under ``column``; ``None`` where the row says nothing there."""
        for field in self.fields:  # A loop: rules ask this millions of times, and a generator takes thrice as long.
            if field.column is column:
                return field
        return None

    @property
    def name(self) -> str:
        """The identifier, in one piece; empty where the row has none."""
        found = self.field(Column.NAME)
        return found.plain if found else ""

    @property
    def said(self) -> tuple[FieldText, ...]:
        """What the row says besides its code and its name."""
        return tuple([field for field in self.fields if field.column not in (Column.CODE, Column.NAME)])


class Table(Struct, frozen=True):
    """A table as written and as understood."""

    index: int
    section: int
    raw: RawTable
    columns: tuple[Column, ...]
    """What each header means, from left to right; empty for a table without codes."""
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    """What belongs to no entry of this table."""


class Section(Struct, frozen=True):
    """A heading and what stands below it, up to the next heading."""

    index: int
    title: str
    """Plain text of the heading; empty for what stands before the first heading."""
    level: int
    """1 to 6; 0 for what stands before the first heading."""
    span: SourceSpan
    prose: tuple[tuple[Inline, ...], ...]
    """The paragraphs outside tables."""
    tables: tuple[Table, ...]


class Document(Struct, frozen=True):
    """One source: one product, one edition, one locale."""

    product: ProductId
    edition: EditionId
    locale: Locale
    path: str
    published: str
    """When this document was published, ISO 8601 to the precision known (``2020``, ``2019-04``); empty if unknown."""
    lines: tuple[str, ...]
    """The source's lines without their ends, for excerpts; line 1 is at index 0."""
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    """What belongs to no table."""
    has_bom: bool = False
    """Whether the source begins with a byte-order mark."""
    odd_ends: tuple[int, ...] = ()
    """Lines that end otherwise than most lines of the source do."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in the order of the source."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the source."""
        return tuple(entry for table in self.tables for entry in table.entries)


class Meaning(Struct, frozen=True):
    """One code in one section of one product, with what every locale and edition says about it."""

    product: ProductId
    code: Code
    section: int
    """Index of the product's section (see :class:`ProductSection`)."""
    entries: tuple[Entry, ...]
    """Newest edition first, then in the order of the catalog's locales, then in the order of the source. A value
    that a document lists twice is here twice."""


class ProductSection(Struct, frozen=True):
    """The sections of all locales and editions that are about the same codes."""

    index: int
    """Its place among the product's sections, from 0."""
    titles: tuple[tuple[Locale, str], ...]
    """The title in each locale, from the newest edition that has it."""
    codes: tuple[Code, ...]
    """In the order of the source locale's newest document; codes only others have stand behind their neighbours."""


class EditionInfo(Struct, frozen=True):
    """One edition of a product."""

    id: EditionId
    published: str
    locales: tuple[Locale, ...]


class Product(Struct, frozen=True):
    """One product: its titles, editions, sections and meanings."""

    id: ProductId
    titles: tuple[tuple[Locale, str], ...]
    editions: tuple[EditionInfo, ...]
    """Newest first."""
    sections: tuple[ProductSection, ...]
    meanings: tuple[Meaning, ...]
    """In the order of the sections, and of the codes inside them."""


class Accounting(Struct, frozen=True):
    """Where every non-empty cell below the headers went; ``cells == placed + in_problems`` or cells were lost."""

    documents: int
    tables: int
    rows: int
    cells: int
    placed: int
    in_problems: int


class StaleErratum(Struct, frozen=True):
    """An erratum whose row no longer reads as recorded."""

    erratum: Erratum
    reason: str


class Catalog(Struct, frozen=True):
    """Everything the documents say, joined."""

    source_locale: Locale
    locales: tuple[Locale, ...]
    products: tuple[Product, ...]
    documents: tuple[Document, ...]
    """In the order of ``catalog.toml``: products, editions, locales."""
    accounting: Accounting
    stale_errata: tuple[StaleErratum, ...] = ()
