"""Groups and who is in them."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from groups.actions import approvals, groups, people, roles
from groups.admin.base import GroupsCommand, GroupsCreation, ReadAndCommandAdmin, offices_of
from groups.admin.filters import GROUP_PICKS
from groups.admin.forms import AliasForm, ApprovalForm, MemberForm, NewGroupForm, RoleForm
from groups.emails import link_of
from groups.enums import ApprovalKind, EnablerRole, MemberRole
from groups.finding import find_groups
from groups.models import Enabler, Group, Member
from people.admin.base import OfficeScopedAdmin
from people.admin.bulk import BulkMixin, Fetch
from people.admin.commands import CommandsMixin, page_of
from people.admin.filters import pick
from people.enums import Channel
from people.form_pack import PortalForm
from people.models import PrivateLink, User


class Rename(GroupsCommand):
    name = "rename"
    label = _("Byt alias")
    done = _("Gruppen har ett nytt alias.")
    form_class = AliasForm

    def initial(self, row: Group, user: User) -> dict[str, Any]:
        return {"alias": row.alias}

    def run(self, row: Group, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        groups.rename_group(row, alias=answers["alias"])


class AddMember(GroupsCommand):
    name = "add-member"
    label = _("Lägg till medlem")
    done = _("Personen är med i gruppen nu.")
    intro = _("Fråga personen själv, och skriv det den säger. Inget annat kontaktsätt används.")
    form_class = MemberForm

    def run(self, row: Group, answers: dict[str, Any], *, by: User, now: datetime) -> PrivateLink | None:
        """Leads to their link: there it is issued, and its code and words read out while the person is on the phone."""
        member = people.add_person(
            row, called=answers["called"], way=answers["way"], role=MemberRole(answers["role"]), now=now
        )
        return link_of(member.contact)


class AskApproval(GroupsCommand):
    name = "ask"
    label = _("Fråga gruppen om ett ja")
    done = _("Gruppen är tillfrågad. Svaret syns under Godkännanden.")
    form_class = ApprovalForm

    def run(self, row: Group, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        approvals.ask_approval(
            row, kind=ApprovalKind(answers["kind"]), title=answers["title"], text=answers["text"], now=now
        )


class AgreeRole(GroupsCommand):
    name = "agree-role"
    label = _("Skriv in en möjliggörare")
    done = _("Överenskommelsen är sparad. Gruppen kan avsluta den när den vill.")
    form_class = RoleForm

    def make_form(self, row: Group, user: User, data: Any = None) -> PortalForm:
        enablers = Enabler.objects.visible_to(user).filter(is_active=True).select_related("contact")
        return RoleForm(data, enablers=enablers)

    def run(self, row: Group, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        roles.agree_role(
            row,
            enabler=answers["enabler"],
            role=EnablerRole(answers["role"]),
            task=answers["task"],
            review_on=answers["review_on"],
            employer_is_duty_bearer=answers["employer_is_duty_bearer"],
            now=now,
        )


class Leave(GroupsCommand):
    name = "leave"
    label = _("Har lämnat gruppen")
    done = _("Personen är inte med i gruppen längre.")
    intro = _("Personen får inga fler meddelanden om gruppen.")

    def is_possible(self, row: Member) -> bool:
        return row.left_at is None

    def run(self, row: Member, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        groups.leave_group(row, now=now)

    def comes_back_to(self, row: Member) -> Group:
        return row.group


class NewGroup(GroupsCreation):
    label = _("Ny grupp")
    done = _("Gruppen finns nu. Lägg till den första medlemmen.")

    def make_form(self, user: User, data: Any = None) -> PortalForm:
        return NewGroupForm(data, offices=offices_of(user))

    def run(self, answers: dict[str, Any], *, by: User, now: datetime) -> Group:
        return groups.create_group(alias=answers["alias"], office=answers["office"], now=now)


class MemberInline(admin.StackedInline):
    """Who is in the group; changed by commands, as a person is never edited away by mistake."""

    model = Member
    extra = max_num = 0
    can_delete = False
    show_change_link = True
    fields = ("role", "safe_contact", "joined_at", "left_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        return super().get_queryset(request).select_related("contact")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("trygg kontakt"))
    def safe_contact(self, row: Member) -> str:
        return row.contact.safe_sentence


@admin.register(Group)
class GroupAdmin(BulkMixin, CommandsMixin, OfficeScopedAdmin):
    nothing_yet = _("Inga grupper än. En grupp blir till när någon säger ja till en förfrågan.")
    bulk = (Fetch(),)
    creation = NewGroup()
    change_form_template = "admin/groups/group/change_form.html"
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fields = (
        "alias",
        "office",
        "municipality",
        "area",
        "size_band",
        "in_common",
        "topics",
        "visibility",
        "offers",
        "needs",
    )
    readonly_fields = ("alias", "office")
    inlines = (MemberInline,)
    actions = None
    actions_on_top = True
    list_display = ("alias", "office", "municipality", "area", "size_band", "visibility")
    list_filter = GROUP_PICKS
    list_select_related = ("office", "municipality")
    search_fields = ("alias", "area", "municipality__name")
    search_help_text = _("Sök på alias, område, kommun eller kod. Början av ett ord räcker.")
    office_path = "office"
    ordering = ("sort_key", "pk")
    commands = (AddMember(), AskApproval(), AgreeRole(), Rename())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return find_groups(queryset, search_term), False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # Django calls it by keyword
        if group := kwargs.get("obj"):
            context["contacts"] = [one.contact for one in group.members.contact_persons().select_related("contact")]
        return super().render_change_form(request, context, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Member)
class MemberAdmin(ReadAndCommandAdmin):
    list_display = ("called", "group", "role", "way", "joined_at", "left_at")
    list_filter = (pick(_("Roll"), "role", MemberRole),)
    office_path = "group__office"
    list_select_related = ("contact", "group")
    search_fields = ("contact__called", "group__alias")
    search_help_text = _("Sök på namn eller grupp.")
    fields = ("group_link", "role", "safe_contact", "joined_at", "left_at")
    commands = (Leave(),)

    @admin.display(description=_("kallas"), ordering="contact__called")
    def called(self, row: Member) -> str:
        return str(row.contact)

    @admin.display(description=_("trygg kontakt"))
    def way(self, row: Member) -> str:
        return str(Channel(row.contact.channel).label)

    @admin.display(description=_("grupp"))
    def group_link(self, row: Member) -> SafeString:
        return format_html('<a href="{}">{}</a>', page_of(row.group), row.group)

    @admin.display(description=_("trygg kontakt"))
    def safe_contact(self, row: Member) -> str:
        return row.contact.safe_sentence
