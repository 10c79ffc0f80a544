from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

WEIGHTS = (("title", "A"), ("also", "A"), ("lead", "B"), ("text", "C"))


def _words(config: str) -> SearchVector:
    first, *rest = (SearchVector(column, weight=weight, config=config) for column, weight in WEIGHTS)
    return sum(rest, first)


class SearchEntry(models.Model):
    """One public text in one language, as the search finds it. There is none of what is not public.

    `words` holds the stems of the language, `exact` the words as they stand, for beginnings of words and for names.
    `also` are other words that lead here: a term's forms and synonyms.
    """

    kind = models.CharField(_("sort"), max_length=20)
    about_id = models.BigIntegerField()
    language = models.CharField(_("språk"), max_length=2)
    title = models.CharField(_("rubrik"), max_length=200)
    also = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    words = models.GeneratedField(
        expression=Case(When(language="en", then=_words("english")), default=_words("swedish")),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    exact = models.GeneratedField(
        expression=SearchVector("title", "also", "lead", "text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text i sökningen")
        verbose_name_plural = _("texter i sökningen")
        indexes = (
            GinIndex(fields=["words"], name="search_words"),
            GinIndex(fields=["exact"], name="search_exact"),
            models.Index(fields=["language", "kind", "-published_at"], name="search_newest"),
        )
        constraints = (models.UniqueConstraint(name="search_entry_once", fields=["kind", "about_id", "language"]),)

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that stands in some public text, and in how many: what a misspelt word may have been."""

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=80)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("ord i sökningen")
        verbose_name_plural = _("ord i sökningen")
        constraints = (models.UniqueConstraint(name="search_word_once", fields=["language", "word"]),)

    def __str__(self) -> str:
        return self.word
