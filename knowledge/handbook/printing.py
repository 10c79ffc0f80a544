"""A book as PDF, tagged for those who listen to it (`people/printing.py`)."""

from datetime import datetime
from pathlib import Path
from typing import Any

from people.printing import Printed, print_pdf

SOURCE = Path(__file__).resolve().parent / "book.typ"


def print_book(content: dict[str, Any], *, at: datetime) -> Printed:
    """Prints the content of a `Book`. A few seconds for a hundred texts (`bench/handbook.py`)."""
    return print_pdf(SOURCE, "book", content, at=at)
