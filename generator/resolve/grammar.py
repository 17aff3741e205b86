r"""Words and patterns by which numbers in a text are told apart.

They are data that both resolvers share: the browser gets them with its index. Patterns therefore keep to what Python's
``re`` and ECMAScript read alike (no named groups, no ``\d``, ``\w``, ``\s`` or ``\b``, whose meaning differs), look at
folded text, and take time in proportion to it. A further language adds words here and nothing elsewhere.
"""

from typing import Final

from msgspec import Struct

_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,:][0-9]{1,9})?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_SOURCE_FILE = (
    "c|cc|cpp|cxx|h|hh|hpp|m|mm|cs|java|kt|kts|swift|js|jsx|mjs|ts|tsx|py|go|rs|lua|php|rb|vue|dart|scala|sh|sql|log"
)


class Grammar(Struct, frozen=True):
    """Everything that is language or convention rather than rule."""

    number: str
    """A number that stands by itself: sign, then ``0x`` and digits or decimal digits."""
    bare_hexadecimal: str
    """A word of hexadecimal digits."""
    noise: tuple[str, ...]
    """Stretches whose numbers are never codes: dates, times, addresses, versions, amounts."""
    soft_noise: tuple[str, ...]
    """Stretches whose numbers are codes only behind a word that says so: links, paths, process ids."""
    counted: str
    """What follows a number that counts or measures something."""
    called_code: str
    """What follows a number that is called an error."""
    joint: str
    """What stands between the codes of an enumeration."""
    gap: str
    """What may stand between a number and the word that says what it is."""
    word: str
    """The last word of a text: an ASCII identifier or a run of CJK characters."""
    strong: tuple[str, ...]
    """Words before a code: their number is spoken of as a code even where there is none."""
    strong_endings: tuple[str, ...]
    """Ends of words run together that mean the same."""
    soft: tuple[str, ...]
    """Words that often stand before a code."""
    other: tuple[str, ...]
    """Words before numbers that are something else."""
    link: tuple[str, ...]
    """Words between the telling word and the number."""
    year: tuple[str, ...]
    """Words before a year."""
    cjk_strong: tuple[str, ...]
    cjk_soft: tuple[str, ...]
    cjk_other: tuple[str, ...]
    cjk_link: tuple[str, ...]


_UNITS = (
    "ns|us|ms|sec|secs|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?|bytes?|bits?|[kmgt]i?b|[kmg]?bps"
    "|[kmg]?hz|fps|px|frames?|times|people|users|members|players|rooms|packets|items|rows|lines|records|files|retries"
    "|attempts|errors|warnings|entries|samples|points|percent"
)
_CHINESE_UNITS = "毫秒|秒|分钟|小时|天|次|个|人|条|行(?!为|动)|帧|字节|年|月|日(?!志)|元(?!素)|倍|名(?!称|字)|位(?!置)|分(?!析|配|类)"
_KOREAN_UNITS = (
    "(?:밀리초|초|분|시간|번째|회|개|명|년|월|일|줄|행|바이트|원|프레임|건)(?:[이가은는을를의]|동안|후|전|만|간)?"
)

GRAMMAR: Final = Grammar(
    number=r"(?<![a-z0-9_])(0x[0-9a-f]+|[0-9]+)(?![a-z0-9_])",
    bare_hexadecimal=r"(?<![a-z0-9_.-])([0-9a-f]{3,8})(?![a-z0-9_-]|\.[a-z0-9])",
    noise=(
        r"(?<![0-9])[0-9]+@[a-z0-9]",
        r"@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
        r"(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])",
        r"(?<![0-9a-z:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![0-9a-z])",
        r"(?<![0-9])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:[:/][0-9]{1,5})?(?![0-9])",
        r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])",
        r"(?<![0-9])[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2,4}(?![0-9])",
        r"(?<![0-9])(?:19|20)[0-9]{2}[-/](?:0[1-9]|1[0-2])(?![0-9])",
        r"(?<![0-9])[0-9]{2}[-/][0-9]{2} (?=[0-9]{2}:)",
        r"(?<![0-9])(?:19|20)[0-9]{6}-[0-9]{6}(?![0-9])",
        r"(?<![0-9])[0-9]{2,4} ?[年년](?: ?[0-9]{1,2} ?[月월])?(?: ?[0-9]{1,2} ?[日일])?",
        r"(?<![0-9])[0-9]{1,2} ?[月월] ?[0-9]{1,2} ?[日일]",
        rf"(?<![a-z]){_MONTH}\.? {{1,2}}[0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}(?![0-9])",
        rf"(?<![0-9])[0-9]{{1,2}}[ -/]{_MONTH}\.?[ -/][0-9]{{4}}(?![0-9])",
        rf"(?<![a-z]){_MONTH}\.? (?:19|20)[0-9]{{2}}(?![0-9])",
        rf"(?<![0-9:]){_TIME}(?: +[0-9]+[ -]+[0-9]+(?=[ /]))?(?![0-9])",
        rf"(?<![a-z0-9])[iwef][0-9]{{4}} {_TIME} +[0-9]+",
        r"(?<![0-9a-z_])v?[0-9]+(?:\.[0-9]+)+",
        rf"\.(?:{_SOURCE_FILE})(?::|\(|, line |:line | line )[0-9]+(?:[:,][0-9]+)?",
        r"(?<![0-9a-z])[1-9][0-9]{1,4} ?[x×*] ?[0-9]{2,5}(?![0-9a-z])",
        r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])",
        r"(?<![0-9])[0-9]+ ?[%‰]",
        r"[$€£¥₩] ?[0-9]+",
        r"http/[0-9.]{1,5}\"? [0-9]{3}",
        r"(?<![0-9])[0-9]{2,4}-[0-9]{3,4}-[0-9]{3,4}(?![0-9])",
        r"(?<![a-z0-9])localhost:[0-9]+",
        r"(?<![a-z0-9_])[0-9]+ of [0-9]+(?![a-z0-9])",
    ),
    soft_noise=(
        r"://[^ \n\"'<>]+",
        r"/[a-z0-9._-]{0,64}[a-z][a-z0-9._-]{0,64}(?:/[a-z0-9._-]+)+",
        r"\.[a-z]{2,24}:[0-9]{1,5}(?![0-9])",
        r"[a-z0-9_)]\[[0-9]+(?::[0-9a-fx]+)?\]",
        r"\[[0-9]+:[0-9]+\]",
    ),
    counted=rf"^ (?:{_UNITS})(?![a-z0-9_])|^ ?(?:{_CHINESE_UNITS})|^ ?{_KOREAN_UNITS}(?![가-힣])",
    called_code=r"^[\"'`)\]]? ?-?(?:(?:error|err|code)(?![a-z0-9_])|错误|报错|錯誤|오류|에러|エラー|번 (?:오류|에러))",
    joint=r"^(?:[ ,;/|&+()\[\]{}\"'<>~、→:=-]|and|or|then|和|或|及|与|跟|然后|및|또는|와|과|그리고)*$",
    gap=r"[ \"'`:=(\[{<#>*\])|~.-]*$",
    word=r"([a-z_][a-z0-9_]{0,63}|[぀-ヿ㐀-鿿가-힣]+)$",
    strong=(
        "ret", "rc", "rv", "retval", "retcode", "code", "codes", "err", "errs", "error", "errors", "errno", "errcode",
        "errorcode", "result", "results", "hr", "hresult", "exception", "ecode",
    ),
    strong_endings=("error", "errno", "errcode", "errorcode", "retcode", "resultcode", "statuscode", "hresult"),
    soft=(
        "status", "failed", "failure", "failures", "fail", "fails", "res", "return", "returns", "returned", "reason",
        "fatal", "warning", "warn", "response", "state",
    ),
    other=(
        "id", "uid", "gid", "pid", "tid", "roomid", "userid", "openid", "appid", "sdkappid", "tinyid", "groupid",
        "playerid", "deviceid", "sessionid", "requestid", "traceid", "taskid", "msgid", "streamid", "channelid",
        "threadid", "processid", "orderid", "port", "ports", "line", "lines", "ln", "col", "column", "row", "count", "cnt",
        "num", "size", "len", "length", "time", "timestamp", "ts", "date", "year", "seq", "sequence", "idx", "index",
        "offset", "version", "ver", "build", "revision", "rev", "width", "height", "fps", "bitrate", "rate", "room",
        "rooms", "user", "users", "player", "players", "member", "members", "channel", "page", "step", "retry", "retries",
        "attempt", "attempts", "thread", "process", "level", "score", "price", "total", "delay", "rtt", "ping", "latency",
        "timeout", "interval", "duration", "elapsed", "cost", "bytes", "address", "addr", "ptr", "pointer", "handle",
        "socket", "fd", "session", "token", "phone", "tel", "zip", "barcode", "postcode", "zipcode", "qrcode", "ticket",
        "issue", "pr", "bug", "commit", "chapter", "section", "item", "items", "frame", "frames", "packet", "packets",
        "memory", "mem", "buffer", "heap", "cpu", "volume", "gain", "samplerate", "at",
    ),
    link=(
        "is", "was", "are", "were", "of", "with", "as", "by", "equals", "value", "val", "number", "no", "nr", "the",
        "like", "string", "str",
    ),
    year=("in", "since", "until", "before", "after", "from", "copyright", "early", "late"),
    cjk_strong=(
        "错误码", "错误代码", "错误号", "错误编号", "错误", "报错", "返回码", "返回值", "返回", "结果码", "状态码", "异常码",
        "代码", "报", "錯誤碼", "錯誤代碼", "錯誤", "코드", "에러", "오류", "반환값", "반환", "エラー", "コード",
    ),
    cjk_soft=("失败", "异常", "结果", "提示", "状态", "失敗", "실패", "결과", "상태", "이유", "失敗した"),
    cjk_other=(
        "房间", "房间号", "房号", "用户", "用户号", "端口", "端口号", "行", "行号", "第", "版本", "版本号", "时间", "线程",
        "进程", "次数", "大小", "长度", "序号", "成员", "人数", "共", "约", "第几", "방", "룸", "사용자", "포트", "줄", "라인",
        "버전", "시간", "스레드", "프로세스", "제", "총", "약", "ポート", "バージョン",
    ),
    cjk_link=("为", "是", "值", "了", "出", "：", "는", "은", "이", "가", "값", "は", "が"),
)  # fmt: skip
