"""Where a web process keeps its public pages: so many, so long, and never past a change."""

from knowledge.caching import Kept, Shelf


def test_what_was_made_before_a_change_is_not_shown_after_it() -> None:
    """One visitor's page takes long to make; meanwhile a text is withdrawn, and another visitor comes."""
    shelf = Shelf(10)
    old = Kept(b"old", {}, float("inf"))

    shelf.put(8, ("sida",), Kept(b"new", {}, float("inf")))
    shelf.put(7, ("sida",), old)

    assert shelf.get(8, ("sida",)) is None


def test_the_shelf_holds_so_many_and_lets_go_of_what_was_asked_for_longest_ago() -> None:
    shelf = Shelf(2)
    for name in ("a", "b"):
        shelf.put(1, (name,), Kept(name.encode(), {}, float("inf")))
    shelf.get(1, ("a",))

    shelf.put(1, ("c",), Kept(b"c", {}, float("inf")))

    assert [name for name in "abc" if shelf.get(1, (name,))] == ["a", "c"]


def test_a_page_that_has_been_kept_too_long_is_made_anew() -> None:
    shelf = Shelf(2)
    shelf.put(1, ("a",), Kept(b"a", {}, 0))

    assert shelf.get(1, ("a",)) is None
