"""Letters that the cheap SMS alphabet lacks, written with those that it has."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.sms import Encoding, encoding, transliterate

# The examples that the resolution itself gives for each letter.
RESOLUTION_55 = [
    ("Алушта Андрій", "Alushta Andrii"), ("Борщагівка Борисенко", "Borshchahivka Borysenko"),
    ("Вінниця Володимир", "Vinnytsia Volodymyr"), ("Гадяч Богдан Згурський", "Hadiach Bohdan Zghurskyi"),
    ("Ґалаґан Ґорґани", "Galagan Gorgany"), ("Донецьк Дмитро", "Donetsk Dmytro"),
    ("Єнакієве Гаєвич Короп'є", "Yenakiieve Haievych Koropie"),
    ("Житомир Жанна Жежелів", "Zhytomyr Zhanna Zhezheliv"),
    ("Закарпаття Казимирчук", "Zakarpattia Kazymyrchuk"), ("Медвин Михайленко", "Medvyn Mykhailenko"),
    ("Їжакевич Кадиївка Мар’їне", "Yizhakevych Kadyivka Marine"),
    ("Йосипівка Стрий Олексій", "Yosypivka Stryi Oleksii"),
    ("Харків Христина", "Kharkiv Khrystyna"), ("Біла Церква Стеценко", "Bila Tserkva Stetsenko"),
    ("Шостка Гоща Щербухи", "Shostka Hoshcha Shcherbukhy"), ("Юрій Корюківка", "Yurii Koriukivka"),
    ("Яготин Ярошенко Костянтин Знам'янка Феодосія", "Yahotyn Yaroshenko Kostiantyn Znamianka Feodosiia"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "latin"), RESOLUTION_55)
def test_ukrainian_is_written_as_the_resolution_of_2010_says(name: str, latin: str) -> None:
    assert transliterate(name, "uk") == latin


@pytest.mark.parametrize(
    ("text", "locale", "latin"),
    [
        ("Щукин Подъезд Мышь Ёлка Юлия Цой", "ru", "Shchukin Podieezd Mysh Elka Iuliia Tsoi"),
        ("Хэппи Жук Чай Яна", "ru", "Kheppi Zhuk Chai Iana"),
        ("Київ", "ru", "Kiiv"),
        ("Объект Ёж", "uk", "Obieekt Ezh"),
        ("ЩЕ раз: ЩО? Що?", "uk", "SHCHE raz: SHCHO? Shcho?"),
        ("Я ТУТ", "uk", "Ya TUT"),
        ("ЗГОДА", "uk", "ZGHODA"),
        (
            "Замовлення № 1001: 1\u00a0499,00\u00a0₴ – «так»",
            "uk",
            'Zamovlennia No. 1001: 1 499,00 UAH - "tak"',
        ),
        ("Kedves Kovács Ágnes! Űrlap, őszi, tűz, tér", "hu", "Kedves Kovacs Agnes! Ürlap, öszi, tüz, tér"),
        ("Łódź, Čapek, d’Artagnan", "en", "Lodz, Capek, d'Artagnan"),
        ("Добра Крамниця: your order", "en", "Dobra Kramnytsia: your order"),
        ("é ö ü ñ à Ç", "en", "é ö ü ñ à Ç"),
    ],
)
def test_what_the_cheap_alphabet_lacks_is_written_with_what_it_has(text: str, locale: str, latin: str) -> None:
    assert transliterate(text, locale) == latin
    assert encoding(latin) is Encoding.GSM_7


def test_what_has_no_letters_to_stand_for_it_stays() -> None:
    assert transliterate("寿司 😀 Ў", "uk") == "寿司 😀 Ў"


@given(
    st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъАБЄЇЩЮЯáíóőűÁŰ 0123№₴’«»", max_size=120),
    st.sampled_from(["uk", "ru", "hu", "en"]),
)
def test_all_letters_of_the_four_languages_become_cheap(text: str, locale: str) -> None:
    latin = transliterate(text, locale)
    assert encoding(latin) is Encoding.GSM_7
    assert re.fullmatch(r"[A-Za-zöüÖÜ0-9 .'\"]*", latin)
