"""The kinds of messages that the people app sends."""

from datetime import datetime

from django.utils.translation import gettext as _

from people.enums import MessageClass
from people.kinds import MessageKind
from people.kinds import register as register_kinds
from people.models import PrivateLink

ONE_TIME_CODE = "people.one_time_code"
SIGN_IN_CODE = "people.sign_in_code"
RESET_LINK = "people.password_reset"
EMAIL_CONFIRMATION = "people.email_confirmation"
SECURITY_NOTICE = "people.security_notice"
UNKNOWN_KIND = "people.unknown_kind"
REMINDERS_STOPPED = "people.reminders_stopped"


def _one_time_code_is_wanted(about_id: int, now: datetime) -> str | None:
    if PrivateLink.objects.usable().filter(pk=about_id, one_time_until__gt=now).exists():
        return None
    return _("Koden har redan använts eller slutat gälla.")


def register() -> None:
    register_kinds(
        MessageKind(ONE_TIME_CODE, MessageClass.ANSWER, still_wanted=_one_time_code_is_wanted, is_secret=True),
        MessageKind(SIGN_IN_CODE, MessageClass.ANSWER, is_secret=True),
        MessageKind(RESET_LINK, MessageClass.ANSWER, is_secret=True),
        MessageKind(EMAIL_CONFIRMATION, MessageClass.ANSWER, is_secret=True),
        MessageKind(SECURITY_NOTICE, MessageClass.ANSWER),
        MessageKind(UNKNOWN_KIND, MessageClass.STAFF),
        MessageKind(REMINDERS_STOPPED, MessageClass.STAFF),
    )
