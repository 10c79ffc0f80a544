"""The kinds of messages there are. Each app declares its own in `emails.py` and registers them when Django starts.

A message of a kind that nobody registered is never sent: it raises an alarm instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from people.enums import MessageClass
from people.models import Message


def always_wanted(about_id: int, now: datetime) -> str | None:
    return None


def nobody_to_tell(message: Message, now: datetime) -> None:
    return None


@dataclass(frozen=True)
class MessageKind:
    """One kind of message, named `app.noun_verb`; its words stand in `<app>/emails/<noun_verb>.txt`.

    `still_wanted` is asked right before sending and answers with the reason not to send, in words, or None.
    `on_failed` is called, in a transaction, when the message will never arrive, or when nobody can say whether it did.
    `on_stopped` is called when the receiver of a reminder wants no more of the kind; without it the leaders of the
    message's office are told.
    """

    name: str
    message_class: MessageClass
    still_wanted: Callable[[int, datetime], str | None] = always_wanted
    on_failed: Callable[[Message, datetime], None] = nobody_to_tell
    on_stopped: Callable[[Message, datetime], None] | None = None
    is_secret: bool = False
    """Holds a code: the text is wiped as soon as it is sent, and it expires after an hour."""

    @property
    def template(self) -> str:
        app, _, name = self.name.partition(".")
        return f"{app}/emails/{name}.txt"


class UnknownKind(LookupError):
    """No app has registered the kind."""


_kinds: dict[str, MessageKind] = {}


def register(*kinds: MessageKind) -> None:
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) != kind:
            raise ValueError(f"two kinds of messages are called {kind.name}")


def get(name: str) -> MessageKind:
    """The kind of that name. Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError as error:
        raise UnknownKind(name) from error


def find(name: str) -> MessageKind | None:
    return _kinds.get(name)


def all_kinds() -> list[MessageKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.name)
