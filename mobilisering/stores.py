"""One address of Redis or Valkey, written the two ways that Celery and Django's cache want it.

Over the network both take `redis://host:6379/0` (or `rediss://`). A socket is given as `unix:///path?db=0`.
"""

from urllib.parse import parse_qs, urlsplit


def broker_url(redis_url: str) -> str:
    """
    >>> broker_url("unix:///run/valkey.sock?db=1")
    'redis+socket:///run/valkey.sock?virtual_host=1'
    """
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"
