"""Private links: how they are opened, issued anew and closed."""

from datetime import timedelta
from itertools import chain, repeat

import pytest

from people.actions.links import (
    LinkRevoked,
    NoFreeCode,
    ask_for_code,
    close_code,
    free_codes,
    keep_code,
    open_link,
    reissue,
    revoke,
)
from people.actions.way_in import LinkGone, WrongTry, enter_by_token, enter_by_words
from people.codes import normalise_code, normalise_words
from people.enums import LinkPurpose
from people.links import new_token, without_links
from people.models import LinkToken, PrivateLink
from support.models import SupportPeriod, SupportRequest
from tests.factories import NOW, make_group, make_link, make_member, make_period, make_request

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


def opened(**draw):
    support_request = make_request()
    return open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW, **draw)


def test_a_new_link_tells_its_token_code_and_words_once_and_keeps_only_hashes():
    told = opened()

    kept = PrivateLink.objects.values().get(pk=told.link.pk)
    token = LinkToken.objects.values().get(link=told.link)
    everything = f"{kept} {token}"
    assert told.code == kept["code"] == normalise_code(told.code)
    assert normalise_words(told.words) == told.words
    assert told.words not in everything
    assert told.token not in everything


def test_token_and_code_with_words_both_open_the_same_link():
    told = opened()

    assert enter_by_token(told.token, now=NOW) == told.link
    assert enter_by_words(told.code, told.words, now=NOW) == told.link
    assert PrivateLink.objects.get().opened_at == NOW


def test_a_taken_code_is_drawn_again():
    make_link(code="TALL 4827")
    draws = chain(["TALL 4827", "TALL 4827", "EK 2345"], repeat("EK 9999"))

    assert opened(draw=lambda: next(draws)).code == "EK 2345"


def test_when_every_code_is_taken_it_is_said_and_nothing_is_kept():
    make_link(code="TALL 4827")

    with pytest.raises(NoFreeCode):
        opened(draw=lambda: "TALL 4827")

    assert PrivateLink.objects.count() == 1


def test_a_reissued_link_keeps_its_code_and_ends_everything_that_opened_it_before():
    before = opened()

    after = reissue(before.link, now=NOW)

    assert after.code == before.code
    assert enter_by_token(after.token, now=NOW) == before.link
    assert enter_by_words(after.code, after.words, now=NOW) == before.link
    with pytest.raises(LinkGone):
        enter_by_token(before.token, now=NOW)
    with pytest.raises(WrongTry):
        enter_by_words(before.code, before.words, now=NOW)


def test_a_revoked_link_opens_in_no_way_and_is_not_issued_anew():
    told = opened()

    revoke(told.link, now=NOW)

    with pytest.raises(LinkGone):
        enter_by_token(told.token, now=NOW)
    with pytest.raises(WrongTry):
        enter_by_words(told.code, told.words, now=NOW)
    with pytest.raises(LinkRevoked):
        reissue(told.link, now=NOW)


def test_revoking_twice_changes_nothing():
    told = opened()
    revoke(told.link, now=NOW)

    revoke(told.link, now=NOW + timedelta(days=1))

    assert PrivateLink.objects.get().revoked_at == NOW


def test_a_closed_code_opens_for_a_year_and_is_then_free_for_others():
    told = opened()
    close_code(told.link, now=NOW)

    assert free_codes(NOW + YEAR - timedelta(seconds=1)) == 0
    assert enter_by_words(told.code, told.words, now=NOW) == told.link
    assert free_codes(NOW + YEAR) == 1
    assert free_codes(NOW + YEAR) == 0

    assert opened(draw=lambda: told.code).code == told.code
    assert enter_by_token(told.token, now=NOW) == told.link
    with pytest.raises(WrongTry):
        enter_by_words(told.code, told.words, now=NOW)


def test_a_code_kept_after_all_is_never_freed():
    told = opened()
    close_code(told.link, now=NOW)

    keep_code(told.link)

    assert free_codes(NOW + 2 * YEAR) == 0


def test_a_freed_link_that_asks_for_its_code_ends():
    told = opened()
    ask_for_code(told.link, asks=True)
    close_code(told.link, now=NOW)

    free_codes(NOW + YEAR)

    with pytest.raises(LinkGone):
        enter_by_token(told.token, now=NOW)


def test_of_several_links_to_the_same_the_newest_code_is_told(django_assert_num_queries):
    first, second, without = make_request(), make_request(), make_request()
    for about, code in ((first, "TALL 4827"), (second, "GRAN 2345"), (first, "BJÖRK 9876"), (first, "")):
        make_link(about=about, code=code)
    make_link(about=make_member(), about_id=without.pk, code="LIND 3456")  # another kind of row with the same number
    rows = SupportRequest.objects.order_by("pk")

    with django_assert_num_queries(1):
        codes = PrivateLink.objects.codes_of(SupportRequest, [first.pk, second.pk, without.pk])

    assert codes == {first.pk: "BJÖRK 9876", second.pk: "GRAN 2345"}
    assert [row.code for row in rows.with_codes()] == ["BJÖRK 9876", "GRAN 2345", None]


def test_a_period_is_told_by_the_newest_code_of_its_groups_requests(office, leader):
    group = make_group(office=office)
    period, other = make_period(group=group, office=office, leader=leader), make_period(office=office, leader=leader)
    for code in ("TALL 4827", "GRAN 2345"):
        make_link(about=make_request(group=group), code=code)

    codes = dict(SupportPeriod.objects.with_codes().values_list("pk", "code"))

    assert codes == {period.pk: "GRAN 2345", other.pk: None}


def test_what_others_read_holds_nothing_that_opens_a_page():
    token = new_token(make_link(), now=NOW)
    text = "Avanmäl dig här:\nhttps://portal.example/min-sida/{}/anmalan/avanmal/\nSidan /min-sida/anmalan/utvardering/"

    assert without_links(text.format(token)) == text.format("•••")
