"""Private links for many people at once, when their cases are taken in from elsewhere."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import IntegrityError, models, transaction

from people.actions.links import MOST_DRAWS, NoFreeCode
from people.codes import new_code, new_words
from people.crypto import keyed_hash
from people.enums import LinkPurpose
from people.models import Contact, PrivateLink


@transaction.atomic
def open_links(
    purpose: LinkPurpose,
    whose: Sequence[tuple[Contact, models.Model]],
    *,
    now: datetime,
    draw: Callable[[], str] = new_code,
) -> list[PrivateLink]:
    """As `open_link` for each person and what their link is about, in a few queries. Nobody is told anything.

    Nothing opens the links yet: words and address are told when a link is issued anew. Raises NoFreeCode.
    """
    for _draw in range(MOST_DRAWS):
        codes = _free_codes(len(whose), draw)
        try:
            with transaction.atomic():
                return PrivateLink.objects.bulk_create(
                    PrivateLink(
                        purpose=purpose,
                        contact=contact,
                        about_model=about._meta.label_lower,
                        about_id=about.pk,
                        code=code,
                        words_hash=keyed_hash(new_words()),
                        asks_for_code=contact.needs_locked_links,
                        created_at=now,
                    )
                    for code, (contact, about) in zip(codes, whose, strict=True)
                )
        except IntegrityError:
            # Somebody got one of the codes meanwhile: all are drawn again. Anything else that breaks shows itself.
            if not PrivateLink.objects.filter(code__in=codes).exists():
                raise
    raise NoFreeCode


def _free_codes(count: int, draw: Callable[[], str]) -> list[str]:
    """So many codes that nobody has, each another."""
    free: set[str] = set()
    for _draw in range(MOST_DRAWS):
        drawn = {draw() for _one in range(count - len(free))}
        free |= drawn - set(PrivateLink.objects.filter(code__in=drawn).values_list("code", flat=True))
        if len(free) == count:
            return list(free)
    raise NoFreeCode
