"""Handbooks that hold an example which has been withdrawn: nobody is given them any more."""

from datetime import datetime

from knowledge.models import Example, HandbookEdition


def recall_editions(example: Example, *, now: datetime) -> None:
    """Takes away every edition with the example, in the transaction that withdraws it and after its row is locked.

    One that readers could fetch is withdrawn. One that was made and not published yet must be made again.
    """
    held = HandbookEdition.objects.holding(example)
    held.published().update(withdrawn_at=now)
    held.filter(published_at__isnull=True, made_at__isnull=False).update(made_at=None, pdf=None, pages=0)
