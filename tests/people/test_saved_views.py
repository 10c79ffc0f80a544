"""Saved views: kept under a name, for oneself or for an office, and nobody else's business."""

import pytest
from django.urls import reverse

from people.actions.saved_views import (
    NameNeeded,
    NameTaken,
    NotWorkingThere,
    NotYours,
    TooLong,
    delete_view,
    kept_of,
    rename_view,
    save_view,
)
from people.models import SavedView
from tests.factories import NOW, make_request
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

LIST = "/admin/support/supportrequest/"
VIEWS = f"{LIST}vyer/"


def kept(by, name="Bråttom", **kwargs) -> SavedView:
    fields = {"model": "support.supportrequest", "query": "show=all&urgency=no", "office": None} | kwargs
    return save_view(name=name, by=by, now=NOW, **fields)


def test_a_view_is_saved_without_the_page_one_is_on(leader):
    view = kept(leader, "  Min   vy ", query="?p=3&urgency=no&show=all&e=1")

    assert (view.name, view.query, view.user, view.office) == ("Min vy", "show=all&urgency=no", leader, None)


@pytest.mark.parametrize(
    ("query", "what"),
    [("", ""), ("?", ""), ("q=%C3%A5", "q=%C3%A5"), ("q=a%00b", "q=a%00b"), ("o=1&o=2", "o=1&o=2"), ("x" * 50, "")],
)
def test_what_stands_in_the_address_is_kept_as_it_is(query, what):
    assert kept_of(query) == what


def test_a_view_needs_a_name_of_its_own(leader, colleague):
    kept(leader)

    with pytest.raises(NameTaken):
        kept(leader)
    with pytest.raises(NameNeeded):
        kept(leader, "   ")
    with pytest.raises(TooLong):
        kept(leader, "Lång", query=f"q={'a' * 2000}")
    kept(colleague)
    kept(leader, model="support.supportperiod")
    assert SavedView.objects.count() == 3


def test_a_view_is_shared_only_where_one_works(leader, office, other_office):
    assert kept(leader, office=office).office == office
    with pytest.raises(NotWorkingThere):
        kept(leader, "Annan", office=other_office)


def test_only_the_owner_renames(leader, office_manager, office):
    view = kept(leader, office=office)
    kept(leader, "Upptaget")

    assert rename_view(view, name="Nytt namn", by=leader).name == "Nytt namn"
    assert rename_view(view, name="Nytt namn", by=leader).name == "Nytt namn"
    for name, refusal in (("Upptaget", NameTaken), (" ", NameNeeded)):
        with pytest.raises(refusal):
            rename_view(view, name=name, by=leader)
    with pytest.raises(NotYours):
        rename_view(view, name="Mitt", by=office_manager)


def test_a_shared_view_is_deleted_by_its_owner_or_by_who_answers_for_the_office(
    leader, colleague, office_manager, other_office_leader, programme_manager, office
):
    mine, shared, third = kept(leader), kept(leader, "Delad", office=office), kept(leader, "Tredje", office=office)

    for someone in (colleague, other_office_leader):
        with pytest.raises(NotYours):
            delete_view(shared, by=someone)
    with pytest.raises(NotYours):
        delete_view(mine, by=office_manager)
    delete_view(shared, by=office_manager)
    delete_view(shared, by=office_manager)
    delete_view(third, by=programme_manager)
    delete_view(mine, by=leader)

    assert not SavedView.objects.exists()


def test_one_saves_the_view_one_sees_and_opens_it_again(as_leader, leader, office):
    make_request(office=office, urgency="no")
    page = as_leader.get(LIST, {"show": "all", "urgency": "no", "p": "1"})
    assert page.context["query_now"] == "show=all&urgency=no"

    saved = as_leader.post(VIEWS, {"name": "Inte bråttom", "office": "", "query": "show=all&urgency=no"})

    assert saved["Location"] == f"{LIST}?show=all&urgency=no"
    opened = as_leader.get(saved["Location"])
    assert 'href="?show=all&amp;urgency=no" aria-current="page"' in opened.content.decode()
    assert "Vyn ”Inte bråttom” är sparad." in text_of(opened)


def test_a_shared_view_is_seen_at_the_office_and_nowhere_else(client, leader, colleague, other_office_leader, office):
    kept(leader, "Bara min")
    kept(leader, "Allas", office=office)

    seen = {}
    for user in (leader, colleague, other_office_leader):
        client.force_login(user)
        views = client.get(LIST).context["saved_views"]
        seen[user.name] = [view.name for view, _is_here in views]

    assert seen == {"Maja Lind": ["Allas", "Bara min"], "Sam Ek": ["Allas"], "Kim Berg": []}


def test_the_choice_of_office_holds_only_ones_own(as_leader, office, other_office):
    choices = as_leader.get(LIST).context["view_form"].fields["office"].queryset

    assert list(choices) == [office]
    refused = as_leader.post(VIEWS, {"name": "Smyg", "office": other_office.pk, "query": ""})
    assert refused.status_code == 200
    assert not SavedView.objects.exists()


def test_a_taken_name_is_said_and_nothing_is_lost(as_leader, leader):
    kept(leader)

    answer = as_leader.post(VIEWS, {"name": "Bråttom", "office": "", "query": "show=late"})

    assert "Du har redan en vy med det namnet. Välj ett annat." in text_of(answer)
    assert 'value="show=late"' in answer.content.decode()


def test_views_are_renamed_and_deleted_on_their_page(as_leader, leader):
    view = kept(leader)

    as_leader.post(f"{VIEWS}{view.pk}/namn/", {"name": "Lugna"})
    renamed = as_leader.get(VIEWS)
    as_leader.post(f"{VIEWS}{view.pk}/bort/")
    gone = as_leader.get(VIEWS)

    assert "Lugna" in text_of(renamed)
    assert "Inga vyer är sparade." in text_of(gone)


def test_a_colleagues_shared_view_is_not_mine_to_change(as_leader, colleague, office):
    view = kept(colleague, office=office)

    assert "Byt namn" not in text_of(as_leader.get(VIEWS))
    as_leader.post(f"{VIEWS}{view.pk}/namn/", {"name": "Kapad"})
    said = as_leader.post(f"{VIEWS}{view.pk}/bort/", follow=True)

    assert "Vyn är någon annans. Spara en egen i stället." in text_of(said)
    assert SavedView.objects.get().name == "Bråttom"


def test_a_foreign_view_does_not_exist(client, other_office_leader, leader, office):
    view = kept(leader, office=office)
    client.force_login(other_office_leader)

    answers = [client.get(f"{VIEWS}{view.pk}/namn/"), client.post(f"{VIEWS}{view.pk}/namn/", {"name": "Kapad"})]
    answers.append(client.post(f"{VIEWS}{view.pk}/bort/"))

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert SavedView.objects.get().name == "Bråttom"


def test_a_view_of_another_list_is_not_found_here(as_leader, leader):
    view = kept(leader, model="groups.group")

    assert as_leader.get(f"{VIEWS}{view.pk}/namn/").status_code == 404


def test_a_view_that_no_longer_fits_opens_without_error(as_leader, leader, office):
    make_request(office=office)
    view = kept(leader, query="gone=1&show=gone&urgency=gone&leader=99999&office=abc&o=77.-x&status__exact=draft")

    answer = as_leader.get(f"{LIST}?{view.query}")

    assert answer.status_code == 200
    assert len(answer.context["cl"].result_list) == 1


def test_deleting_asks_for_a_post(as_leader, leader):
    view = kept(leader)

    assert as_leader.get(f"{VIEWS}{view.pk}/bort/").status_code == 405
    assert SavedView.objects.exists()


def test_views_are_for_those_who_see_the_list(client, editor, outsider):
    assert client.get(VIEWS)["Location"].startswith(reverse("admin:login"))
    for user in (editor, outsider):
        client.force_login(user)
        assert client.get(VIEWS).status_code in {302, 403}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_views_costs_the_same(as_leader, leader, office, rows, django_assert_num_queries):
    for number in range(rows):
        kept(leader, f"Vy {number}", office=office)

    with django_assert_num_queries(4):
        as_leader.get(VIEWS)


@pytest.mark.parametrize("nasty", ["\x00", "a" * 5000, "<script>", "\u202e"])
def test_nasty_names_and_queries_are_answered_in_words(as_leader, nasty):
    saved = as_leader.post(VIEWS, {"name": nasty, "office": "", "query": nasty})
    searched = as_leader.get(LIST, {"q": nasty, "show": nasty, "leader": nasty, "p": nasty, "o": nasty})

    assert saved.status_code in {200, 302, 400}
    assert searched.status_code in {200, 400}
