"""What the resolver takes and gives: the codes it knows, and what it read in a text.

The browser's twin (``codeglot-resolve.js``) gives the same values as JSON, field by field.
"""

from enum import StrEnum

from msgspec import Struct

from generator.model import ProductId


class IndexedCode(Struct, frozen=True):
    """One page of a code, as far as it is needed to recognise it in a text."""

    path: str
    """Product and slug, ``gme/7006``; what ``data-code`` holds."""
    product: ProductId
    values: tuple[int, ...] = ()
    """The numbers the page is about: one for an integer code, several for a list, none for a symbol or a range."""
    bounds: tuple[int, int] | None = None
    """First and last number of a range."""
    symbol: str = ""
    """The code itself as published, where it is a word."""
    names: tuple[str, ...] = ()
    """Its names in the newest edition, the source locale's first."""
    former: tuple[str, ...] = ()
    """Names that only older editions give it."""
    retired: bool = False
    """Whether only older editions know it."""
    meanings: int = 1
    """In how many sections it stands, each with a meaning of its own."""
    meant: tuple[str, ...] = ()
    """Right spellings of names that are shipped misspelled, as people declare them."""
    titles: tuple[str, ...] = ()
    """What its product is called beside its id, folded: ``game multimedia engine``."""


class ReadKind(StrEnum):
    """As what a stretch of the text was read."""

    DECIMAL = "decimal"
    HEXADECIMAL = "hexadecimal"
    """With ``0x``."""
    BARE_HEXADECIMAL = "bare-hexadecimal"
    """With letters among the digits but no ``0x``."""
    ADDRESS = "address"
    """``product/slug``, as in a link to a page."""
    NAME = "name"
    FORMER_NAME = "former-name"
    NEAR_NAME = "near-name"
    """No name, but a few letters from one."""
    PARTS = "parts"
    """Every word is part of the name."""


class Ambiguity(StrEnum):
    """Why a stretch that was read may mean more than one thing."""

    PRODUCT = "product"
    """Several products have it."""
    CODE = "code"
    """Several codes of one product have it."""
    MEANING = "meaning"
    """One code has it, and stands in several sections."""
    BASE = "base"
    """The same digits are another code when read in the other base."""


class Read(Struct, frozen=True):
    """One stretch of the text that was taken for a code."""

    start: int
    """Index of its first character; characters are Unicode code points."""
    end: int
    """Index after its last character."""
    text: str
    """The stretch as written."""
    kind: ReadKind
    value: str
    """The number in decimal; for names the letters and digits alone, in capitals."""
    codes: tuple[str, ...]
    """Paths of the codes that are meant, likeliest first; empty for a number that is no code."""
    other_base: tuple[str, ...] = ()
    """Paths of the codes that the same digits mean in the other base; never among those meant."""
    neighbours: tuple[str, ...] = ()
    """For a number that is no code: the paths of the nearest codes, in ascending order."""
    ambiguity: tuple[Ambiguity, ...] = ()


class ResolutionKind(StrEnum):
    """What became of a text as a whole."""

    CODES = "codes"
    """Codes or names stand in it."""
    NEAR = "near"
    """Something much like a name stands in it."""
    PARTS = "parts"
    """Its words are parts of names."""
    UNKNOWN = "unknown"
    """It speaks of a number as of a code, but there is no such code."""
    NONE = "none"
    """Nothing in it is a code."""


class Resolution(Struct, frozen=True):
    """What a text says about codes."""

    kind: ResolutionKind
    reads: tuple[Read, ...]
    """In the order of the text."""
    codes: tuple[str, ...]
    """Paths of all codes meant, each once, in the order of the reads."""
