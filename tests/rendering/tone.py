"""What a courteous shop does not write, language by language: each pattern with a sentence that it is meant for."""

from collections.abc import Mapping

STIFF: Mapping[str, Mapping[str, str]] = {
    "en": {
        r"pleased to inform|regret to inform|please be advised": "We are pleased to inform you",
        r"herewith|hereby|\bas per\b|in accordance with": "Hereby we confirm",
        r"dear (customer|sir|madam|user)|valued customer": "Dear customer,",
        r"kindly (note|be|take)|do not hesitate": "Please do not hesitate to contact us",
    },
    "uk": {
        r"шановн|вельмишановн": "Шановний(а) покупцю!",
        r"здійсн(ен|ю)|відповідно до|у зв’язку з": "Здійснено відправлення",
        r"повідомляємо,? що|доводимо до|інформуємо": "Повідомляємо, що замовлення прийнято",
        r"\bдан(ий|а|е|ого|ої|им|ому)\b|являється": "Дане замовлення",
        r"при[йї]ма\w+ участь|на протязі|слідуюч|вірна відповідь": "На протязі дня",
    },
    "ru": {
        r"уважаем": "Уважаемый(ая) покупатель!",
        r"осуществл|произведен[ао]?\b|в соответствии с|в связи с": "Осуществлена отправка",
        r"уведомляем|доводим до сведения|информируем|сообщаем,? что": "Сообщаем, что заказ принят",
        r"\bданн(ый|ая|ое|ого|ой|ому|ым)\b|является": "Данный заказ",
    },
    "hu": {
        r"tisztelt": "Tisztelt Vásárlónk!",
        r"(ásra|ésre|tésre|tásra) kerül": "A csomag feladásra került",
        r"örömmel értesít|ezúton|tájékoztatjuk|értesítjük, hogy": "Örömmel értesítjük",
        r"amennyiben|vonatkozásában|tekintetében": "Amennyiben kérdése van",
    },
}
"""In no letter, the staff's included."""

PRESSING: Mapping[str, Mapping[str, str]] = {
    "en": {
        r"you (have )?(forgot|failed)|your fault|disappoint": "You forgot to pay",
        r"you must|failure to|overdue|penalt|debt|legal|immediately": "You must pay immediately",
        r"(?<!no )hurry|last chance|act now|don.t miss|only today|final notice": "Hurry, last chance",
        r"\bguarantee|unbeatable|exclusive|amazing": "An exclusive offer",
    },
    "uk": {
        r"ви забули|не сплатили|з вашої вини": "Ви забули заплатити",
        r"заборгован|штраф|\bсуд\w*\b|негайно|в іншому разі|зобов’язан|терміново": "Негайно погасіть заборгованість",
        r"поспішайте|встигніть|останній шанс|лише сьогодні|не пропустіть": "Поспішайте",
        r"ексклюзив|неперевершен|унікальн": "Унікальна пропозиція",
    },
    "ru": {
        r"вы забыли|вы не оплатили|по вашей вине": "Вы забыли заплатить",
        r"задолженност|штраф|\bсуд\w*\b|немедленно|\bиначе\b|обязан|срочно": "Срочно погасите задолженность",
        r"спешите|успейте|последний шанс|только сегодня|не упустите": "Успейте купить",
        r"эксклюзив|непревзойд|уникальн": "Уникальное предложение",
    },
    "hu": {
        r"elfelejtett|elmulaszt|az ön hibáj": "Elfelejtett fizetni",
        r"tartozás|hátralék|kötbér|bíróság|köteles|haladéktalan|azonnal": "Azonnal rendezze tartozását",
        r"siessen|utolsó esély|csak ma\b|ne hagyja ki|ne maradjon le": "Siessen, utolsó esély",
        r"exkluzív|verhetetlen|páratlan": "Páratlan ajánlat",
    },
}
"""In no letter to a customer: guilt, threats, haste, boasting."""

FAMILIAR: Mapping[str, str] = {
    "uk": r"\b(ви|вас|вам|вами|ваш\w*|ти|тебе|тобі|твій|твоє)\b",
    "ru": r"\b(вы|вас|вам|вами|ваш\w*|ты|тебя|тебе|твой|твоё)\b",
    "hu": r"\b(ön|önt|önnek|önnel|önök|szia|neked|téged|rendelésed|csomagod)\b",
}
"""Addressed without the capital letter, or as one addresses a friend."""

OPEN_ENDED: Mapping[str, tuple[str, str]] = {
    "en": (
        r"\b(from|in at least) (\d+|two|three|a few) (working |business )?days?\b|(?<!as )\bsoon\b(?! as)",
        "We deliver from 2 days",
    ),
    "uk": (
        r"\bвід (\d+|двох|трьох|кількох)\s(робоч\w+\s)?(дн|день)\w*|найближчим часом|незабаром|якнайшвидше",
        "Доставка від 2 днів",
    ),
    "ru": (
        r"\bот (\d+|двух|трёх|нескольких)\s(рабоч\w+\s)?дн\w+|в ближайшее время|вскоре|\bскоро\b",
        "Доставка от 2 дней",
    ),
    "hu": (
        r"\d[\s\u2011-]*(munka)?nap(tól|tol)\b|\b(két|három|pár) (munka)?naptól|hamarosan|közeljövőben|mielőbb",
        "Kiszállítás 2 naptól",
    ),
}
"""A term without its end."""

SORRY: Mapping[str, str] = {
    "en": "sorry",
    "uk": "перепрошуємо|вибачте",
    "ru": "прощения|простите|нам жаль",
    "hu": "elnézés",
}
FRIEND: Mapping[str, str] = {"en": "friend", "uk": "друз", "ru": "друз|друг", "hu": "barát|ismerős"}
GREETING: Mapping[str, str] = {"en": "Hello", "uk": "Добрий день", "ru": "Здравствуйте", "hu": "(Kedves|Jó napot)"}
MARKS: Mapping[str, str] = {"en": "“”’", "uk": "«»„“’", "ru": "«»„“", "hu": "„”"}
DASH: Mapping[str, str] = {"en": "–", "uk": "–", "ru": "—", "hu": "–"}
