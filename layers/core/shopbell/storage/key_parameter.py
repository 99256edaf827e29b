"""The stack's keys: a secret in Secrets Manager, read through SSM Parameter Store and remembered for five minutes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shopbell.domain.model.keys import Keys, read_keys
from shopbell.domain.model.problems import Refused
from shopbell.errors import where

FRESH = 300.0
"""Seconds for which what was read counts: so long after a change some processes still use the former keys."""
LEAST = 5.0
"""Seconds between two readings, however many links name a key that is not there."""

Clock = Callable[[], float]


@dataclass(slots=True)
class KeyParameter:
    """`client` is a low-level SSM client, `clock` counts seconds and never goes back."""

    client: Any
    name: str
    note: Callable[[str, dict[str, object]], None]
    clock: Clock = time.monotonic
    _keys: Keys | None = field(default=None, repr=False)
    _asked_at: float = 0.0

    def keys(self) -> Keys:
        """Those read last still count where they cannot be read again."""
        if self._keys is None:
            return self._read()
        if self.clock() - self._asked_at < FRESH:
            return self._keys
        try:
            return self._read()
        except (BotoCoreError, ClientError) as error:
            self.note("keys_unread", where(error))
            return self._keys

    def keys_with_link(self, number: int) -> Keys:
        """For a link of that number: another process may have made it with a key that was added since."""
        keys = self.keys()
        newer = number > keys.links.current and self.clock() - self._asked_at >= LEAST
        return self._read() if newer else keys

    def _read(self) -> Keys:
        """A wrong text changes nothing for a process that has read a right one."""
        self._asked_at = self.clock()
        found = self.client.get_parameter(Name=self.name, WithDecryption=True)
        try:
            self._keys = read_keys(str(found["Parameter"]["Value"]))
        except Refused as error:
            self.note("alarm", {"wrong_keys": str(error)})
            if self._keys is None:
                raise
        return self._keys
