"""What all public texts have in common: how far they have come, two languages, and where they first came from."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.enums import State


class PublicTextQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """What everyone may read."""
        return self.filter(state=State.PUBLISHED)

    def withdrawn(self) -> Self:
        return self.filter(state=State.WITHDRAWN)

    def to_publish(self, now: datetime) -> Self:
        """Finished texts whose time has come."""
        return self.filter(state=State.READY, publish_at__lte=now)

    def to_review(self, today: date) -> Self:
        """Published texts that someone should read again by now."""
        return self.published().filter(review_by__lte=today)


class Translated:
    """A row that speaks both languages: every column named in `TRANSLATED` has a twin that ends in `_en`."""

    TRANSLATED: ClassVar[tuple[str, ...]] = ()
    """What is said in both languages."""

    def is_in(self, language: str) -> bool:
        """Whether it can be read in the language: all that is said in Swedish is said there too."""
        if language == "sv":
            return True
        return all(getattr(self, f"{name}_en") for name in self.TRANSLATED if getattr(self, name))

    def said(self, language: str) -> "Said":
        """The words as they are read in a language; in Swedish when they are not all there in it."""
        spoken = language if self.is_in(language) else "sv"
        ending = "" if spoken == "sv" else f"_{spoken}"
        return Said(spoken, {name: getattr(self, f"{name}{ending}") for name in self.TRANSLATED})


class PublicText(Translated, models.Model):
    """A text that everyone may read once it is published: a term, an example, a tool, a page.

    `seed_hash` tells what the text was when it was last written from the files of the repository: as long as it still
    is that, a new release may rewrite it; once an editor has changed it, it is theirs (`seeding.py`).
    """

    slug = models.SlugField(_("adressnamn"), max_length=80, unique=True)
    state = models.CharField(_("läge"), max_length=10, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publiceras"), null=True, blank=True, help_text=_("Tomt: när du trycker."))
    published_at = models.DateTimeField(_("publicerades"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("togs bort"), null=True, blank=True, editable=False)
    reviewed_on = models.DateField(_("senast läst igenom"), null=True, blank=True)
    review_by = models.DateField(_("ska läsas igen senast"), null=True, blank=True)
    changed_at = models.DateTimeField(_("ändrad"), editable=False)
    seed_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = PublicTextQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def last_changed_at(self) -> datetime:
        """When readers last got it, or other words of it."""
        return max(self.changed_at, self.published_at or self.changed_at)


class Said:
    """The words of a row in one language: each translated column under its own name."""

    def __init__(self, language: str, words: dict[str, Any]) -> None:
        self.language = language
        self.words = words

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["words"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def published_has_moment(name: str) -> Iterable[models.BaseConstraint]:
    """The constraints of every kind of public text."""
    return (
        models.CheckConstraint(
            name=f"{name}_published_has_moment",
            condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{name}_withdrawn_has_moment",
            condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False),
        ),
    )
