"""Webhook secrets: SecureStrings in SSM Parameter Store, remembered for a quarter of an hour."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

FRESH = 900.0
"""Seconds for which what was read counts: a signature that fits none has it read anew."""
STALE = 3600.0
"""Seconds for which it still counts when SSM cannot be asked."""
ABSENT = 2.0
"""Seconds before a shop that was not there is asked for again."""
MISFITS = 20.0
"""How often in a row a shop's secrets are asked anew because a signature fits none; one more every second."""
UNKNOWN, UNKNOWN_PER_SECOND = 200.0, 2.0
"""How often in a row names are asked for that had no secrets when last asked, and how many more every second: who
invents shops must not use up the 40 calls a second that Parameter Store takes."""
MOST_CACHED = 1_000

_SHOP = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

Clock = Callable[[], float]


class TooManyUnknown(BotoCoreError):  # type: ignore[misc]
    """Raised in the place of a call that Parameter Store would refuse; whoever is known is served all the same."""

    fmt = "too many shops that are not known were asked for"


@dataclass(slots=True)
class Allowance:
    """How many calls are left of `most`, as counted at `counted_at`; `per_second` more come back."""

    most: float
    per_second: float
    left: float
    counted_at: float = 0.0

    def spend(self, now: float) -> bool:
        left = min(self.most, self.left + (now - self.counted_at) * self.per_second)
        self.left, self.counted_at = left - (left >= 1), now
        return left >= 1


def for_misfits() -> Allowance:
    return Allowance(MISFITS, 1.0, MISFITS)


def for_unknown() -> Allowance:
    return Allowance(UNKNOWN, UNKNOWN_PER_SECOND, UNKNOWN)


@dataclass(slots=True)
class Cached:
    """`again` is how often the secrets may be asked anew."""

    secrets: tuple[str, ...]
    asked_at: float
    again: Allowance = field(default_factory=for_misfits)


@dataclass(slots=True)
class Secrets:
    """`client` is a low-level SSM client, `clock` counts seconds and never goes back."""

    client: Any
    prefix: str
    clock: Clock = time.monotonic
    _cache: dict[str, Cached] = field(default_factory=dict)
    _unknown: Allowance = field(default_factory=for_unknown)

    def of(self, shop: str, scheme: str) -> tuple[str, ...]:
        """The active ones, none where there is no such shop; raises what botocore does when SSM is down, and
        TooManyUnknown."""
        if _SHOP.fullmatch(shop) is None:
            return ()
        name = self._name(shop, scheme)
        cached = self._cache.get(name)
        if cached and self.clock() - cached.asked_at < (FRESH if cached.secrets else ABSENT):
            return cached.secrets
        if not (cached and cached.secrets) and not self._unknown.spend(self.clock()):
            raise TooManyUnknown
        return self._ask(name, cached)

    def refresh(self, shop: str, scheme: str) -> tuple[str, ...]:
        """Asked anew at once, but not for ever: whoever signs wrongly must not keep SSM busy."""
        cached = self._cache.get(self._name(shop, scheme))
        if cached is None or not cached.secrets:
            return self.of(shop, scheme)
        if not cached.again.spend(self.clock()):
            return cached.secrets
        return self._ask(self._name(shop, scheme), cached)

    def put(self, shop: str, scheme: str, value: Any) -> None:
        """Replaces the scheme's secrets; `value` is a list of them or an object with `secrets`."""
        name = self._name(shop, scheme)
        self.client.put_parameter(Name=name, Value=json.dumps(value), Type="SecureString", Overwrite=True)
        self._cache.pop(name, None)

    def remove(self, shop: str) -> int:
        """Those of all schemes; returns of how many."""
        names = list(self._stored(shop))
        for name in names:
            self._cache.pop(name, None)
            self._delete(name)
        return len(names)

    def _stored(self, shop: str) -> Iterator[str]:
        request: dict[str, Any] = {"Path": f"{self.prefix}/shops/{shop}", "Recursive": True}
        while True:
            page = self.client.get_parameters_by_path(**request)
            yield from (str(parameter["Name"]) for parameter in page["Parameters"])
            if "NextToken" not in page:
                return
            request["NextToken"] = page["NextToken"]

    def _delete(self, name: str) -> None:
        try:
            self.client.delete_parameter(Name=name)
        except ClientError as error:
            if _code(error) != "ParameterNotFound":
                raise

    def _name(self, shop: str, scheme: str) -> str:
        return f"{self.prefix}/shops/{shop}/{scheme}"

    def _ask(self, name: str, cached: Cached | None) -> tuple[str, ...]:
        try:
            secrets = self._fetch(name)
        except (BotoCoreError, ClientError):
            if cached and cached.secrets and self.clock() - cached.asked_at <= STALE:
                return cached.secrets
            raise
        again = cached.again if cached else for_misfits()
        self._remember(name, Cached(secrets, self.clock(), again))
        return secrets

    def _fetch(self, name: str) -> tuple[str, ...]:
        try:
            answer = self.client.get_parameter(Name=name, WithDecryption=True)
        except ClientError as error:
            if _code(error) == "ParameterNotFound":
                return ()
            raise
        return _secrets_in(answer["Parameter"]["Value"])

    def _remember(self, name: str, cached: Cached) -> None:
        """The oldest go first, so that invented shops do not fill the memory."""
        self._cache.pop(name, None)
        self._cache[name] = cached
        if len(self._cache) > MOST_CACHED:
            del self._cache[next(iter(self._cache))]


def _secrets_in(value: str) -> tuple[str, ...]:
    """What was stored by hand, and wrongly, lets nobody in."""
    try:
        content = json.loads(value)
    except ValueError:
        return ()
    secrets = content.get("secrets") if isinstance(content, dict) else content
    return tuple(map(str, secrets)) if isinstance(secrets, list) else ()


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
