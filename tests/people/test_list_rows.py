"""Rows of a list: each leads to its page and back to just this list, and nothing that someone wrote is markup."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import resolve

from groups.models import DutyBearer, Group
from people.admin.rows import rows_as_html
from tests.factories import TODAY, make_group

pytestmark = pytest.mark.django_db


def rows_of(model, address, user):
    page = admin.site.get_model_admin(model)
    request = RequestFactory().get(address)
    request.user, request.resolver_match = user, resolve(urlsplit(address).path)
    return list(rows_as_html(page.get_changelist_instance(request)))


def test_each_cell_carries_the_name_of_its_column(office_manager, office):
    make_group(office=office, alias="Ljus")

    (row,) = rows_of(Group, "/admin/groups/group/", office_manager)

    cells = re.findall(r'<(t[dh]) class="field-(\w+)[^"]*" data-label="([^"]+)">', row)
    assert cells[0][:2] == ("th", "alias")
    assert {tag for tag, _name, _label in cells[1:]} == {"td"}
    assert all(label[0].isupper() for _tag, _name, label in cells)


def test_a_row_knows_the_way_back_to_the_list_it_stands_in(office_manager, office):
    group = make_group(office=office, alias="Ljus")

    (row,) = rows_of(Group, "/admin/groups/group/?q=ljus&o=1", office_manager)

    (address,) = re.findall(r'<a href="([^"]+)">Ljus</a>', row)
    where = urlsplit(address.replace("&amp;", "&"))
    assert where.path == f"/admin/groups/group/{group.pk}/change/"
    assert parse_qs(parse_qs(where.query)["_changelist_filters"][0]) == {"q": ["ljus"], "o": ["1"]}


def test_what_someone_wrote_is_text(office_manager, office):
    make_group(office=office, alias="<script>alert(1)</script>")

    (row,) = rows_of(Group, "/admin/groups/group/", office_manager)

    assert "<script>" not in row
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in row


def test_in_a_window_of_its_own_a_row_is_chosen_by_its_key(office_manager):
    one = DutyBearer.objects.create(name="Almköpings kommun", kind="company", checked_on=TODAY)

    rows = rows_of(DutyBearer, "/admin/groups/dutybearer/?_popup=1&q=almk", office_manager)

    assert [re.findall(r'data-popup-opener="(\d+)"', row) for row in rows] == [[str(one.pk)]]


def test_a_list_without_rows_has_none(office_manager):
    assert rows_of(Group, "/admin/groups/group/", office_manager) == []
