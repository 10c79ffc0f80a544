"""Quiet guards for public forms: sending twice is sending once, and programs are told from people unasked."""

import uuid

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm

FASTEST_SECONDS = 3
"""A form sent back sooner than this was not read by a person."""

_SALT = "people.form_guards"

NOT_WRITTEN = frozenset({"once_key", "website", "opened"})
"""What stands in a form without anyone having written it."""


class OnceKeyMixin(PortalForm):
    """A key made when the form is shown. The row that is written carries it, unique: sending twice is sending once.

    What was written is part of the key: an old page, edited and sent again, is something new and is not lost.
    """

    once_key = forms.CharField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def clean_once_key(self) -> uuid.UUID:
        """From the key of the page that was sent; a fresh one, also on the page shown next, where it was broken."""
        try:
            key = uuid.UUID(self.cleaned_data["once_key"])
        except ValueError:
            key = uuid.uuid4()
            self.replace_answer("once_key", str(key))
        written = [(name, self[name].data) for name in self.fields if name not in NOT_WRITTEN]
        return uuid.uuid5(key, repr(written))


class TrapField(forms.CharField):
    """A field that no person sees or reaches; what stands in it was written by a program."""

    is_trap = True


def _opened_now() -> str:
    return signing.dumps("opened", salt=_SALT)


class GuardMixin(PortalForm):
    """Tells people from programs without asking anything of people: a field no one sees, and the time it took.

    Neither is ever an error. The view asks `looks_automated` and shows the page once more, with everything still in it.
    """

    website = TrapField(
        label=_("Fyll inte i det här fältet"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, initial=_opened_now, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Notes that the trap was filled and empties it: a browser that fills in everything is not caught twice."""
        self.trap_was_filled = bool(self.cleaned_data["website"])
        self.replace_answer("website", "")
        return ""

    def clean_opened(self) -> str:
        """Notes whether the form came back sooner than it can be read, or without the signed moment it was shown."""
        self.was_too_fast = True
        try:
            signing.loads(self.cleaned_data["opened"], salt=_SALT, max_age=FASTEST_SECONDS)
        except signing.SignatureExpired:
            self.was_too_fast = False
        except signing.BadSignature:
            self.replace_answer("opened", _opened_now())
        return ""

    def looks_automated(self) -> bool:
        """Asked after the form was validated."""
        return self.trap_was_filled or self.was_too_fast
