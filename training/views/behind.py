"""The registration behind the private link that this browser has opened."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from people.enums import LinkPurpose
from people.models import PrivateLink
from people.private_access import current_link, way_in_url
from training.models import Registration

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Registration, P], HttpResponse]


def registration_behind(link: PrivateLink) -> Registration | None:
    """With its session, course, office and contact; None for links to something else."""
    if link.about_model != Registration._meta.label_lower:
        return None
    rows = Registration.objects.select_related("session__course", "session__office", "contact")
    return rows.filter(pk=link.about_id, contact__erased_at__isnull=True).first()


def needs_registration(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Gives a view the registration after the request. Whoever has opened none is asked for code and words."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = current_link(request, LinkPurpose.TRAINING)
        registration = registration_behind(link) if link else None
        if registration is None:
            return HttpResponseRedirect(way_in_url(request))
        return view(request, registration, *args, **kwargs)

    return wrapped
