"""Letters of shops' own that somebody got wrong: sixty of them."""

SUBJECT = "{% block subject %}Order {{ order.number }}{% endblock %}"


def subject(words: str) -> str:
    return f"{{% block subject %}}{words}{{% endblock %}}"


def body(words: str) -> str:
    return f"{{% block body %}}<p>Order {{{{ order.number }}}}</p>{words}{{% endblock %}}"


def twice(times: int) -> str:
    return "".join(f"{{% set x{n + 1} = x{n} ~ x{n} %}}" for n in range(times))


READ = {
    "a tag that is not closed": subject("Order {{ order.number"),
    "a block that is not closed": "{% block subject %}Order",
    "an if that is not closed": subject("{% if order %}Order"),
    "an end without a beginning": subject("Order{% endif %}"),
    "a tag nobody knows": subject("{% say order.number %}"),
    "half an expression": subject("{{ order.number | }}"),
    "the same block twice": SUBJECT + SUBJECT,
    "brackets without an end": subject("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}"),
    "deeper than Python goes": subject("{% if order %}" * 150 + "Order" + "{% endif %}" * 150),
    "nothing": "",
    "no block": "Order {{ order.number }}",
    "words between the blocks": SUBJECT + "and more",
    "a block that is not there": SUBJECT + "{% block footer %}Bye{% endblock %}",
    "a block in a block": "{% block body %}<p>{% block text %}Order{% endblock %}</p>{% endblock %}",
    "a number of 5 000 digits": subject("{{ " + "9" * 5_000 + " }}"),
    "as long as a book": subject("Order " * 20_000),
}
NAMED = {
    "a filter with a slip": subject("{{ order.total | mony(order.currency) }}"),
    "a filter that is another's": subject("{{ order.number | tojson }}"),
    "a macro with a slip": body("{{ buton(order.url, 'See') }}"),
    "a word with a slip": body("{{ w.helo(customer.name) }}"),
    "a fact with a slip": subject("Order {{ ordr.number }}"),
    "a field with a slip": subject("Order {{ order.nummer }}"),
    "a field of what is not there": subject("{{ order.delivery.point.name }}"),
    "too many arguments": body("{{ button(order.url, 'See', 'it', 'now') }}"),
}
TYPED = {
    "a list": subject("{{ order.items }}"),
    "everything about the customer": subject("{{ customer }}"),
    "a macro nobody called": subject("{{ w.hello }}"),
    "a fact that is nothing": subject("{{ none }}"),
    "yes or no": subject("Order paid: {{ order.paid }}"),
    "a sum of words and numbers": subject("{{ order.number + 1 }}"),
    "a sum without its currency": subject("{{ order.total | money }}"),
    "a date of a text": subject("{{ order.number | day }}"),
    "text less text": subject("{{ order.number - order.number }}"),
    "a text called": subject("{{ order.number() }}"),
    "a method of a text": subject("{{ order.number.upper() }}"),
    "a comparison of a date and a text": subject("{% if order.placed_on > order.number %}Order{% endif %}"),
}
ENDLESS = {
    "a division by nothing": subject("{{ 1 / 0 }}"),
    "a remainder by nothing": subject("{% if order.items | length is divisibleby(0) %}Order{% endif %}"),
    "a macro that calls itself": "{% block subject %}{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}{% endblock %}",
    "a loop that calls itself": body("{% for i in order.items recursive %}{{ loop(order.items) }}{% endfor %}"),
    "a hundred thousand times": body("{% for n in range(99999) %}{{ n }}{% endfor %}"),
    "ten thousand million times": body(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    ),
    "more times than the sandbox counts": body("{% for n in range(10000000000) %}{% endfor %}"),
    "loops within loops": body("{% for a in order.items %}{% for b in order.items %}x{% endfor %}{% endfor %}"),
    "a text a milliard times": subject("{{ 'x' * 1000000000 }}"),
    "a power of a power": subject("{{ 10 ** 10 ** 10 }}"),
    "doubled sixty times": subject("{% set x0 = order.number %}" + twice(60) + "{{ x60 }}"),
    "a wide gap": subject("{{ 'x' | center(1000000000) }}"),
    "a wide number": subject("{{ '%0999999999d' % 1 }}"),
    "more than a letter holds": body("{% for item in order.items %}" + "x" * 60_000 + "{% endfor %}"),
    "itself": '{% extends "en/order_received.j2" %}',
    "another's file": body('{% include "uk/order_received.j2" %}'),
    "another language": body('{% from "uk/_words.j2" import labels %}'),
}
UNFIT = {
    "a subject of nothing": subject(""),
    "a subject of spaces": subject("{% if order.cancelled %}Cancelled{% endif %}  "),
    "a body of nothing": "{% block body %}{% endblock %}",
    "a table that does not end": body("<table><tr><td>"),
    "a box closed twice": body("</td></tr></table>"),
    "a remark that swallows the rest": body("<!-- later"),
    "no way out": "{% block sms %}{{ shop.name }}: happy birthday{% endblock %}",
}
BROKEN = {**READ, **NAMED, **TYPED, **ENDLESS, **UNFIT}
