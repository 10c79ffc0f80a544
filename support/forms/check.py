"""The last page before a request is sent."""

from django.utils.translation import gettext_lazy as _

from people.form_guards import GuardMixin
from people.form_pack import PortalForm


class SendForm(GuardMixin, PortalForm):
    """Skicka till oss: nothing to fill in, only the quiet guards."""

    submit_label = _("Skicka till oss")
    more_buttons = (("spara", _("Spara och fortsätt senare")),)
