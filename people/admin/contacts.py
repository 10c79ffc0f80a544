"""Contacts: how each person may safely be reached, changed through commands and shown with care."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.actions import contacts as actions
from people.admin.base import OfficeScopedAdmin
from people.admin.commands import Command, Refusals
from people.admin.filters import YesNoPick, pick
from people.admin.shown_once import ShowOnce, ShowsOnceMixin
from people.enums import Channel, SpokenLanguage
from people.forms import ContactWayForm, ReasonForm, StaffContactWayForm
from people.models import Contact, User

REFUSALS: Refusals = {
    actions.ContactErased: _("Personens uppgifter är borttagna."),
    actions.NoSuchAddress: _("Kontaktsättet behöver ett nummer eller en adress som fungerar."),
    actions.ReasonNeeded: _("Skriv varför."),
}


class ContactCommand(Command[Contact]):
    refusals = REFUSALS

    def is_possible(self, row: Contact) -> bool:
        return row.erased_at is None

    def context(self, row: Contact, user: User) -> dict[str, Any]:
        return {"contact": row}


class Reveal(ShowOnce):
    """The address of a protected person, to someone who says why."""

    name = "reveal"
    label = _("Visa adressen")
    intro = _("Vi antecknar att du tittade, när och varför.")
    form_class = ReasonForm
    refusals = REFUSALS
    page = "admin/people/contact/revealed.html"

    def is_possible(self, row: Contact) -> bool:
        return row.protected and row.erased_at is None

    def context(self, row: Contact, user: User) -> dict[str, Any]:
        return {"contact": row}

    def show(self, row: Contact, answers: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
        actions.reveal_contact(row, by=by, reason=answers["reason"], now=now)
        return {"contact": row}


class ChangeWay(ContactCommand):
    name = "way"
    label = _("Byt kontaktsätt")
    intro = _("Ändra bara när personen själv har bett om det. Länkar som gått till den gamla adressen slutar gälla.")
    done = _("Kontaktsättet är bytt.")
    form_class = StaffContactWayForm

    def run(self, row: Contact, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.choose_contact_way(row, **ContactWayForm.as_contact_way(answers), now=now)


class StillSafe(ContactCommand):
    name = "safe"
    label = _("Kontaktsättet är fortfarande tryggt")
    done = _("Antecknat. Vi frågar igen om tre månader.")

    def run(self, row: Contact, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.recheck_contact(row, still_safe=True, now=now)


class NotSafe(ContactCommand):
    name = "unsafe"
    label = _("Inte tryggt längre")
    intro = _("Vi slutar skicka till personen direkt, tills ett nytt sätt är valt.")
    done = _("Vi skickar inget mer till personen förrän ett nytt sätt är valt.")

    def run(self, row: Contact, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.recheck_contact(row, still_safe=False, now=now)


class Protect(ContactCommand):
    name = "protect"
    label = _("Skydda identiteten")
    intro = _("Nummer och adress göms för alla. Den som behöver dem säger varför.")
    done = _("Nummer och adress är gömda.")
    form_class = ReasonForm

    def is_possible(self, row: Contact) -> bool:
        return super().is_possible(row) and not row.protected

    def run(self, row: Contact, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.protect_contact(row, is_protected=True, by=by, reason=answers["reason"], now=now)


class Unprotect(ContactCommand):
    name = "unprotect"
    label = _("Ta bort skyddet")
    intro = _("Nummer och adress syns igen för alla som arbetar med ärendet.")
    done = _("Skyddet är borta.")
    form_class = ReasonForm

    def is_possible(self, row: Contact) -> bool:
        return super().is_possible(row) and row.protected

    def run(self, row: Contact, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.protect_contact(row, is_protected=False, by=by, reason=answers["reason"], now=now)


class ContactForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Språk"),
        choices=lambda: [(one, one.plain_name) for one in SpokenLanguage],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ProtectedPick(YesNoPick):
    title = _("Skyddad identitet")
    parameter_name = "protected"
    column = "protected"


@admin.register(Contact)
class ContactAdmin(ShowsOnceMixin, OfficeScopedAdmin):
    form = ContactForm
    actions = None
    counts_rows = False
    list_display = ("who", "channel", "address", "shield", "rechecked_on", "suppressed_because")
    list_filter = (pick(_("Tryggt kontaktsätt"), "channel", Channel), ProtectedPick)
    search_fields = ("called",)
    search_help_text = _("Sök på vad personen kallas, eller på hela numret eller e-postadressen.")
    ordering = ("called", "pk")
    change_form_template = "admin/people/contact/change_form.html"
    fields = (
        "called",
        "languages",
        "other_language",
        "wants_interpreter",
        "reads",
        "discreet",
        "rechecked_on",
        "suppressed_because",
        "created_at",
    )
    readonly_fields = ("rechecked_on", "suppressed_because", "created_at")
    commands = (Reveal(), ChangeWay(), StillSafe(), NotSafe(), Protect(), Unprotect())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A contact is made together with what it is the contact of."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.erased_at is None)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only what was edited here: the contact way may have been changed by the person meanwhile."""
        obj.save(update_fields=form.changed_data)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Addresses lie encrypted: only a whole one is found, and a protected one never."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        shown: Any = queryset.filter(protected=False)
        if "@" in search_term:
            return found | shown.with_email(search_term), has_duplicates
        if any(sign.isdigit() for sign in search_term):
            return found | shown.with_phone(search_term), has_duplicates
        return found, has_duplicates

    @admin.display(description=_("kallas"), ordering="called")
    def who(self, row: Contact) -> str:
        return str(row)

    @admin.display(description=_("nummer eller adress"))
    def address(self, row: Contact) -> str:
        return "•••" if row.protected else row.readable_address or "–"

    @admin.display(description=_("skydd"), ordering="protected")
    def shield(self, row: Contact) -> str:
        return str(_("Skyddad identitet")) if row.protected else ""
