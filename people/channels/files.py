"""Messages as files in a folder, for development: nothing leaves the machine, and everything can be read."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from django.conf import settings

BETWEEN_LETTERS = b"\n" + b"-" * 79 + b"\n"
"""What Django's file backend writes after each letter."""


@dataclass(frozen=True)
class WrittenMessage:
    """One message as someone would have got it."""

    name: str
    written_at: datetime
    channel: str
    sender: str
    to: str
    text: str
    subject: str = ""
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)


def write_sms(*, to: str, text: str, sender: str, reference: str) -> str:
    """Returns the name of the file, which stands in for the gateway's id."""
    settings.DEV_OUTBOX_DIR.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.sms.json"
    content = {"sender": sender, "to": to, "text": text, "reference": reference}
    (settings.DEV_OUTBOX_DIR / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return name


def written_messages(most: int = 100) -> list[WrittenMessage]:
    """The newest first."""
    files = [path for path in settings.DEV_OUTBOX_DIR.glob("*") if path.name.endswith((".log", ".sms.json"))]
    files.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    found = [message for path in files[:most] for message in read_file(path)]
    return found[:most]


def read_file(path: Path) -> list[WrittenMessage]:
    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if path.suffix == ".json":
        content = json.loads(path.read_text(encoding="utf-8"))
        sms = WrittenMessage(path.name, written_at, "sms", content["sender"], content["to"], content["text"])
        return [sms]
    letters = [part for part in path.read_bytes().split(BETWEEN_LETTERS) if part.strip()]
    return [_letter(path.name, written_at, part) for part in letters]


def _letter(name: str, written_at: datetime, content: bytes) -> WrittenMessage:
    letter = message_from_bytes(content, EmailMessage, policy=policy.default)
    return WrittenMessage(
        name=name,
        written_at=written_at,
        channel="email",
        sender=letter["From"],
        to=letter["To"],
        text=_part(letter, "plain"),
        subject=letter["Subject"],
        html=_part(letter, "html"),
        headers={key: str(value) for key, value in letter.items()},
        attachments=[part.get_filename() or "" for part in letter.iter_attachments()],
    )


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
