"""The words of the field: how they are found in a text and in a name, and how two glossaries are one."""

import re
from pathlib import Path

import pytest

from generator.errors import CodeglotError
from generator.glossary import Concept, Glossary, Lexicon, Negations, in_locale, merged, read, tokens
from generator.matching import pattern
from generator.model import Locale

EN, KO, JA, ZH, DE = (Locale(tag) for tag in ("en", "ko", "ja", "zh", "de"))

BROUGHT = Path(__file__).parent.parent / "source_docs" / "glossary.toml"


def finds(word: str, text: str) -> list[str]:
    """What ``word`` of a glossary finds in ``text``."""
    return [found[0] for found in re.finditer(pattern(word), text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("room", "Rooms are roomy; the bedroom is no room.", ["Rooms", "room"]),
        ("stop", "It stops, stopped, is stopping; nonstop.", ["stops", "stopped", "stopping"]),
        ("create", "create creates created creating creation", ["create", "creates", "created", "creating"]),
        ("retry", "retry retries retried retrying", ["retry", "retries", "retried", "retrying"]),
        ("play", "plays played playing player", ["plays", "played", "playing"]),
        ("init*", "Initialization, init and reinit", ["Initialization", "init"]),
        ("*n't", "It didn't.", ["n't"]),
        ("sign in", "sign  in", ["sign  in"]),
        ("комнат*", "Комната, комнаты; подкомната", ["Комната", "комнаты"]),
        ("login", "请先login后重试", ["login"]),
        ("超时", "请求超时，已超时", ["超时", "超时"]),
        ("タイムアウト", "接続タイムアウトです", ["タイムアウト"]),
        ("시간", "실시간 시간을 24시간", ["시간", "시간"]),
        ("*로그인", "미로그인 로그인됨", ["로그인", "로그인"]),
        ("네트워크", "HTTP네트워크", ["네트워크"]),
    ],
)
def test_a_word_is_found_where_its_script_lets_it_begin(word: str, text: str, found: list[str]) -> None:
    """Whole in scripts with letter case, at the start of a word in Hangul, anywhere in Chinese and Japanese."""
    assert finds(word, text) == found


def test_pattern_has_no_groups() -> None:
    """Its users count groups of their own."""
    assert all(
        re.compile(pattern(word)).groups == 0 for word in ("room", "create", "retry", "init*", "방", "超时", "*n't")
    )


def glossary(**words: list[str]) -> Glossary:
    """A glossary of English words."""
    return Glossary({concept: Concept(words={EN: tuple(same)}) for concept, same in words.items()})


def test_the_longest_word_counts() -> None:
    """A word inside a longer one is not there."""
    known = glossary(mute=["mute"], unmute=["mute off"])
    assert [one.concept for one in known.mentions(EN, "Mute off, then mute.")] == ["unmute", "mute"]


def test_a_shared_word_is_a_mention_of_each_concept() -> None:
    """Rules ask for concepts, not for words."""
    known = glossary(stop=["end"], close=["end"])
    assert known.concepts_in(EN, "The end") == {"stop", "close"}


def test_a_concept_implies_others() -> None:
    """A text on public keys is one on keys."""
    known = Glossary(
        {"key": Concept(words={EN: ("key",)}), "public": Concept(words={EN: ("public key",)}, implies=("key",))}
    )
    assert known.concepts_in(EN, "The public key") == {"key", "public"}
    assert known.concepts_in(EN, "The key") == {"key"}


def test_mentions_have_places_in_the_visible_text() -> None:
    """Full-width letters and zero-width spaces do not hide a word, and letters that grow in lower case do not move it."""
    known = glossary(room=["room"])
    assert [(one.start, one.end) for one in known.mentions(EN, "İ ｒｏ\u200bｏｍ")] == [(2, 6)]


@pytest.mark.parametrize(
    ("locale", "text", "negated"),
    [
        (EN, "Recording is not started.", True),
        (EN, "It didn't start.", True),
        (EN, "It starts, not now", False),
        (EN, "Not now: start it.", False),
        (ZH, "没有启动录音", True),
        (ZH, "不在房间内的成员都可以启动", False),
        (KO, "녹음이 시작되지 않음", True),
        (JA, "録音が開始されていません", True),
        (JA, "開始した。録音していません", False),
    ],
)
def test_a_mention_knows_whether_it_is_denied(locale: Locale, text: str, *, negated: bool) -> None:
    """By a word close to it in the same clause."""
    said = [one for one in read(BROUGHT).mentions(locale, text) if one.concept == "start"]
    assert [one.negated for one in said] == [negated]


@pytest.mark.parametrize(
    ("name", "concepts"),
    [
        ("ERR_ROOM_NOT_EXIST", {"room", "gone"}),
        ("ErrRoomNotExist", {"room", "gone"}),
        ("err-room-not-exist", {"room", "gone"}),
        ("ERR_ROOMS", set()),
        ("ERR_NOT_ROOM_EXIST", {"room"}),
        ("", set()),
    ],
)
def test_a_name_names_concepts_by_whole_tokens(name: str, concepts: set[str]) -> None:
    """Tokens are told by underscores, other marks and capitals."""
    known = Glossary({"room": Concept(names=("ROOM",)), "gone": Concept(names=("NOT_EXIST",))})
    assert known.named(name) == concepts


def test_a_name_may_deny_a_concept() -> None:
    """``NOT_STOPPED`` promises no stop."""
    known = Glossary({"stop": Concept(names=("STOPPED",))}, negations=Negations(names=("NOT",)))
    assert known.named_as("A_NOT_STOPPED") == {("stop", True)}
    assert known.named_as("A_STOPPED") == {("stop", False)}


def test_tokens_part_inner_capitals() -> None:
    """Runs of capitals stay together."""
    assert tokens("getHTTPCode_2") == ("GET", "HTTP", "CODE", "2")


def test_a_locale_falls_back_to_what_it_is_a_kind_of() -> None:
    """Case does not count; a language does not fall back to its kinds."""
    values = {Locale("zh"): 1, Locale("zh-Hant"): 2}
    assert in_locale(values, Locale("zh-hant-TW")) == 2
    assert in_locale(values, Locale("zh-CN")) == 1
    assert in_locale(values, EN) is None
    assert in_locale({Locale("pt-BR"): 1}, Locale("pt")) is None


def test_a_project_adds_to_what_is_brought() -> None:
    """Words, names and negations of both; nothing of either is lost."""
    first = Glossary(
        {"room": Concept(names=("ROOM",), words={EN: ("room",)}, telling=True)},
        misspellings={EN: {"teh": "the"}},
        negations=Negations(names=("NOT",), before={EN: ("not",)}),
    )
    second = Glossary(
        {"room": Concept(names=("HALL",), words={EN: ("hall", "room"), DE: ("Raum",)}), "x": Concept()},
        misspellings={EN: {"rom": "room"}},
        negations=Negations(names=("NO",), before={DE: ("nicht",)}),
    )
    both = merged(first, second)
    assert both.concepts["room"] == Concept(("ROOM", "HALL"), {EN: ("room", "hall"), DE: ("Raum",)}, telling=True)
    assert list(both.concepts) == ["room", "x"]
    assert both.misspellings[EN] == {"teh": "the", "rom": "room"}
    assert both.negations == Negations(("NOT", "NO"), {EN: ("not",), DE: ("nicht",)})


def test_what_is_brought_has_words_for_every_rule() -> None:
    """Each of the four languages, each kind of words; one without words has none."""
    brought = read(BROUGHT)
    kinds = (Lexicon.CONCEPTS, Lexicon.AXES, Lexicon.TELLING)
    assert all(brought.has(locale, kind) for locale in (ZH, EN, KO, JA) for kind in kinds)
    assert all(brought.has(locale, Lexicon.HOMONYMS) for locale in (EN, KO, JA))
    assert not any(brought.has(Locale("th"), kind) for kind in kinds)


def test_the_sides_of_an_axis_share_no_word() -> None:
    """A word on both sides would make every text that says it speak of both, but for words that do: 音视频, "on/off"."""
    brought = read(BROUGHT)
    for axis in brought.axes:
        for locale in (ZH, EN, KO, JA):
            words = [set(brought.words(side, locale)) for side in axis.sides]
            shared = set.intersection(*words)
            assert all("/" in word or {"audio", "video"} <= set(axis.sides) for word in shared), (axis.sides, shared)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[[axes]]\nsides = ["a", "b"]\n', 1, "there is no concept 'a' (key axes[0])"),
        ('[[homonyms]]\nconcept = "a"\nwrong = {}\n', 1, "there is no concept 'a'"),
        ('[[terms]]\nconcept = "a"\navoid = {}\n', 1, "there is no concept 'a'"),
        ('[concepts.a]\nimplies = ["b"]\n', 1, "there is no concept 'b'"),
        ('[concepts.a]\n[concepts.a.words]\nen = ["a", "*"]\n', 3, "'*' is no word"),
        ('[concepts.a]\nwords = { en = [" "] }\n', 2, "' ' is no word"),
        ('[concepts.b]\n[[homonyms]]\nconcept = "b"\nwrong = {}\nunless = ["a"]\n', 2, "there is no concept 'a'"),
        ("[concepts.a]\nword = 1\n", 2, "unknown key 'word'"),
        ("[concepts.a]\nnames = 1\n", 2, "expected list"),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    """The file, the line and the key."""
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodeglotError) as caught:
        read(path)
    assert message in str(caught.value)
    assert caught.value.line == line
