"""Municipalities, and those responsible, in the admin."""

import re

import pytest
from django.urls import reverse

from groups.enums import DutyBearerKind
from groups.models import DutyBearer, Municipality
from tests.factories import (
    make_duty_bearer,
    make_municipality,
)
from tests.people.admin_pages import seen_on
from tests.support.admin_pages import changelist, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_an_office_is_given_its_municipalities_by_the_programme(client, programme_manager, office):
    client.force_login(programme_manager)
    municipality = make_municipality(name="Ängelhaga")

    answers = {"office": office.pk, "name": "Ett annat namn"}
    client.post(page(municipality), answers | seen_on(client, page(municipality)))

    municipality.refresh_from_db()
    assert (municipality.office, municipality.name) == (office, "Ängelhaga")
    assert client.get(reverse("admin:groups_municipality_add")).status_code == 403


def test_municipalities_stand_in_swedish_order_and_are_found(as_editor):
    for name in ("Ödhaga", "Ährhaga", "Åhaga", "Zhaga", "Ahaga"):
        make_municipality(name=name)

    response = as_editor.get(changelist(Municipality), {"q": "haga"})

    names = re.findall(r'field-name"[^>]*><a[^>]*>(.*?)</a>', response.content.decode())
    ours = [name for name in names if name in {"Ödhaga", "Ährhaga", "Åhaga", "Zhaga", "Ahaga"}]
    assert ours == ["Ahaga", "Zhaga", "Åhaga", "Ährhaga", "Ödhaga"]


def test_those_responsible_are_filtered_by_kind_and_searched(as_editor):
    make_duty_bearer(name="Skolan i Ängen", kind=DutyBearerKind.SCHOOL)
    make_duty_bearer(name="Hyresvärden i Ängen", kind=DutyBearerKind.LANDLORD)

    by_kind = text_of(as_editor.get(changelist(DutyBearer), {"kind": "landlord"}))
    by_name = text_of(as_editor.get(changelist(DutyBearer), {"q": "Skolan i"}))

    assert "Hyresvärden i Ängen" in by_kind
    assert "Skolan i Ängen" not in by_kind
    assert "Skolan i Ängen" in by_name
