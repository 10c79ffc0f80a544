"""A cache that never keeps a visitor waiting and never stops one.

The rate limits of sign-in and of the public forms count in here. When Redis does not answer within 0.2 seconds every
call acts as on an empty cache, and for five seconds nobody asks again: the limits are then open, and the pages work.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import redis
import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")
TIMEOUT = 0.2  # seconds for one answer
OPEN_FOR = 5.0  # seconds without a new try

logger = structlog.get_logger(__name__)


class Breaker:
    """Remembers, for all threads of the process, that a server did not answer a moment ago."""

    def __init__(self) -> None:
        self.open_until = 0.0

    def call(self, ask: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self.open_until:
            return otherwise
        try:
            return ask()
        except (redis.RedisError, OSError) as error:
            self.open_until = time.monotonic() + OPEN_FOR
            logger.warning("cache_does_not_answer", error=type(error).__name__)
            return otherwise


_breakers: dict[str, Breaker] = {}


class PatientCache(RedisCache):
    """Django's Redis cache behind a breaker. `add` answers True without a server: whoever asks for a lock gets on."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_timeout": TIMEOUT,
            "socket_connect_timeout": TIMEOUT,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self._breaker = _breakers.setdefault(server, Breaker())

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._breaker.call(partial(super().add, key, value, timeout, version), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._breaker.call(partial(super().get, key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._breaker.call(partial(super().set, key, value, timeout, version), None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._breaker.call(partial(super().touch, key, timeout, version), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._breaker.call(partial(super().delete, key, version), False)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return self._breaker.call(partial(super().get_many, keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._breaker.call(partial(super().has_key, key, version), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._breaker.call(partial(super().incr, key, delta, version), delta)

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._breaker.call(partial(super().set_many, data, timeout, version), list(data))

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        self._breaker.call(partial(super().delete_many, keys, version), None)

    def clear(self) -> None:
        """Only our own keys: Celery's queue lives in the same database."""
        self._breaker.call(self._forget_ours, None)

    def _forget_ours(self) -> None:
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.unlink(key)
