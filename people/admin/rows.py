"""The rows of a list as HTML. Django's own template tag asks the same of each cell that we ask once for each column."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field, quote
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

CHECKBOX = "action_checkbox"
BOX, BOX_END = mark_safe('<td class="action-checkbox">'), mark_safe("</td>")
Cell = Callable[[Any], tuple[SafeString, Any, SafeString]]
"""What stands before, in and after the cell of a row."""


def rows_as_html(changelist: Any) -> Iterator[SafeString]:
    """Each row of the page with its cells. On a narrow screen the name of the column stands before what it holds."""
    if not changelist.result_list:
        return
    cells = [_cell(changelist, name) for name in changelist.list_display]
    for row in changelist.result_list:
        yield format_html_join("", "{}{}{}", (cell(row) for cell in cells))


def _cell(changelist: Any, name: Any) -> Cell:
    """How a column is written."""
    page = changelist.model_admin
    if name == CHECKBOX:
        return lambda row: (BOX, page.action_checkbox(row), BOX_END)
    links = changelist.list_display_links or ()
    tag = "th" if name in links[:1] else "td"
    begin = format_html(
        '<{} class="field-{}{}" data-label="{}">',
        tag,
        getattr(name, "__name__", name),
        " nowrap" if name in _short_fields(changelist) else "",
        capfirst(str(label_for_field(name, changelist.model, page))),
    )
    if name not in links:
        end = format_html("</{}>", tag)
        return lambda row: (begin, _shown(page, row, name), end)
    link, end_of_link = _link(changelist), format_html("</a></{}>", tag)
    return lambda row: (begin + link(row), _shown(page, row, name), end_of_link)


def _short_fields(changelist: Any) -> set[str]:
    """Times, and other rows: they stand on one line, as in Django's own lists."""
    short = (models.DateField, models.TimeField, models.ForeignKey)
    return {field.name for field in changelist.opts.concrete_fields if isinstance(field, short)}


def _shown(page: Any, row: Any, name: Any) -> Any:
    """What a row has in a column, as Django shows it."""
    empty = page.get_empty_value_display()
    try:
        field, about, value = lookup_field(name, row, page)
    except ObjectDoesNotExist:
        return empty
    empty = getattr(about, "empty_value_display", empty)
    if field is None:
        return display_for_value(value, empty, getattr(about, "boolean", False))
    if field.many_to_one:
        return empty if (other := getattr(row, field.name)) is None else other
    return display_for_field(value, field, empty)


def _link(changelist: Any) -> Callable[[Any], SafeString]:
    """Where a row is opened, and what its page must know to find its way back to just this list. Asked once."""
    context = {"preserved_filters": changelist.preserved_filters, "opts": changelist.opts}
    first = changelist.result_list[0]
    address = changelist.url_for_result(first)
    kept = urlsplit(add_preserved_filters(context, address, popup=changelist.is_popup)).query
    before, _pk, after = address.rpartition(f"/{quote(first.pk)}/")
    after += f"?{kept}" if kept else ""
    opener = ' data-popup-opener="{}"' if changelist.is_popup else ""
    written = f'<a href="{{}}/{{}}/{{}}"{opener}>'
    return lambda row: format_html(written, before, quote(row.pk), after, *([row.pk] if opener else []))
