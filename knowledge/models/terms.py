from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.fields import swedish_sort_key
from knowledge.enums import TermTopic
from knowledge.models.public_texts import PublicText, published_has_moment
from people.models.tracking import tracked


@tracked(without=("seed_hash", "sort_key"))
class Term(PublicText):
    """A word in the glossary (ord): what it means in at most two sentences, and how it can sound.

    The first time one of its `forms` stands in a public text it is marked and explained there, if `is_marked`.
    `synonyms` are what people may look for instead; the search knows them, the reader never sees them.
    """

    TRANSLATED = ("word", "meaning", "usage")

    word = models.CharField(_("ord"), max_length=80, unique=True)
    word_en = models.CharField(_("ord på engelska"), max_length=80, blank=True)
    forms = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=_("böjningar"),
        help_text=_("Så känns ordet igen i texter."),
    )
    meaning = models.CharField(_("betyder"), max_length=400, help_text=_("Högst två meningar."))
    meaning_en = models.CharField(_("betyder, på engelska"), max_length=400, blank=True)
    usage = models.CharField(_("så kan det låta"), max_length=300, blank=True)
    usage_en = models.CharField(_("så kan det låta, på engelska"), max_length=300, blank=True)
    say_instead = models.CharField(_("säg hellre"), max_length=120, blank=True)
    synonyms = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=_("andra ord att söka på"),
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("hör ihop med"))
    topic = models.CharField(_("handlar om"), max_length=10, choices=TermTopic.choices, default=TermTopic.CORE)
    is_marked = models.BooleanField(_("förklaras i texter"), default=True)
    sort_key = swedish_sort_key("word")

    class Meta:
        verbose_name = _("ord")
        verbose_name_plural = _("ordlistan")
        ordering = ("sort_key",)
        constraints = (*published_has_moment("term"),)

    def __str__(self) -> str:
        return self.word
