"""Which examples fit what is picked, and the number beside each pick that could be added."""

import pytest

from groups.models import Topic
from knowledge.actions.indexing import enter
from knowledge.enums import State
from knowledge.facets import find_examples
from tests.knowledge.texts import make_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing():
    return Topic.objects.get_or_create(slug="bostad", defaults={"name": "Bostad"})[0]


@pytest.fixture
def school():
    return Topic.objects.get_or_create(slug="skola", defaults={"name": "Skola"})[0]


@pytest.fixture
def four(housing, school):
    """Four examples whose titles tell what they are."""
    return [
        make_example("hus, stad", topics=[housing], setting="city", cost="free", supports=["startup"]),
        make_example("hus, by", topics=[housing], setting="rural", cost="free", supports=["startup", "knowledge"]),
        make_example("skola, stad", topics=[school], setting="city", cost="more", duty_bearer_kind="school"),
        make_example("båda, by", topics=[housing, school], setting="rural", duty_bearer_kind="landlord"),
    ]


def titles(picks, words=""):
    return sorted(example.title for example in find_examples(picks, words).rows)


def numbers(name, picks, words=""):
    """Facet option → the number beside it."""
    facet = next(facet for facet in find_examples(picks, words).facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


def test_without_picks_everything_public_is_found_the_newest_first(four):
    make_example("utkast", state=State.DRAFT)
    make_example("borttagen", state=State.WITHDRAWN)

    found = find_examples({})

    assert [example.title for example in found.rows] == ["båda, by", "skola, stad", "hus, by", "hus, stad"]
    assert found.count == 4


def test_picks_in_one_facet_widen_and_in_several_narrow(four):
    assert titles({"topic": ["bostad"]}) == ["båda, by", "hus, by", "hus, stad"]
    assert titles({"topic": ["bostad", "skola"]}) == ["båda, by", "hus, by", "hus, stad", "skola, stad"]
    assert titles({"topic": ["bostad"], "setting": ["rural"]}) == ["båda, by", "hus, by"]
    assert titles({"support": ["knowledge", "guidance"]}) == ["hus, by"]
    assert titles({"duty_bearer": ["school", "landlord"], "cost": ["more"]}) == ["skola, stad"]


def test_an_example_about_two_picked_topics_is_found_and_counted_once(four):
    found = find_examples({"topic": ["bostad", "skola"]})

    assert len(list(found.rows)) == found.count == 4


def test_a_number_says_how_many_are_found_with_the_other_facets_picks(four):
    assert numbers("topic", {}) == {"bostad": 3, "skola": 2}
    assert numbers("topic", {"setting": ["rural"]}) == {"bostad": 2, "skola": 1}
    assert numbers("setting", {"topic": ["skola"]}) == {"city": 1, "rural": 1}
    assert numbers("support", {"topic": ["bostad"]}) == {"startup": 2, "knowledge": 1}
    assert numbers("cost", {"topic": ["skola"], "setting": ["city"]}) == {"more": 1}


def test_picks_of_the_same_facet_do_not_take_its_other_numbers_away(four):
    assert numbers("setting", {"setting": ["city"]}) == {"city": 2, "rural": 2}
    assert numbers("topic", {"topic": ["skola"]}) == {"bostad": 3, "skola": 2}


@pytest.mark.parametrize("name", ["topic", "duty_bearer", "support", "setting", "cost"])
def test_every_number_is_what_one_finds_by_picking_it_alone(four, name):
    base = {"topic": ["bostad"], "setting": ["rural", "city"]}

    for value, number in numbers(name, base).items():
        assert find_examples(base | {name: [value]}).count == number


def test_a_pick_that_finds_nothing_is_still_there_to_be_taken_away(four):
    assert numbers("cost", {"cost": ["under_1000"]}) == {"free": 2, "under_1000": 0, "more": 1}
    assert find_examples({"cost": ["under_1000"]}).count == 0


def test_words_are_found_as_stems_as_beginnings_and_in_english(four):
    for example in four:
        enter(example)
    english = {"title_en": "The roof", "lead_en": "Wet.", "wrong_en": "It was leaking.", "outcome_en": "Dry."}
    step = {"title": "Mät", "text": "Mät.", "title_en": "Measure", "text_en": "Measure."}
    enter(make_example("Taket", wrong="Taken läckte hela vintern.", learned=[], steps=[step], **english))

    assert titles({}, "taket läcker") == ["Taket"]
    assert titles({}, "VINT") == ["Taket"]
    assert titles({}, "leaks") == ["Taket"]
    assert titles({}, "hus by") == ["hus, by"]
    assert titles({"topic": ["bostad"]}, "vinter") == []
    assert numbers("topic", {}, "hus") == {"bostad": 2}


@pytest.mark.parametrize("words", ["' | & ! <-> :*", "a" * 5000, "*", "&&&", "\\", "(((", "a:b & c"])
def test_signs_that_mean_something_to_the_database_are_only_signs(four, words):
    assert find_examples({}, words).count in {0, 4}


def test_the_cost_does_not_grow_with_the_examples(four, django_assert_num_queries):
    picks = {"topic": ["bostad"], "setting": ["rural", "city"]}
    for _ in range(3):
        with django_assert_num_queries(4):
            list(find_examples(picks, "").rows)
        make_example(setting="city")
