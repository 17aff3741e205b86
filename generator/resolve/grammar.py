r"""Words and patterns by which numbers in a text are told apart.

They are data that both resolvers share: the browser gets them with its index. Patterns therefore keep to what Python's
``re`` and ECMAScript read alike (no named groups, no ``\d``, ``\w``, ``\s`` or ``\b``, whose meaning differs), look at
folded text, and take time in proportion to it. A further language adds words here and nothing elsewhere.
"""

from typing import Final

from msgspec import Struct

_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,9}|[,:][0-9]{3}(?![0-9]))?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
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
    tied: str
    """What stands between two numbers of one kind: the second is a room because the first is."""
    joint: str
    """What stands between the codes of an enumeration."""
    sequel: str
    """What stands between two codes where a sentence goes on about the same failure."""
    trouble: str
    """What a line has that speaks of a failure, a program's answer or a question about them."""
    counted_word: str
    """A word, or as many characters of a language without spaces as make about one."""
    gap: str
    """What may stand between a number and the word that says what it is."""
    word: str
    """The last word of a text: an identifier, a word of Latin or Russian letters, or a run of CJK characters."""
    strong: tuple[str, ...]
    """Words before a code: their number is spoken of as a code even where there is none."""
    strong_endings: tuple[str, ...]
    """Ends of words run together that mean the same."""
    soft: tuple[str, ...]
    """Words that often stand before a code."""
    other: tuple[str, ...]
    """Words before numbers that are something else."""
    other_endings: tuple[str, ...]
    """Ends of words run together that mean the same."""
    no_endings: tuple[str, ...]
    """Ends of words that only look as if they had such an end."""
    link: tuple[str, ...]
    """Words between the telling word and the number."""
    year: tuple[str, ...]
    """Words before a year."""
    cjk_strong: tuple[str, ...]
    cjk_soft: tuple[str, ...]
    cjk_other: tuple[str, ...]
    cjk_link: tuple[str, ...]


_UNITS = (
    "ns|us|ms|[µμ]s|millis|msecs?|(?:milli|micro|nano)seconds?|sec|secs|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?|bytes?|bits?|[kmgt]?i?b|[kmg]?bps|dbm?|dbfs"
    "|[kmg]?hz|fps|px|frames?|times|people|users|members|players|rooms|packets|pkts|items|rows|lines|records|files|retries"
    "|attempts|errors|warnings|entries|samples|points|percent|passed|skipped|draw ?calls?|calls|requests|connections|clients|viewers|views|likes|followers|sessions|events|messages"
    "|steps|pages|characters|chars|words|left|tickets|copies|vertices|triangles|objects|threads|tasks|jobs|pieces|pcs|coins|gold|gems|mah|kwh|kg|g|mg|km|m|cm|mm|km/h|mph"
    "|rpm|dpi|°|dollars?|euros?|reais|pesos?|lira|złotych|zł|pounds|bucks|yen|yuan|rubles|sekunden?|minuten?|stunden?|tagen?|mal|stück|spieler|nutzer"
    "|secondes?|heures?|jours?|fois|joueurs|octets|segundos?|minutos?|horas?|días?|dias?|veces|vezes|jugadores|jogadores"
    "|[кмг]?б|байт|мс|сек|секунд[аы]?|минут[аы]?|час(?:а|ов)?|раза?|руб|рубл(?:ей|я|ь)|человека?|игроков|шт(?:ук)?|метр(?:а|ов)|usd|eur|gbp|cny|rmb|krw|jpy|twd|hkd"
)
_CHINESE_UNITS = "毫秒|秒|分钟|小时|天|次|个|人|条|行(?!为|动)|帧|字节|年|月|日(?!志)|元(?!素)|倍|名(?!称|字|前)|回|枚|円|個|米|公里|公斤|张|台|套|件|块|楼|层|页|岁|份|票|位(?!置)|分(?!析|配|类)"
_KOREAN_UNITS = "(?:밀리초|초|분|시간|번째|회|개|명|년|월|일|줄|행|바이트|원|프레임|건|점|포인트|층|대|장|통|권|살|킬로|미터|달러|페이지|위)(?:[이가은는을를의]|동안|후|전|만|간)?"

GRAMMAR: Final = Grammar(
    number=r"(?<![a-z0-9_])(0x[0-9a-f]+(?=u?l{0,2}(?![a-z0-9_]))|[0-9]+(?![a-z0-9_]))",
    bare_hexadecimal=r"(?<![a-z0-9_.-])([0-9a-f]{3,8})(?=h?(?![a-z0-9_-]|\.[a-z0-9]))",
    noise=(
        # Codes of others: processes, signals, Apple's frameworks, WebSocket; numbers that are only called a code.
        r"exit(?:ed)?[ _-]?(?:with )?(?:status|code|value)?[ :=(]{1,3}-?[0-9]{1,3}(?![0-9])",
        r"signal [0-9]{1,3} \([a-z0-9]{1,12}\), code -?[0-9]+",
        r"domain=(?:ns[a-z]{1,40}|kcf[a-z]{1,40}|com\.apple[a-z.]{0,60}|avfoundation[a-z]{0,20}) code=-?[0-9]+",
        r"websocket[^\n]{0,120}(?:code|closed?|status)[ :=(]{1,3}10(?:0[0-9]|1[0-5])(?![0-9])",
        (
            r"(?<![a-z])(?:verification|verify|invite|invitation|promo|coupon|voucher|zip|postal|country|area|region|language"
            r"|currency|key|char|colou?r|pass|activation|redeem|referral|qr|bar|sms|otp)[ _-]?codes?(?: is| was)?"
            r"[ :=\"'#(]{1,4}[0-9]+"
        ),
        r"(?<![a-z])c[oó]d(?:e|igo) (?:postal|pin|promo)[^0-9\n]{1,8}[0-9]+",
        r"version[ _-]?codes?[ :=\"'#(]{1,4}[0-9]+",
        r"인증 ?(?:번호|코드)[는은가]?[ :]{0,2}[0-9]+",
        # What only a certain program writes: logcat, Unreal, Mono, nginx, compilers, Docker, session descriptions.
        r"(?<![a-z0-9])[vdiwefa]/[^\n(:]{1,40}\( *[0-9]+\)",
        r"\]\[ *[0-9]+\](?=log[a-z])",
        r"(?<![a-z])(?:error|warn|info|debug|trace) {1,4}[0-9]+ --- \[",
        r"\) ?\[0x[0-9a-f]+\] in ",
        r"(?<![0-9a-z])[0-9]+#[0-9]+:(?: \*[0-9]+)?",
        r"(?<![0-9:])[0-9]+:[0-9]+ {1,4}(?:error|warning|info)(?![a-z])",
        r"(?<![0-9])[0-9]+/(?:tcp|udp|sctp)(?![a-z])",
        r"m=(?:audio|video|application) [0-9]+",
        r"(?<![0-9])(?:[0-9]{1,3}\.){3}[0-9]{1,3} [0-9]{1,5} typ ",
        r"(?<![a-z])(?:listening|listen|bind|bound|serving)(?: (?:on|at|to))?:? (?:[a-z0-9.*-]{1,64}:|:)?[0-9]{2,5}(?![0-9])",
        r"\[[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){1,8}\]:[0-9]{1,5}",
        r"(?:©|\(c\)) ?[0-9]{4}(?: ?- ?[0-9]{4})?",
        r"\+[0-9]{1,3}(?:[ -]\(?[0-9]{2,4}\)?){2,4}(?![0-9])",
        r"(?<![0-9])0[0-9]{1,2} [0-9]{3,4} [0-9]{4}(?![0-9])",
        # Dumps of memory, places in machine code, book numbers, American addresses.
        r"[a-z_]\+(?:0x[0-9a-f]+|[0-9]+)>",
        r"(?<![a-z])(?:mov|lea|cmp|ldr|add|sub)[a-z]{0,2} +[%a-z0-9]{2,4}, ?[#$]?(?:0x)?[0-9a-f]+",
        r"(?<![0-9])[0-9]{1,5}(?:-[0-9]{1,5}){3,6}(?![0-9])",
        r"(?<![0-9a-z])[0-9a-f]{4,16}:(?: {1,2}[0-9a-f]{2,8}){4,64}(?![0-9a-z])",
        (
            r", (?:a[lkzr]|c[aot]|d[ec]|fl|ga|i[dla]|k[sy]|la|m[dainost]|n[cdehjmvy]|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy])"
            r" [0-9]{5}(?![0-9])"
        ),
        # Dates, times, addresses, versions, amounts.
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
        # A number of JavaScript or Lua may end in .0.
        r"(?<![0-9a-z_])v?(?![0-9]{3,8}\.0{1,3}(?![0-9.a-z]))[0-9]+(?:\.[0-9]+)+",
        rf"\.(?:{_SOURCE_FILE})(?::|\(|, line |:line | line )[0-9]+(?:[:,][0-9]+)?",
        r"(?<![0-9a-z])[1-9][0-9]{1,4} ?[x×*] ?[0-9]{2,5}(?![0-9a-z])",
        r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])",
        r"(?<![0-9])[0-9]+ ?[%‰]",
        r"[$€£¥₩] ?[0-9]+",
        r"http/[0-9.]{1,5}\"? [0-9]{3}(?: [0-9]+)?",
        r"(?<![0-9])[0-9]{2,4}-[0-9]{3,4}-[0-9]{3,4}(?![0-9])",
        r"(?<![a-z0-9])localhost:[0-9]+",
        r"(?<![a-z0-9_])[0-9]+ of [0-9]+(?![a-z0-9])",
    ),
    soft_noise=(
        r"(?<![0-9a-z_.])[0-9]{3,8}\.0{1,3}(?![0-9.a-z])",
        r"(?<![^ ])--?[a-z][a-z-]{0,20}[ =][0-9]{1,10}(?![0-9])",
        r"://[^ \n\"'<>]+",
        r"/[a-z0-9._-]{0,64}[a-z][a-z0-9._-]{0,64}(?:/[a-z0-9._-]+)+(?:\?[^ \n\"'<>]*)?",
        r"\.[a-z]{2,24}:[0-9]{1,5}(?![0-9])",
        r"[a-z0-9_)]\[[\"']?[0-9]+(?::[0-9a-fx]+)?[\"']?\]",
        r"\[[0-9]+:[0-9]+\]",
        r"(?<![0-9a-z])(?:[0-9]{8}){0,1}0000[0-9]{4}(?![0-9a-z])",
        r"(?:http|status)[ _-]?(?:status)?[ _-]?(?:code)?[ :=\"']{1,4}[1-5][0-9]{2}(?![0-9])",
        r"状态码[ :为是]{0,2}[1-5][0-9]{2}(?![0-9])",
    ),
    counted=rf"^ (?:{_UNITS})(?![a-z0-9_à-ÿа-яё])|^(?: in [0-9]{{1,4}} | per |/)(?:{_UNITS}|[smhd])(?![a-z0-9_])|^-(?!err)[a-z]{{1,3}}(?![a-z])|^ ?(?:{_CHINESE_UNITS})|^ ?{_KOREAN_UNITS}(?![가-힣])",
    called_code=r"^[\"'`)\]]? ?-?(?:(?:error|err|code)(?![a-z0-9_=])|错误|报错|錯誤|오류|에러|エラー|번 (?:오류|에러))",
    tied=r"^(?:[-~、]| ?/ ?| (?:and|or|to|through) | ?(?:和|与|及|到|至|및) ?|(?:와|과) ?)$",
    joint=r"^(?:[ ,;/|&+()\[\]{}\"'<>~、→:=-]|and|or|then|和|或|及|与|跟|然后|및|또는|와|과|그리고)*$",
    sequel=(
        r"变成|变为|變成|改成|成了|转为|又|然后|接着|随后|后来|之后|再|现在|有时|偶尔|또|다음|나중|이후|바뀌|지금은|이번|가끔"
        r"|その後|次|続いて|今度|たまに|变|затем|потом|теперь|иногда"
        r"|(?<![a-z])(?:then|later|after|afterwards|next|again|became|becomes|changed|turned|followed|instead|also|now|sometimes"
        r"|dann|danach|später|jetzt|manchmal|puis|ensuite|après|maintenant|parfois|luego|después|ahora|veces|depois|agora|então"
        r"|poi|dopo)(?![a-z])"
    ),
    trouble=(
        r"err|fail|exception|fatal|panic|crash|invalid|unknown|abort|错|失败|失敗|异常|異常|报|超时|逾時|拒绝|断开|掉线|无法|不能|不了|权限|怎么|怎麼|什么|什麼|为何|为啥|啥"
        r"|오류|에러|실패|끊|안 ?되|안 ?돼|왜|뭐|무슨|エラー|できない|切断|なぜ|何|どう|ошиб|сбой|не удал|почему|fehler|falla|falha|fallo|échec|echec|warum|pourquoi|hata|błąd|błęd|lỗi|chyb|virhe|回调|回呼|接口|日志|콜백|로그|コールバック|ログ|出现|出現|返回|弹出|遇到|遇上|碰到|收到|提示|显示|顯示|卡在|发生|發生|発生|表示され|出ま|出る|出て|返り|返って|返し"
        r"|발생|나왔|나오|나와|나옵|나온|뜨|떠|떴|뜹|뜬|반환|리턴|표시|появля|выда[её]т|возвращ|erschein|kommt|bekomm|bekam|appara[iî]t"
        r"|affich|aparec|recib|receb|appare|σφάλμα|خطأ|त्रुटि|ข้อผิดพลาด|kesalahan|galat|помилк"
        r"|(?<![a-z])(?:fout|fel|feil|feilkode|sdk|api|callback|cb|ret|rc|code|codes|wrong|problems?|unable|cannot|can't|couldn't|won't|denied|refused"
        r"|rejected|broken|stuck|end|ended|got|gets?|getting|seeing|saw|occurs?|occurred|appears?|appeared|happens?|happened|shows?|shown|pops?|throws?|thrown|raised?|says?|why|what|means?|meaning|help|warn(?:ing)?|reason|returns?"
        r"|returned|disconnect(?:ed)?|timed out|timeout|w|e|f)(?![a-z])"
    ),
    counted_word=r"[a-zà-öø-ɏạ-ỹ]{2,}|[а-яё]{2,}|[぀-ヿ㐀-鿿가-힣]{1,3}",
    gap=r"[ \"'`:=(\[{<#>*\])|~.-]*$",
    word=r"([a-z_à-öø-ɏạ-ỹ][a-z0-9_à-öø-ɏạ-ỹ]{0,63}|[а-яё]{1,64}|[぀-ヿ㐀-鿿가-힣]+)$",
    strong=(
        "ret", "rc", "rv", "retval", "retcode", "code", "codes", "err", "errs", "error", "errors", "errno", "errcode",
        "errorcode", "result", "results", "hr", "hresult", "exception", "ecode", "subcode",
        "fehler", "fehlercode", "fehlernummer", "erreur", "erreurs", "errore", "codice", "errores", "erro", "erros", "código",
        "codigo", "foutcode", "kode", "kod", "hata", "błąd", "błędu", "lỗi", "mã", "ошибка", "ошибки", "ошибку", "ошибкой", "код", "кода", "коду", "кодом",
    ),
    strong_endings=("error", "errno", "errcode", "errorcode", "retcode", "resultcode", "statuscode", "subcode", "hresult"),
    soft=(
        "status", "failed", "failure", "failures", "fail", "fails", "res", "return", "returns", "returned", "reason",
        "fatal", "warning", "warn", "response", "state", "fehlgeschlagen", "échec", "échoué", "fallo", "falla", "falha",
        "falhou", "falló", "сбой", "результат", "resultado", "résultat", "ergebnis",
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
        "memory", "mem", "buffer", "heap", "cpu", "volume", "gain", "samplerate", "at", "proc", "pc", "lr", "sp", "run",
        "dur", "took", "taken", "spent", "expires", "expiry", "ttl", "uptime", "max", "min", "limit", "range", "rport",
        "pts", "dts", "ssrc", "rss", "epoch", "nonce", "crc", "checksum", "cursor", "quota", "capacity", "threshold",
        "invoice", "agent", "flight", "gate", "suite", "apt", "apartment", "building", "floor", "street", "road", "ave", "weight",
        "speed", "distance", "altitude", "alt", "lat", "lng", "lon", "latitude", "longitude", "battery",
        "temperature", "temp", "tracking", "sku", "serial", "lock", "mutex", "node", "object", "obj", "register", "rip",
        "eip", "flags", "flag", "mask", "opcode", "cmd", "command", "shard", "partition", "replicas", "pod", "sessions",
        "connections", "conns", "online", "viewers", "clients", "requests", "req", "hits", "goroutines", "workers", "tasks",
        "jobs", "events", "messages", "msgs", "calls", "views", "likes", "followers", "steps", "pages", "episode", "season",
        "ms", "ns", "sec", "secs", "seconds", "millis", "kb", "mb", "gb", "hz", "khz", "px", "pct", "kill", "killed", "sleep",
        "wait", "waited", "head", "tail", "active", "peak", "balance", "cents", "postal", "house", "hotel", "bus", "train", "tram", "zug", "поезд", "автобус", "рейс", "model", "tag", "block", "slot", "extension",
        "raum", "räume", "zimmer", "nutzer", "benutzer", "spieler", "zeile", "konto", "hausnummer", "telefon", "bestellung",
        "bestellnummer", "auftrag", "rechnung", "seite", "größe", "dauer", "plz", "salle", "salon", "utilisateur", "joueur",
        "ligne", "commande", "facture", "téléphone", "taille", "durée", "sala", "usuario", "usuário", "jugador", "jogador",
        "línea", "linha", "puerto", "porta", "pedido", "factura", "fatura", "teléfono", "telefone", "tamaño", "tamanho",
        "página", "stanza", "utente", "phòng", "oda", "pokój", "rx", "tx", "miss", "hit", "isbn", "комната", "комнате", "комнату", "комнаты", "пользователь", "пользователя", "игрок",
        "игрока", "порт", "порту", "строка", "строке", "заказ", "заказа", "версия", "версии", "время", "размер", "телефон",
        "страница",
        "depth", "priority", "rfc", "iso", "usd", "eur", "gbp", "cny", "rmb", "krw", "jpy", "twd", "hkd",
    ),
    other_endings=(
        "id", "uid", "size", "count", "port", "time", "length", "offset", "index", "width", "height", "bytes", "nummer",
    ),
    no_endings=(
        "void", "valid", "avoid", "paid", "said", "did", "android", "solid", "hybrid", "grid", "rapid", "runtime", "report",
        "import", "export", "support", "transport", "account", "discount", "fehlernummer",
    ),
    link=(
        "is", "was", "are", "were", "of", "with", "as", "by", "equals", "value", "val", "number", "no", "nr", "the",
        "like", "string", "str", "in", "nummer", "número", "numero", "numéro", "номер",
    ),
    year=("in", "since", "until", "before", "after", "from", "copyright", "early", "late"),
    cjk_strong=(
        "错误码", "错误代码", "错误号", "错误编号", "错误", "报错", "返回码", "返回值", "返回", "结果码", "状态码", "异常码",
        "代码", "报", "錯誤碼", "錯誤代碼", "錯誤", "코드", "에러", "오류", "반환값", "반환", "エラー", "コード",
    ),
    cjk_soft=("失败", "异常", "结果", "提示", "状态", "失敗", "실패", "결과", "상태", "이유", "失敗した"),
    cjk_other=(
        "房间", "房间号", "房号", "用户", "用户号", "端口", "端口号", "行", "行号", "第", "版本", "版本号", "时间", "线程",
        "进程", "次数", "大小", "长度", "序号", "成员", "人数", "共", "约", "第几", "验证码", "邀请码", "激活码",
        "兑换码", "订单", "订单号", "单号", "流水号", "序列号", "电话", "手机", "手机号", "账号", "工号", "编号", "学号", "尾号",
        "卡号", "车牌", "邮箱", "楼", "页", "期", "时长", "总数", "在线", "峰值", "积分", "金币", "余额", "号码", "热线", "距离", "重量", "高度", "宽度", "门牌", "群", "群号", "邮编", "密码", "价格", "金额",
        "耗时", "用时", "延迟", "进度", "内存", "帧率", "码率", "采样率", "音量", "会话", "방", "룸", "사용자", "포트", "줄", "라인",
        "버전", "시간", "스레드", "프로세스", "제", "총", "약", "인증", "주문", "전화",
        "계좌", "빌드", "소요", "지연", "진행", "메모리", "크기", "길이", "세션", "학번", "사번", "정원", "인원", "참가자", "티켓", "파일", "유저", "플레이어",
        "채널", "계정", "가격", "금액", "페이지", "우편", "접속자", "동접", "ルーム", "ユーザー", "プレイヤー", "行", "時間", "サイズ", "定員",
        "人数", "回数", "スレッド", "プロセス", "チャンネル", "ページ", "価格", "ポート", "バージョン", "電話", "注文", "金額", "部屋",
    ),
    cjk_link=("为", "是", "值", "了", "出", "：", "는", "은", "이", "가", "값", "번호", "は", "が", "番号", "値"),
)  # fmt: skip
