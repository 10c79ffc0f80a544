"""The search and the sitemap find the courses of the trainings too: one subject's texts on another's pages."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from knowledge.actions.indexing import replace
from knowledge.actions.publishing import content_changed
from knowledge.sources import SearchText, Source
from knowledge.sources import register as register_source
from training.actions.courses import when_course_changes
from training.models import Course

KIND = "course"
CHUNK = 500


def register() -> None:
    register_source(Source(KIND, _("Utbildning"), _("Utbildningar"), texts, still_public))
    when_course_changes(enter)


def texts() -> Iterable[SearchText]:
    """Each public course, also one without a date: its page says when it is held."""
    return map(_text_of, Course.objects.public().order_by("pk").iterator(chunk_size=CHUNK))


def _text_of(course: Course) -> SearchText:
    told = "\n".join(filter(None, [*course.outcomes, course.programme, course.bring]))
    path = reverse("training:course", args=[course.slug])
    with translation.override("sv"):  # its only language
        also = f"{course.get_topic_display()} {course.get_kind_display()}"
    return SearchText(course.pk, "sv", course.title, path, course.created_at, course.lead, told, also)


def enter(course: Course) -> None:
    """The search finds the course by what it says now; one that is not public, no more."""
    if replace(KIND, [course.pk], [_text_of(course)] if course.is_public else []):
        content_changed()


def still_public(keys: Collection[int]) -> set[int]:
    """Those of the keys that everyone may read about at this moment."""
    return set(Course.objects.public().filter(pk__in=keys).values_list("pk", flat=True))
