"""The words of the format in Traditional and Simplified Chinese, Japanese, German, French and Spanish.

Data: canonical word -> language -> what an author may write for it. A word is read in every file, whatever its
language; case and width do not matter. Where one word would stand for two, the first entry keeps it.
"""

from functools import cached_property

from qms_tui.checklist.text import fold


class Vocabulary:
    """Words of one kind; its own canonical words are among them."""

    def __init__(self, table: dict[str, dict[str, tuple[str, ...]]]) -> None:
        self.table = table

    @cached_property
    def words(self) -> dict[str, str]:
        """Folded word -> canonical word."""
        found = {fold(canonical): canonical for canonical in self.table}
        for canonical, languages in self.table.items():
            for each in languages.values():
                for word in each:
                    found.setdefault(fold(word), canonical)
        return found

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first characters of the words."""
        return frozenset(word[0] for word in self.words)

    def canonical(self, text: str) -> str | None:
        """The word of the format that `text` stands for, or None."""
        return self.words.get(text) or self.words.get(fold(text))

    def lead(self, text: str) -> tuple[str, str] | None:
        """`單選：甲、乙` as `("one of", "：甲、乙")`: the word that `text` begins with, and the rest; None.

        In scripts that write without spaces nothing need follow the word.
        """
        if fold(text[:1])[:1] not in self.starts:
            return None
        for end in range(min(len(text), 24), 0, -1):
            found = self.words.get(fold(text[:end]))
            if found is None or text[end - 1].isspace():
                continue
            if end == len(text) or not text[end].isalpha() or text[end - 1] > "\u2e80":
                return found, text[end:]
        return None


FIELDS = Vocabulary({
    "answer": {
        "zh-Hant": ("答案", "作答", "回答", "答覆"), "zh-Hans": ("答案", "作答", "回答", "答复"),
        "ja": ("回答", "解答"),
        "de": ("Antwort",), "fr": ("réponse",), "es": ("respuesta",),
    },
    "limits": {
        "zh-Hant": ("範圍", "界限", "容許範圍", "限值"), "zh-Hans": ("范围", "界限", "允许范围", "限值"),
        "ja": ("範囲", "許容範囲", "限界値"), "de": ("Grenzen", "Grenzwert", "Grenzwerte"),
        "fr": ("limites", "limite"), "es": ("límites", "límite"),
    },
    "target": {
        "zh-Hant": ("目標", "目標值"), "zh-Hans": ("目标", "目标值"), "ja": ("目標", "目標値"),
        "de": ("Ziel", "Zielwert", "Sollwert"), "fr": ("cible", "valeur cible"), "es": ("objetivo", "valor objetivo"),
    },
    "expect": {
        "zh-Hant": ("預期", "應為"), "zh-Hans": ("预期", "应为"), "ja": ("期待", "期待値", "正解"),
        "de": ("erwartet", "Erwartung"), "fr": ("attendu",), "es": ("esperado", "se espera"),
    },
    "evidence": {
        "zh-Hant": ("證據", "佐證"), "zh-Hans": ("证据", "佐证"), "ja": ("証拠", "証跡", "エビデンス"),
        "de": ("Nachweis", "Nachweise"), "fr": ("preuve", "preuves"), "es": ("evidencia", "evidencias", "prueba"),
    },
    "severity": {
        "zh-Hant": ("嚴重度", "嚴重性", "等級"), "zh-Hans": ("严重度", "严重性", "等级"), "ja": ("重大度", "重要度"),
        "de": ("Schwere", "Schweregrad"), "fr": ("gravité", "sévérité"), "es": ("gravedad", "severidad"),
    },
    "clause": {
        "zh-Hant": ("條款", "依據"), "zh-Hans": ("条款", "依据"), "ja": ("条項", "箇条"),
        "de": ("Klausel", "Abschnitt", "Normabschnitt"), "fr": ("clause", "exigence"), "es": ("cláusula", "apartado"),
    },
    "indicator": {
        "zh-Hant": ("指標",), "zh-Hans": ("指标",), "ja": ("指標",),
        "de": ("Kennzahl", "Indikator"), "fr": ("indicateur",), "es": ("indicador",),
    },
    "weight": {
        "zh-Hant": ("權重",), "zh-Hans": ("权重",), "ja": ("重み", "重み付け"),
        "de": ("Gewicht", "Gewichtung"), "fr": ("poids", "pondération"), "es": ("peso", "ponderación"),
    },
    "default": {
        "zh-Hant": ("預設", "預設值"), "zh-Hans": ("默认", "默认值"), "ja": ("既定", "既定値"),
        "de": ("Vorgabe", "Standardwert"), "fr": ("par défaut", "défaut"), "es": ("por defecto", "predeterminado"),
    },
    "na": {
        "zh-Hant": ("可不適用", "不適用"), "zh-Hans": ("可不适用", "不适用"), "ja": ("該当なし", "対象外"),
        "de": ("entfällt", "nicht anwendbar"), "fr": ("non applicable", "sans objet"), "es": ("no aplica",),
    },
    "every": {
        "zh-Hant": ("每隔", "間隔"), "zh-Hans": ("每隔", "间隔"), "ja": ("間隔", "頻度"),
        "de": ("alle", "jede"), "fr": ("chaque", "tous les"), "es": ("cada",),
    },
    "help": {
        "zh-Hant": ("說明", "提示"), "zh-Hans": ("说明", "提示"), "ja": ("説明", "ヒント"),
        "de": ("Hilfe", "Hinweis"), "fr": ("aide",), "es": ("ayuda",),
    },
    "id": {
        "zh-Hant": ("編號", "代碼"), "zh-Hans": ("编号", "代码"), "ja": ("番号", "識別子"),
        "de": ("Kennung",), "fr": ("identifiant",), "es": ("identificador",),
    },
    "only if": {
        "zh-Hant": ("僅當", "只有當", "僅在"), "zh-Hans": ("仅当", "只有当", "仅在"),
        "ja": ("次の場合のみ", "表示条件"),
        "de": ("nur wenn", "nur falls"), "fr": ("seulement si", "uniquement si"), "es": ("solo si", "sólo si"),
    },
})  # fmt: skip

FRONT = Vocabulary({
    "id": {
        "zh-Hant": ("編號", "識別碼"), "zh-Hans": ("编号", "标识"), "ja": ("番号", "識別子"),
        "de": ("Kennung",), "fr": ("identifiant",), "es": ("identificador",),
    },
    "checklist": {
        "zh-Hant": ("檢查表", "查檢表"), "zh-Hans": ("检查表",), "ja": ("チェックリスト",),
        "de": ("Checkliste", "Prüfliste"), "fr": ("liste de contrôle",), "es": ("lista de verificación",),
    },
    "title": {
        "zh-Hant": ("標題", "名稱"), "zh-Hans": ("标题", "名称"), "ja": ("タイトル", "表題"),
        "de": ("Titel",), "fr": ("titre",), "es": ("título",),
    },
    "kind": {
        "zh-Hant": ("類型", "種類"), "zh-Hans": ("类型", "种类"), "ja": ("種類", "種別"),
        "de": ("Art",), "fr": ("type",), "es": ("tipo",),
    },
    "version": {
        "zh-Hant": ("版本", "版次"), "zh-Hans": ("版本", "版次"), "ja": ("版", "バージョン"),
        "de": ("Fassung",), "fr": ("version",), "es": ("versión",),
    },
    "language": {
        "zh-Hant": ("語言",), "zh-Hans": ("语言",), "ja": ("言語",),
        "de": ("Sprache",), "fr": ("langue",), "es": ("idioma",),
    },
    "cadence": {
        "zh-Hant": ("週期", "頻率"), "zh-Hans": ("周期", "频率"), "ja": ("周期", "実施頻度"),
        "de": ("Turnus", "Häufigkeit"), "fr": ("fréquence", "périodicité"), "es": ("frecuencia", "periodicidad"),
    },
    "owner": {
        "zh-Hant": ("負責人", "主責"), "zh-Hans": ("负责人",), "ja": ("責任者", "担当"),
        "de": ("verantwortlich", "Verantwortliche"), "fr": ("responsable",), "es": ("responsable",),
    },
    "standard": {
        "zh-Hant": ("標準", "準則"), "zh-Hans": ("标准", "准则"), "ja": ("規格", "基準"),
        "de": ("Norm",), "fr": ("norme",), "es": ("norma",),
    },
    "description": {
        "zh-Hant": ("描述", "簡述", "說明"), "zh-Hans": ("描述", "简述", "说明"), "ja": ("概要", "説明"),
        "de": ("Beschreibung",), "fr": ("description",), "es": ("descripción",),
    },
    "tags": {
        "zh-Hant": ("標籤",), "zh-Hans": ("标签",), "ja": ("タグ",),
        "de": ("Schlagwörter",), "fr": ("étiquettes",), "es": ("etiquetas",),
    },
    "scale": {
        "zh-Hant": ("量表", "尺度"), "zh-Hans": ("量表", "尺度"), "ja": ("尺度",),
        "de": ("Skala",), "fr": ("échelle",), "es": ("escala",),
    },
    "accept": {
        "zh-Hant": ("可接受", "可接受風險"), "zh-Hans": ("可接受", "可接受风险"), "ja": ("許容", "許容リスク"),
        "de": ("akzeptiert", "vertretbar"), "fr": ("acceptable",), "es": ("aceptable",),
    },
    "pass_mark": {
        "zh-Hant": ("及格分數", "合格標準"), "zh-Hans": ("及格分数", "合格标准"), "ja": ("合格点",),
        "de": ("Bestehensgrenze",), "fr": ("seuil de réussite",), "es": ("nota mínima",),
    },
    "items": {
        "zh-Hant": ("項目來源",), "zh-Hans": ("项目来源",), "ja": ("項目の形",),
        "de": ("Punkte",), "fr": ("éléments",), "es": ("elementos",),
    },
})  # fmt: skip

ANSWERS = Vocabulary({
    "pass/fail": {
        "zh-Hant": ("合格/不合格", "通過/不通過", "符合/不符合"),
        "zh-Hans": ("合格/不合格", "通过/不通过", "符合/不符合"),
        "ja": ("合格/不合格", "適合/不適合", "合否"),
        "de": ("bestanden/nicht bestanden", "erfüllt/nicht erfüllt", "i.o./n.i.o."),
        "fr": ("conforme/non conforme",), "es": ("conforme/no conforme", "cumple/no cumple"),
    },
    "yes/no": {
        "zh-Hant": ("是/否", "有/無"), "zh-Hans": ("是/否", "有/无"), "ja": ("はい/いいえ", "有/無"),
        "de": ("ja/nein",), "fr": ("oui/non",), "es": ("sí/no", "si/no"),
    },
    "number": {
        "zh-Hant": ("數字", "數值"), "zh-Hans": ("数字", "数值"), "ja": ("数値", "数字"),
        "de": ("Zahl", "Zahlenwert"), "fr": ("nombre",), "es": ("número",),
    },
    "one of": {
        "zh-Hant": ("單選", "擇一"), "zh-Hans": ("单选", "择一"), "ja": ("択一", "一つ選択", "単一選択"),
        "de": ("eine von", "eines von", "einer von"), "fr": ("un de", "une de", "un parmi"),
        "es": ("uno de", "una de"),
    },
    "any of": {
        "zh-Hant": ("多選", "複選"), "zh-Hans": ("多选", "复选"), "ja": ("複数選択",),
        "de": ("mehrere von", "beliebige von"), "fr": ("plusieurs de", "plusieurs parmi"),
        "es": ("varios de", "varias de"),
    },
    "text": {
        "zh-Hant": ("文字", "文字敘述"), "zh-Hans": ("文字", "文本"), "ja": ("文章", "テキスト", "自由記述"),
        "de": ("Freitext",), "fr": ("texte",), "es": ("texto",),
    },
    "date": {
        "zh-Hant": ("日期",), "zh-Hans": ("日期",), "ja": ("日付",),
        "de": ("Datum",), "fr": ("date",), "es": ("fecha",),
    },
    "score": {
        "zh-Hant": ("評分", "分數"), "zh-Hans": ("评分", "分数"), "ja": ("評価", "点数"),
        "de": ("Punkte", "Note"), "fr": ("note",), "es": ("puntuación", "nota"),
    },
    "risk": {
        "zh-Hant": ("風險",), "zh-Hans": ("风险",), "ja": ("リスク",),
        "de": ("Risiko",), "fr": ("risque",), "es": ("riesgo",),
    },
    "none": {
        "zh-Hant": ("無", "不作答"), "zh-Hans": ("无", "不作答"), "ja": ("なし", "回答なし"),
        "de": ("keine",), "fr": ("aucune", "aucun"), "es": ("ninguna", "ninguno"),
    },
})  # fmt: skip

SEVERITIES = Vocabulary({
    "observation": {
        "zh-Hant": ("觀察", "觀察事項", "觀察項"), "zh-Hans": ("观察", "观察项"), "ja": ("観察", "観察事項"),
        "de": ("Beobachtung",), "fr": ("remarque",), "es": ("observación",),
    },
    "minor": {
        "zh-Hant": ("次要", "輕微"), "zh-Hans": ("次要", "轻微", "一般"), "ja": ("軽微",),
        "de": ("gering", "Nebenabweichung"), "fr": ("mineure", "mineur"), "es": ("menor",),
    },
    "major": {
        "zh-Hant": ("主要", "重大"), "zh-Hans": ("主要", "严重", "重大"), "ja": ("重大",),
        "de": ("schwer", "erheblich", "Hauptabweichung"), "fr": ("majeure", "majeur"), "es": ("mayor",),
    },
    "critical": {
        "zh-Hant": ("關鍵", "致命", "嚴重"), "zh-Hans": ("关键", "致命"), "ja": ("致命的",),
        "de": ("kritisch",), "fr": ("critique",), "es": ("crítica", "crítico"),
    },
})  # fmt: skip

EVIDENCES = Vocabulary({
    "required": {
        "zh-Hant": ("必要", "必填", "必須"), "zh-Hans": ("必要", "必填", "必须"), "ja": ("必須", "必要"),
        "de": ("erforderlich", "Pflicht"), "fr": ("obligatoire", "requise"), "es": ("obligatoria", "requerida"),
    },
    "if fail": {
        "zh-Hant": ("不合格時", "不符合時", "不通過時"), "zh-Hans": ("不合格时", "不符合时", "不通过时"),
        "ja": ("不合格時", "不適合時"), "de": ("bei Abweichung", "wenn nicht erfüllt"),
        "fr": ("si non conforme", "en cas d'écart"), "es": ("si no cumple", "si no conforme"),
    },
    "optional": {
        "zh-Hant": ("選填", "可選"), "zh-Hans": ("选填", "可选"), "ja": ("任意",),
        "de": ("freiwillig",), "fr": ("facultative", "facultatif"), "es": ("opcional",),
    },
})  # fmt: skip

RESULTS = Vocabulary({
    "yes": {
        "zh-Hant": ("是", "有"), "zh-Hans": ("是", "有"), "ja": ("はい",),
        "de": ("ja",), "fr": ("oui",), "es": ("sí", "si"),
    },
    "no": {
        "zh-Hant": ("否", "無", "沒有"), "zh-Hans": ("否", "无", "没有"), "ja": ("いいえ",),
        "de": ("nein",), "fr": ("non",), "es": ("no",),
    },
    "pass": {
        "zh-Hant": ("合格", "通過", "符合"), "zh-Hans": ("合格", "通过", "符合"), "ja": ("合格", "適合"),
        "de": ("bestanden", "erfüllt", "i.o."), "fr": ("conforme",), "es": ("conforme", "cumple"),
    },
    "fail": {
        "zh-Hant": ("不合格", "不通過", "不符合"), "zh-Hans": ("不合格", "不通过", "不符合"),
        "ja": ("不合格", "不適合"),
        "de": ("nicht bestanden", "nicht erfüllt", "n.i.o."), "fr": ("non conforme",),
        "es": ("no conforme", "no cumple"),
    },
    "partial": {
        "zh-Hant": ("部分符合", "部分"), "zh-Hans": ("部分符合", "部分"), "ja": ("一部適合", "一部"),
        "de": ("teilweise",), "fr": ("partielle", "partiel"), "es": ("parcial",),
    },
    "na": {
        "zh-Hant": ("不適用",), "zh-Hans": ("不适用",), "ja": ("該当なし", "対象外"),
        "de": ("entfällt", "nicht anwendbar"), "fr": ("sans objet", "non applicable"), "es": ("no aplica",),
    },
})  # fmt: skip

KINDS = Vocabulary({
    "check": {
        "zh-Hant": ("檢查", "查檢"), "zh-Hans": ("检查",), "ja": ("点検", "チェック"),
        "de": ("Prüfung",), "fr": ("contrôle",), "es": ("comprobación", "verificación"),
    },
    "inspection": {
        "zh-Hant": ("巡檢", "檢驗"), "zh-Hans": ("巡检", "检验"), "ja": ("検査", "巡回"),
        "de": ("Begehung", "Inspektion"), "fr": ("inspection", "visite"), "es": ("inspección",),
    },
    "audit": {
        "zh-Hant": ("稽核", "內部稽核"), "zh-Hans": ("审核", "内部审核"), "ja": ("監査", "内部監査"),
        "de": ("Audit",), "fr": ("audit",), "es": ("auditoría",),
    },
    "risk": {
        "zh-Hant": ("風險", "風險評估"), "zh-Hans": ("风险", "风险评估"), "ja": ("リスク", "リスク評価"),
        "de": ("Risiko",), "fr": ("risque",), "es": ("riesgo",),
    },
    "review": {
        "zh-Hant": ("審查", "管理審查"), "zh-Hans": ("评审", "管理评审"), "ja": ("レビュー", "マネジメントレビュー"),
        "de": ("Bewertung", "Managementbewertung"), "fr": ("revue", "revue de direction"), "es": ("revisión",),
    },
})  # fmt: skip

CADENCES = Vocabulary({
    "daily": {
        "zh-Hant": ("每日", "每天"), "zh-Hans": ("每日", "每天"), "ja": ("毎日", "日次"),
        "de": ("täglich",), "fr": ("quotidienne", "quotidien"), "es": ("diaria", "diario"),
    },
    "weekly": {
        "zh-Hant": ("每週",), "zh-Hans": ("每周",), "ja": ("毎週", "週次"),
        "de": ("wöchentlich",), "fr": ("hebdomadaire",), "es": ("semanal",),
    },
    "monthly": {
        "zh-Hant": ("每月",), "zh-Hans": ("每月",), "ja": ("毎月", "月次"),
        "de": ("monatlich",), "fr": ("mensuelle", "mensuel"), "es": ("mensual",),
    },
    "quarterly": {
        "zh-Hant": ("每季",), "zh-Hans": ("每季", "每季度"), "ja": ("四半期", "四半期ごと"),
        "de": ("vierteljährlich",), "fr": ("trimestrielle", "trimestriel"), "es": ("trimestral",),
    },
    "yearly": {
        "zh-Hant": ("每年",), "zh-Hans": ("每年",), "ja": ("毎年", "年次"),
        "de": ("jährlich",), "fr": ("annuelle", "annuel"), "es": ("anual",),
    },
})  # fmt: skip

SOURCES = Vocabulary({
    "tasks": {
        "zh-Hant": ("核取方塊",), "zh-Hans": ("复选框",), "ja": ("チェックボックス",),
        "de": ("Aufgaben",), "fr": ("tâches",), "es": ("tareas",),
    },
    "tables": {
        "zh-Hant": ("表格",), "zh-Hans": ("表格",), "ja": ("表",),
        "de": ("Tabellen",), "fr": ("tableaux",), "es": ("tablas",),
    },
    "lists": {
        "zh-Hant": ("清單",), "zh-Hans": ("列表",), "ja": ("リスト",),
        "de": ("Listen",), "fr": ("listes",), "es": ("listas",),
    },
})  # fmt: skip

BOUNDS = Vocabulary({
    ">=": {
        "en": ("at least", "min.", "min"), "zh-Hant": ("至少", "不低於", "不少於"),
        "zh-Hans": ("至少", "不低于", "不少于"),
        "ja": ("最低",), "de": ("mindestens",), "fr": ("au moins",), "es": ("al menos", "mínimo"),
    },
    "<=": {
        "en": ("at most", "max.", "max"), "zh-Hant": ("至多", "最多", "不超過"), "zh-Hans": ("至多", "最多", "不超过"),
        "ja": ("最高", "最大"), "de": ("höchstens",), "fr": ("au plus",), "es": ("como máximo", "máximo"),
    },
})  # fmt: skip
"""Words before a number; Chinese and Japanese may instead end the limits in 以上 or 以下."""

BETWEEN = ("to", "bis", "à", "a", "hasta", "至", "到", "から")
"""Words between two numbers."""

IF_BEFORE = {"en": ("if",), "de": ("wenn", "falls"), "fr": ("si",), "es": ("si",)}
"""Words that begin a condition; a space follows."""
IF_GLUED = ("如果", "如為", "如为", "若為", "若为", "若", "もし")
"""As above; nothing needs to follow."""
IF_AFTER = ("の場合", "のとき", "ならば", "なら")
"""Words that end a condition."""
