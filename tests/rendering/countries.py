"""What shops, people and goods are called in each language of the samples; all invented."""

from collections.abc import Mapping

SHOPS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": "Good Shop",
        "phone": "+442079460958",
        "hours": "Mon–Fri 9–18",
        "address": "12 Mill Lane, Frome",
    },
    "uk": {
        "name": "Добра Крамниця",
        "phone": "+380441234567",
        "hours": "пн–пт 9–18",
        "address": "Київ, вул. Садова, 5",
    },
    "ru": {
        "name": "Тёплый дом",
        "phone": "+74951234567",
        "hours": "пн–пт 9–18",
        "address": "Тула, ул. Садовая, 5",
    },
    "hu": {
        "name": "Jó Bolt",
        "phone": "+3612345678",
        "hours": "h–p 9–18",
        "address": "1052 Budapest, Kert u. 5.",
    },
}
PEOPLE: Mapping[str, tuple[str, str, str]] = {
    "en": ("Anna Hill", "anna@example.org", "+442079460321"),
    "uk": ("Олена Гай", "olena@example.org", "+380501234567"),
    "ru": ("Пётр Луговой", "petr@example.org", "+79161234567"),
    "hu": ("Kovács Anna", "anna@example.org", "+36301234567"),
}
CURRENCY = {"en": "GBP", "uk": "UAH", "ru": "RUB", "hu": "HUF"}
RATE = {"en": 1, "uk": 50, "ru": 100, "hu": 450}
GOODS: Mapping[str, tuple[str, str, str, str, str]] = {
    "en": ("Stoneware mug", "Colour", "sea blue", "Linen tea towel", "Yarn, by the metre"),
    "uk": ("Глиняний кухоль", "Колір", "морський", "Лляний рушник", "Пряжа на метри"),
    "ru": ("Глиняная кружка", "Цвет", "морской", "Льняное полотенце", "Пряжа на метры"),
    "hu": ("Agyagbögre", "Szín", "tengerkék", "Len konyharuha", "Fonal méterre"),
}
PLACES = {
    "en": "Pick-up point 12, 4 Station Road, Frome, daily 8–20",
    "uk": "Відділення № 12, вул. Вокзальна, 4, Київ, щодня 8–20",
    "ru": "Пункт выдачи № 12, ул. Вокзальная, 4, Тула, ежедневно 8–20",
    "hu": "12. csomagpont, Állomás u. 4., Budapest, naponta 8–20",
}
WAYS = {
    "en": ["card on our site", "cash on delivery"],
    "uk": ["карткою на сайті", "післяплатою"],
    "ru": ["картой на сайте", "наложенным платежом"],
    "hu": ["bankkártyával az oldalunkon", "utánvéttel"],
}
DETAILS = {
    "en": "Good Shop Ltd\nSort code 00-00-00\nAccount 00000000",
    "uk": "ФОП Гай О. П.\nIBAN UA000000000000000000000000000",
    "ru": "ИП Луговой П. П.\nСчёт 00000000000000000000\nБИК 000000000",
    "hu": "Jó Bolt Kft.\nSzámlaszám 00000000-00000000-00000000",
}
REASONS = {
    "en": ("The yarn reached us two days late.", "We pack tonight and send it by express, at our cost."),
    "uk": (
        "Пряжа надійшла до нас на два дні пізніше.",
        "Пакуємо сьогодні й надсилаємо експресом за наш рахунок.",
    ),
    "ru": ("Пряжа пришла к нам на два дня позже.", "Упакуем сегодня и отправим экспрессом за наш счёт."),
    "hu": (
        "A fonal két nap késéssel érkezett meg hozzánk.",
        "Ma este csomagolunk, és saját költségünkön, expresszel küldjük.",
    ),
}

REASONS = {
    "en": ("The yarn came late", "We pack tonight and pay for express"),
    "uk": ("Пряжа надійшла пізніше", "Пакуємо сьогодні, експрес за наш рахунок"),
    "ru": ("Пряжа пришла позже", "Упакуем сегодня, экспресс за наш счёт"),
    "hu": ("Később ért ide a fonal", "Ma csomagolunk, a gyorsposta a mi költségünk"),
}
FAILURES = {
    "en": "The card has expired",
    "uk": "Строк дії картки минув",
    "ru": "Истёк срок действия карты",
    "hu": "A kártya lejárt",
}
