"""Questions from groups: answered from the page of the case they stand in."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from people.models import User
from support.actions import handling
from support.admin.base import PartAdmin, SupportCommand
from support.enums import LogKind
from support.forms.staff import AnswerForm
from support.models import LogEntry, SupportPeriod, SupportRequest


class AnswerQuestion(SupportCommand):
    name = "answer"
    label = gettext_lazy("Svara på fråga")
    done = gettext_lazy("Svaret ligger på gruppens sida, och de får veta det.")
    form_class = AnswerForm
    template = "admin/support/logentry/answer.html"

    def is_possible(self, row: LogEntry) -> bool:
        return row.kind == LogKind.QUESTION and row.answered_by is None

    def run(self, row: LogEntry, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        handling.answer_question(row, text=answers["text"], by=by, now=now)

    def comes_back_to(self, row: LogEntry) -> SupportPeriod | SupportRequest:
        case = row.period or row.support_request
        assert case is not None  # `log_entry_about_request_or_period`
        return case


@admin.register(LogEntry)
class LogEntryAdmin(PartAdmin):
    commands = (AnswerQuestion(),)
    list_select_related = ("support_request", "period")
