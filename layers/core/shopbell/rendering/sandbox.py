"""The Jinja environment letters live in: strict, sandboxed, one for HTML and one for plain text."""

from enum import StrEnum
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, sandbox
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment


class Part(StrEnum):
    """What a template is rendered for: HTML escapes what it is given, plain text does not."""

    HTML = "html"
    PLAIN = "plain"


FORBIDDEN = (
    frozenset({"format", "format_map", "mro"})
    | sandbox.UNSAFE_FUNCTION_ATTRIBUTES
    | sandbox.UNSAFE_METHOD_ATTRIBUTES
    | sandbox.UNSAFE_GENERATOR_ATTRIBUTES
    | sandbox.UNSAFE_COROUTINE_ATTRIBUTES
    | sandbox.UNSAFE_ASYNC_GENERATOR_ATTRIBUTES
)


class LetterEnvironment(SandboxedEnvironment):
    """Jinja's sandbox looks at the type of each object it reads from, which costs more than all the
    rest of a letter; refusing the same names on every object is stricter and a set look-up."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute[0] == "_" or attribute in FORBIDDEN:
            return self.unsafe_undefined(obj, attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Macros, which are nearly all that letters call, need no looking into."""
        if type(__obj) is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return attr not in FORBIDDEN and super().is_safe_attribute(obj, attr, value)


FILTERS = (
    *("day", "weekday", "month_day", "short", "digits", "time"),
    *("money", "money_short", "quantity", "percent", "phone", "one_line", "pairs", "lines"),
)
"""Jinja asks for a filter's name when it compiles; each language brings its own when it speaks."""


def environment(part: Part, loader: BaseLoader | None) -> LetterEnvironment:
    made = LetterEnvironment(
        loader=loader,
        autoescape=part is Part.HTML,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters.update(dict.fromkeys(FILTERS, str))
    return made
