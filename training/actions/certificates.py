"""Whoever came to a session writes the names that certificates are made out in, and takes back what became wrong."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from training.certificates.codes import new_check_code
from training.enums import RegistrationState
from training.models import Certificate, Registration


class NotAttended(Exception):
    """We have not noted that they came, or it is not over."""


class AllMadeOut(Exception):
    """There is one certificate already for each who came; one must be taken back first."""


@transaction.atomic
def make_out(registration: Registration, *, name: str, now: datetime) -> Certificate:
    """A certificate in that name, with a check code of its own. The same name again is the same certificate.

    At most as many as those who came. Raises NotAttended, AllMadeOut.
    """
    registration = _locked(registration)
    if registration.state != RegistrationState.ATTENDED or not registration.session.is_over(now):
        raise NotAttended
    name = " ".join(name.split())
    there = list(registration.certificates.order_by("pk"))
    for certificate in there:
        if certificate.name.casefold() == name.casefold():
            return certificate
    if len(there) >= (registration.came or 0):
        raise AllMadeOut
    return Certificate.objects.create(registration=registration, name=name, check_code=free_check_code(), issued_at=now)


def free_check_code(draw: Callable[[], str] = new_check_code) -> str:
    """One that no certificate has. Two that drew the same in the same moment: the unique column stops the later one."""
    while Certificate.objects.filter(check_code=(code := draw())).exists():
        continue
    return code


@transaction.atomic
def take_back(registration: Registration, *, pk: int) -> bool:
    """The certificate holds no more: its code is unknown from now on. False when it was taken back already."""
    return bool(_locked(registration).certificates.filter(pk=pk).delete()[0])


def _locked(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("session")
    return rows.get(pk=registration.pk)
