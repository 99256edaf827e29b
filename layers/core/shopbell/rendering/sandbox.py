"""The Jinja environment of letters: strict, sandboxed, one for HTML and one for plain text."""

from enum import StrEnum
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, sandbox
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment


class Part(StrEnum):
    """What a template is rendered for: HTML escapes what it is given, plain text does not."""

    HTML = "html"
    PLAIN = "plain"


FORBIDDEN_ATTRIBUTES = (
    # `"{0.__class__}".format(x)` reads attributes past the sandbox.
    frozenset({"format", "format_map", "mro"})
    | sandbox.UNSAFE_FUNCTION_ATTRIBUTES
    | sandbox.UNSAFE_METHOD_ATTRIBUTES
    | sandbox.UNSAFE_GENERATOR_ATTRIBUTES
    | sandbox.UNSAFE_COROUTINE_ATTRIBUTES
    | sandbox.UNSAFE_ASYNC_GENERATOR_ATTRIBUTES
)


class LetterEnvironment(SandboxedEnvironment):
    """Jinja's sandbox asks for the type of each object that it reads from, which takes longer than all the rest of a
    letter. Refusing the same names on every object is stricter, and a look-up in a set."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute[0] == "_" or attribute in FORBIDDEN_ATTRIBUTES:
            return self.unsafe_undefined(obj, attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        # Nearly all that letters call are macros, whose code is ours: the sandbox need not look at them.
        if type(obj) is Macro:
            # Jinja's compiler adds these two for its own `call`, which takes them off again.
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return obj(context.eval_ctx, *args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return attr not in FORBIDDEN_ATTRIBUTES and super().is_safe_attribute(obj, attr, value)


FILTERS = (
    *("day", "weekday", "month_day", "month", "short", "digits", "time"),
    *("money", "money_column", "money_short", "amount", "quantity", "percent", "phone", "one_line", "pairs", "lines"),
)
"""Jinja refuses to compile a filter that it does not know. These names stand for each language's own functions, which
`LocaleTemplates` puts in their place."""


def environment(part: Part, loader: BaseLoader | None) -> LetterEnvironment:
    templates = LetterEnvironment(
        loader=loader,
        autoescape=part is Part.HTML,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # no limit: there are as many templates as the folder has
    )
    templates.filters.update(dict.fromkeys(FILTERS, str))
    return templates
