"""What is logged, and what never is: no address on the net, no browser, no e-mail, no code, no private link."""

import re
import sys
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import EventDict, Processor, WrappedLogger

UNWANTED_KEYS = ("ip", "user_agent")
PRIVATE = [
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[e-post]"),
    (re.compile(r"\b[A-Z]{2,12}-\d{4}\b"), "[kod]"),
    (re.compile(r"(?:\+|\b00)\d{8,15}\b"), "[telefon]"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}"), "[nätadress]"),
    (re.compile(r"(/(?:min-sida|kalender|intyg)/)[^\s\"'?]+"), r"\1…"),
    (re.compile(r"(?<=/)[\w-]{20,}(?=[/\s\"'?]|$)"), "…"),  # a token in any other address
]


def without_private(text: str) -> str:
    """
    >>> without_private("Not Found: /min-sida/Jx8_aQ/svara/ for anna@example.org with TALL-4826")
    'Not Found: /min-sida/… for [e-post] with [kod]'
    """
    for pattern, instead in PRIVATE:
        text = pattern.sub(instead, text)
    return text


def hide_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The last step before a line is written, so it also sees tracebacks and what libraries log."""
    return {
        key: without_private(value) if isinstance(value, str) and key != "timestamp" else value
        for key, value in event.items()
        if key not in UNWANTED_KEYS
    }


def plain_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Anything a library hangs on a line (a request, a server) becomes nothing: its text may hold a private link."""
    plain = (str, int, float, bool, type(None), dict, list, tuple)
    return {key: value for key, value in event.items() if isinstance(value, plain)}


class RequestLogMiddleware(RequestMiddleware):
    """One line per request. The query string is left out: it may hold what somebody searched for."""

    def __call__(self, request: HttpRequest) -> Any:
        """Health checks come several times a minute and say nothing."""
        return self.get_response(request) if request.path == "/halsa/" else super().__call__(request)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(level: str, *, as_json: bool) -> dict[str, Any]:
    """Our own lines and those of every library leave through the same door."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    last = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        plain_values,
        hide_private,
        renderer,
    ]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": SHARED, "processors": last}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server", "gunicorn.error")},
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # robots; the answer 400 is logged anyway
        },
    }
