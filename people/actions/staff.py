"""Accounts of those who sign in: made, moved to another e-mail address, and let in again after a lost telephone."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from people.models import AccessLog, User

SECOND_STEP_REMOVED = "remove_second_step"


def make_account(account: User) -> User:
    """Saves a new account. It needs no password: sign-in is by a code to its e-mail address."""
    account.email = account.email.lower()
    account.set_unusable_password()
    account.save()
    return account


@transaction.atomic
def change_email(account: User, *, email: str) -> User:
    """Moves the account to another address. The old one signs nobody in any more."""
    account.email = email.lower()
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).exclude(email=account.email).delete()
    return account


@transaction.atomic
def remove_second_step(account: User, *, by: User, now: datetime) -> int:
    """Lets someone who lost their telephone or key set up a new second step at the next sign-in.

    Returns how many were removed; written down, since it makes the account easier to enter until then.
    """
    removed = Authenticator.objects.filter(user=account).delete()[0]
    if removed:
        AccessLog.objects.create(
            user=by, what=SECOND_STEP_REMOVED, about_model=account._meta.label_lower, about_id=account.pk, at=now
        )
    return removed


@transaction.atomic
def set_morning_mail(account: User, *, is_wanted: bool) -> User:
    """Whether someone wants a line on working mornings about what waits. The same again changes nothing."""
    account.wants_morning_mail = is_wanted
    account.save(update_fields=["wants_morning_mail"])
    return account
