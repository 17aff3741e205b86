"""What each column of a table means: from its header's words, checked against the cells below."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from generator.codes import normal, read_code, read_number
from generator.model import Column

Words = Mapping[Column, Sequence[str]]
"""For each column the header words that mean it, in one language."""

_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Z][A-Z0-9]{3,}")
_MOSTLY: Final = 0.6
_COMMON: Final[dict[Column, tuple[str, ...]]] = {
    Column.CODE: (
        "code", "error code", "error code value", "value", "return code", "status code", "errcode", "ret", "err code",
        "error number", "error no.", "errno", "result code", "return value", "error id",
        "错误码", "错误码值", "返回码", "错误代码", "状态码", "码值", "值", "错误编号", "错误号", "返回值",
        "錯誤碼", "錯誤碼值", "錯誤代碼", "回傳碼", "返回碼", "狀態碼", "代碼", "值",
        "에러 코드", "에러 코드 값", "오류 코드", "오류 코드 값", "오류 코드값", "에러 코드값", "코드", "값", "오류 번호",
        "エラーコード", "エラーコード値", "コード", "値", "エラー番号", "戻り値", "ステータスコード",
        "fehlercode", "fehlernummer", "rückgabewert", "rückgabecode", "statuscode", "wert",
        "code d'erreur", "code erreur", "numéro d'erreur", "code de retour", "valeur",
        "código", "código de error", "código de erro", "número de error", "código de retorno", "valor",
        "код", "код ошибки", "номер ошибки", "значение", "код возврата",
        "mã", "mã lỗi", "mã trả về", "giá trị", "رمز الخطأ", "كود الخطأ", "الرمز", "رقم الخطأ", "القيمة",
    ),
    Column.NAME: (
        "name", "error code name", "error name", "key", "constant", "enumeration", "enum", "macro", "error", "symbol",
        "错误码名称", "名称", "错误名称", "常量", "枚举", "宏定义", "错误名", "枚举值",
        "錯誤碼名稱", "名稱", "錯誤名稱", "常數",
        "에러 코드 이름", "오류 코드 이름", "이름", "명칭", "오류 이름", "상수",
        "エラーコード名", "エラーコードの名称", "名称", "名前", "エラー名", "定数",
        "fehlername", "bezeichner", "konstante", "nom", "nom de l'erreur", "constante",
        "nombre", "nombre del error", "nome", "nome do erro", "имя", "имя ошибки", "название", "константа",
        "tên", "tên lỗi", "hằng số", "الاسم", "اسم الخطأ", "اسم رمز الخطأ",
    ),
    Column.DESCRIPTION: (
        "description", "meaning", "message", "error message", "error description", "explanation", "details",
        "含义", "描述", "说明", "错误说明", "错误描述", "错误信息", "意义", "错误含义",
        "含義", "說明", "錯誤說明", "錯誤描述", "錯誤訊息", "錯誤資訊", "意義",
        "의미", "설명", "오류 설명", "에러 설명", "메시지", "오류 메시지", "오류 정보", "에러 정보",
        "説明", "意味", "内容", "メッセージ", "エラーメッセージ", "エラー情報",
        "bedeutung", "beschreibung", "fehlermeldung", "meldung", "erklärung",
        "signification", "message d'erreur", "explication",
        "descripción", "significado", "mensaje", "mensaje de error", "descrição", "mensagem", "mensagem de erro",
        "описание", "значение ошибки", "сообщение", "текст ошибки", "пояснение",
        "mô tả", "ý nghĩa", "thông báo", "thông báo lỗi", "الوصف", "المعنى", "الرسالة", "رسالة الخطأ",
    ),
    Column.CAUSE: (
        "cause", "reason", "possible cause", "possible causes", "causes",
        "原因", "可能原因", "错误原因", "可能的原因", "錯誤原因",
        "원인", "가능한 원인", "오류 원인", "에러 원인", "이유",
        "理由", "考えられる原因", "エラー原因",
        "ursache", "mögliche ursache", "mögliche ursachen", "grund", "cause possible", "causes possibles", "raison",
        "causa", "causas", "posible causa", "posibles causas", "causa possível", "motivo",
        "причина", "возможная причина", "возможные причины",
        "nguyên nhân", "lý do", "السبب", "السبب المحتمل",
    ),
    Column.SOLUTION: (
        "solution", "suggested solution", "suggestion", "resolution", "action", "fix", "handling", "recommended action",
        "建议方案", "解决方案", "处理建议", "解决方法", "处理方法", "建议", "处理方式", "处理措施", "解决办法", "排查方法",
        "建議方案", "解決方案", "處理建議", "解決方法", "處理方法", "建議", "處理方式", "解決辦法",
        "솔루션", "권장 솔루션", "권장 해결 방안", "권장 해결 방법", "제안된 솔루션", "해결 방법", "해결 방안", "조치", "조치 방법", "처리 방법",
        "解決策", "ソリューション", "対処方法", "対応", "推奨ソリューション", "対策", "対応方法",
        "lösung", "abhilfe", "maßnahme", "behebung", "lösungsvorschlag", "solution suggérée", "résolution",
        "solución", "solución recomendada", "acción", "solução", "solução recomendada", "ação",
        "решение", "способ решения", "рекомендация", "рекомендации",
        "giải pháp", "cách xử lý", "cách khắc phục", "الحل", "الحل المقترح", "الإجراء",
    ),
    Column.CAUSE_AND_SOLUTION: (
        "cause and solution", "cause and suggested solution", "causes and solutions", "cause/solution",
        "原因及建议方案", "原因及解决方案", "原因和解决方案", "原因与解决方案", "原因及解決方案", "原因與解決方案",
        "원인 및 제안 솔루션", "원인 및 해결 방법", "원인 및 솔루션",
        "原因と解決策", "原因及びソリューション", "原因とソリューション",
        "ursache und lösung", "cause et solution", "causa y solución", "causa e solução", "причина и решение",
        "nguyên nhân và giải pháp", "السبب والحل",
    ),
}  # fmt: skip
"""Words the field uses for its columns; ``[columns]`` in ``catalog.toml`` adds a vendor's own."""

_VAGUE: Final = frozenset(
    {"value", "ret", "值", "값", "値", "wert", "valeur", "valor", "значение", "giá trị", "القيمة", "return value", "返回值", "戻り値"}
)  # fmt: skip
"""Words of codes that head the numbers of any list; something beside them has to say that these are codes."""
_COUNTING: Final = frozenset(
    {"no", "no.", "nr", "nr.", "#", "序号", "序號", "编号", "編號", "번호", "순번", "番号", "№", "stt"}
)
"""Words above numbers that only count the rows."""
_PARAMETERS: Final = frozenset(
    {
        "type", "required", "parameter", "default", "default value", "field", "data type", "unit", "range", "limit",
        "类型", "必选", "必填", "参数", "参数名", "参数名称", "默认值", "字段", "是否必填", "是否必选", "取值范围", "单位",
        "類型", "必填欄位", "參數", "參數名稱", "預設值", "欄位", "資料類型",
        "유형", "타입", "필수", "필수 여부", "파라미터", "매개변수", "기본값", "필드",
        "タイプ", "型", "必須", "パラメータ", "パラメーター", "デフォルト", "デフォルト値", "フィールド",
        "typ", "pflicht", "vorgabe", "standardwert", "feld", "obligatoire", "paramètre", "valeur par défaut", "champ",
        "tipo", "obligatorio", "obrigatório", "parámetro", "parâmetro", "valor predeterminado", "valor padrão", "campo",
        "тип", "обязательный", "параметр", "по умолчанию", "поле",
        "kiểu", "loại", "bắt buộc", "tham số", "mặc định", "trường", "النوع", "مطلوب", "المعلمة", "الافتراضي", "الحقل",
    }
)  # fmt: skip
"""Words that head tables of parameters or fields, whose numbers are no codes unless a header says so."""

_TEXT_COLUMNS: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION)


def find_columns(headers: Sequence[str], rows: Sequence[Sequence[str]], words: Words) -> tuple[Column, ...]:
    """What each column means; empty where no column holds codes.

    ``headers`` are the header's plain words, ``rows`` the plain words of the cells below, ``words`` the declared
    words of the document's language. A header says what is meant; where the cells contradict it (a column headed
    "name" that holds numbers) the cells are believed.
    """
    known = {**_KNOWN, **_vocabulary(words)}
    width = len(headers) or max((len(row) for row in rows), default=0)
    meant = [known.get(_folded(headers[index])) if index < len(headers) else None for index in range(width)]
    cells = [[row[index] for row in rows if index < len(row) and row[index]] for index in range(width)]
    code = _code_column(headers, meant, cells)
    if code is None:
        return ()
    columns: list[Column | None] = [column if column is not Column.CODE else None for column in meant]
    if meant[code] is Column.NAME or Column.NAME not in columns:
        columns[code] = None
        name = _name_column(columns, cells, code)
        if name is not None:
            columns[name] = Column.NAME
    columns[code] = Column.CODE
    _keep_first(columns)
    unknown = [index for index, column in enumerate(columns) if column is None]
    free = [column for column in _TEXT_COLUMNS if column not in columns and Column.CAUSE_AND_SOLUTION not in columns]
    if not headers:
        guesses: Iterable[Column] = free if len(unknown) > 2 else [column for column in free if column != Column.CAUSE]
        for index, column in zip(unknown, guesses, strict=False):
            columns[index] = column
    return tuple(column or Column.OTHER for column in columns)


def means_code(header: str, words: Words) -> bool:
    """Whether a header of these words promises codes and nothing else."""
    folded = _folded(header)
    return {**_KNOWN, **_vocabulary(words)}.get(folded) is Column.CODE and folded not in _VAGUE


def is_known_header(header: str) -> bool:
    """Whether a header of these words means a column in any language."""
    return _folded(header) in _KNOWN


def _vocabulary(words: Words) -> dict[str, Column]:
    """Each word that means a column, the first column where two claim it."""
    known: dict[str, Column] = {}
    for column, spellings in words.items():
        for spelling in spellings:
            known.setdefault(_folded(spelling), column)
    known.pop("", None)
    return known


def _folded(words: str) -> str:
    return re.sub(r"[\s:*_]+", " ", normal(words).casefold()).strip()


def _code_column(headers: Sequence[str], meant: Sequence[Column | None], cells: Sequence[Sequence[str]]) -> int | None:
    numeric = [_share(column, lambda cell: read_number(cell) is not None) for column in cells]
    declared = [
        index for index, column in enumerate(meant) if column is Column.CODE and _is_meant(index, headers, meant, cells)
    ]
    for index in declared:
        if numeric[index] >= _MOSTLY:
            return index
    for index, column in enumerate(meant):
        if column is Column.NAME and numeric[index] >= _MOSTLY:
            return index
    for index in declared:
        if _share(cells[index], lambda cell: read_code(cell) is not None) >= _MOSTLY:
            return index
    folded = [_folded(header) for header in headers]
    if _PARAMETERS.intersection(folded):
        return None
    likely = [index for index, share in enumerate(numeric) if share >= _MOSTLY and meant[index] is None]
    likely = [index for index in likely if index >= len(folded) or folded[index] not in _COUNTING] or likely
    # Numbers alone do not make a table one of codes: a list of limits has them too. A name or a text beside them does.
    if likely and (any(column is not None for column in meant) or not any(meant)):
        return likely[0] if any(column is not None for column in meant) or len(cells) > 1 else None
    return None


def _is_meant(
    index: int, headers: Sequence[str], meant: Sequence[Column | None], cells: Sequence[Sequence[str]]
) -> bool:
    """Whether a header that may mean codes means them here: of a vague one the columns beside it have to say so."""
    if _folded(headers[index]) not in _VAGUE:
        return True
    folded = {_folded(header) for header in headers}
    texts = any(column not in {None, Column.CODE, Column.NAME} for column in meant)
    return (texts and not _PARAMETERS & folded) or any(_identifiers(column) for column in cells)


def _identifiers(cells: Sequence[str]) -> bool:
    return _share(cells, lambda cell: bool(_IDENTIFIER.fullmatch(cell))) >= _MOSTLY


def _name_column(columns: Sequence[Column | None], cells: Sequence[Sequence[str]], code: int) -> int | None:
    for index, column in enumerate(columns):
        may_be_name = index != code and column in {None, Column.NAME}
        if may_be_name and _identifiers(cells[index]):
            return index
    return None


def _keep_first(columns: list[Column | None]) -> None:
    seen: set[Column] = set()
    for index, column in enumerate(columns):
        if column is not None and column in seen:
            columns[index] = Column.OTHER
        elif column is not None:
            seen.add(column)


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if holds(cell)) / len(cells) if cells else 0.0


_KNOWN: Final = _vocabulary(_COMMON)
