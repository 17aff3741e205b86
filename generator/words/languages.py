"""How words change in each language, and which words of a question say nothing about what is asked.

A further language adds words here; without any its words are still found as they are and by their beginning.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from generator.glossary import in_locale
from generator.model import Locale


class Speech(Struct, frozen=True):
    """What the search knows of a language; all words as the search folds them: lower case, no accents on Latin letters."""

    endings: tuple[str, ...] = ()
    """Endings of words in an alphabet; two words that differ only in them are forms of one word."""
    particles: tuple[str, ...] = ()
    """What follows a word in Hangul: particles, and endings of verbs."""
    asking: tuple[str, ...] = ()
    """Words that ask and do not tell, such as "how" and "the": they count only where nothing else is asked."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split()))


_SPEECH: Final[Mapping[Locale, Speech]] = {
    Locale("en"): Speech(
        endings=_words(
            "s es ed d ing ings e er ers or ors y ies ied ation ations ate ates ated ating ion ions ment ments able ure "
            "ures ly al ance ence"
        ),
        asking=_words(
            "a an the of in on at to for from by with and or is are was were be been am do does did how what why when "
            "where which who can could should would will i me my we our you your it its this that there have has had get "
            "gets getting got if then so please help fix solve resolve solution mean means meaning happen happens "
            "but because though just also still very"
        ),
    ),
    Locale("de"): Speech(
        endings=_words(
            "e en er em es ern s n te ten tet ter t st ung ungen lich liche lichen licher liches bar bare baren ig ige "
            "igen ieren iert ierte ierten ierung"
        ),
        asking=_words(
            "der die das den dem des ein eine einen einem einer eines und oder ist sind war wird werden im in an am auf "
            "zu zum zur von vom fur mit bei wie was warum wieso wann wo welche welcher ich mein meine wir man es hat habe "
            "haben kann losen beheben losung bedeutet tun mache machen"
        ),
    ),
    Locale("fr"): Speech(
        endings=_words(
            "e es s x ent er ez ee ees ait ant ation ations ement ements tion tions eur eurs if ive ifs ives"
        ),
        asking=_words(
            "le la les l un une des du de d et ou est sont dans en sur au aux a par pour avec comment pourquoi que quoi "
            "quel quelle qui je mon ma mes il elle ce cette resoudre solution faire"
        ),
    ),
    Locale("es"): Speech(
        endings=_words(
            "a o as os es s ar er ir ado ada ados adas ido ida idos idas ando iendo acion aciones cion ciones mente"
        ),
        asking=_words(
            "el la los las un una de del y o es son en a al por para con como que cual porque cuando donde mi se "
            "resolver solucion hacer"
        ),
    ),
    Locale("pt"): Speech(
        endings=_words(
            "a o as os es s ar er ir ado ada ados adas ido ida idos idas ando endo acao acoes cao coes mente"
        ),
        asking=_words(
            "o a os as um uma de do da dos das e ou em no na por para com como que qual porque quando onde meu minha se "
            "resolver solucao fazer"
        ),
    ),
    Locale("it"): Speech(
        endings=_words(
            "a o e i are ere ire ato ata ati ate uto uta uti ute ito ita iti ite ando endo zione zioni mente"
        ),
        asking=_words(
            "il lo la i gli le un una di del della e o in nel a al per con come che quale perche quando dove mio si "
            "risolvere soluzione fare"
        ),
    ),
    Locale("ru"): Speech(
        endings=_words(
            "а я о е ы и у ю ой ей ом ем ов ев ам ям ами ями ах ях ий ый ая яя ое ее ые ие ого его ому ему ых их ыми ими "
            "ую юю ть ет ит ют ят л ла ло ли ен ена ено ены ние ния нию нием ний"
        ),
        asking=_words(
            "и или в во на с со по к о об от до за из для как что почему когда где какой это мой у не ли решить делать"
        ),
    ),
    Locale("ko"): Speech(
        particles=_words(
            "은 는 이 가 을 를 의 에 에서 에게 께서 으로 로 와 과 도 만 까지 부터 마다 보다 처럼 이나 이란 이라는 라는 에는 에도 "
            "에서는 에서의 으로는 으로의 로의 로는 과의 와의 들 들이 들은 들을 들의 이다 입니다 인 인지 이며 이고 이면 일 때문에 "
            "하다 한다 합니다 하는 하고 하며 하면 하려면 하여 해서 해도 해야 하지 하기 할 한 함 했다 했음 했습니다 했는데 했던 하였습니다 "
            "하십시오 하세요 해주세요 되다 된다 됩니다 되는 되고 되며 되면 되어 되지 되기 될 된 됨 됐다 됐음 됐습니다 되었다 되었음 "
            "되었습니다 되었는데 습니다 습니까 으면 으며 어서 아서 었습니다 았습니다 은데 는데"
        ),
        asking=_words(
            "어떻게 왜 무엇 뭐 언제 어디 어떤 무슨 수 것 때 및 또는 그리고 좀 제 내 나 저 해결 방법 해결방법 문제 이유 의미 뜻 하나요 "
            "인가요 되나요 나요 나와요 떠요 떴어요 나는 발생 발생합니다 경우 번 하지만 그런데 근데 그래서 혹시 자꾸 "
            "제가 저희 이거 이게"
        ),
    ),
    Locale("zh"): Speech(
        asking=_words(
            "怎么办 怎么 怎样 如何 为什么 为何 什么 什么原因 啥 哪里 哪个 请问 是不是 能不能 可以吗 怎么解决 怎么处理 如何解决 如何处理 解决方案 "
            "解决办法 解决方法 解决 处理 办法 方法 问题 原因 意思 了 吗 呢 的 我 我的 一直 总是 老是 提示 出现 报 我们 但是 可是 "
            "不过 然后 而且 因为 所以 的时候 这个 那个 一下 请教 求助 帮忙 谢谢 怎麼辦 怎麼 怎樣 "
            "為什麼 什麼 解決 處理 問題 辦法 意思 嗎"
        ),
    ),
    Locale("ja"): Speech(
        asking=_words(
            "どうすれば どうしたら どうして どうやって どう なぜ 何故 なに 何 とは ですか ますか でしょうか です ます した する して "
            "について 原因 解決 対処 方法 問題 意味 の を が に は で と も へ や か から まで より"
        ),
    ),
}

_ENGLISH: Final = Locale("en")


def speech(locale: Locale) -> Speech:
    """What is known of a locale's language.

    Everybody types English words now and then, and texts without an alphabet of their own hold them.
    """
    own, english = in_locale(_SPEECH, locale) or Speech(), _SPEECH[_ENGLISH]
    return Speech(own.endings or english.endings, own.particles, tuple(dict.fromkeys((*own.asking, *english.asking))))
