"""The words by which programs tell what is wrong with a field, or was left out; they stay the same."""

from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "not_json": "The body is not JSON in UTF-8",
    "missing": "The field is required, and absent or null",
    "empty": "The field is required, and empty",
    "wrong_type": "Another JSON type is wanted",
    "unknown_type": "There is no such type of event",
    "unknown_value": "Only some words are taken here",
    "in_the_future": "More than five minutes ahead of now",
    "too_long": "More characters than are taken",
    "too_many": "More elements than are taken",
    "out_of_range": "A number too small or too large",
    "negative": "Money is never negative",
    "not_an_amount": 'Money is a decimal string: "1499.00"',
    "not_a_currency": 'A currency is an ISO 4217 code: "UAH"',
    "not_a_quantity": 'A quantity is a number or a decimal string: 2, "0.5"',
    "not_a_moment": 'A moment is ISO 8601 with its offset: "2026-03-02T10:00:00+02:00"',
    "not_a_day": 'There is no such day; a day is "2026-03-02"',
    "not_a_url": "A link begins with http:// or https://",
    "not_an_id": "An id holds no control characters",
    "not_a_locale": 'A language is two or three small letters: "uk"',
    "unknown_field": "There is no such field, where a misspelt one would be a letter without its words",
}

NOTE_CODES: Mapping[str, str] = {
    "unknown_field": "There is no such field: it was left out, and the event taken",
    "unreadable": "An optional field whose value means nothing: it was left out, and the event taken",
}
