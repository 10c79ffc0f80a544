"""A handbook ordered, made and read as others read it: through pypdf."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from knowledge.actions import handbooks
from knowledge.enums import State
from knowledge.models import HandbookEdition
from people.actions.jobs import run_due_jobs
from people.models import User
from tests.factories import NOW


def order(by: User, *, title: str = "Handbok", language: str = "sv", **chosen: Iterable[Any]) -> HandbookEdition:
    """All that is public, unless it is said which texts."""
    keys = {
        kind: [row.pk for row in chosen.get(kind, model.objects.filter(state=State.PUBLISHED))]
        for kind, model in handbooks.MODELS.items()
    }
    return handbooks.order_edition(title=title, language=language, by=by, now=NOW, **keys)


def make(by: User, *, now: datetime = NOW, **kwargs: Any) -> HandbookEdition:
    """Ordered and made, not yet published."""
    edition = order(by, **kwargs)
    run_due_jobs(lambda: now, seconds=30)
    edition.refresh_from_db()
    return edition


def published(by: User, **kwargs: Any) -> HandbookEdition:
    return handbooks.publish_edition(make(by, **kwargs), now=NOW)


def reader(edition: HandbookEdition) -> PdfReader:
    return PdfReader(BytesIO(bytes(edition.pdf or b"")))


def words_of(edition: HandbookEdition) -> str:
    """All that can be read in the book, on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader(edition).pages).split())


def outline_of(pdf: PdfReader) -> list[Any]:
    """The bookmarks, those of a chapter in a list after it."""
    return [_titles(one) for one in pdf.outline]


def _titles(entry: Any) -> Any:
    return [_titles(one) for one in entry] if isinstance(entry, list) else entry.title
