"""Grammars, templates, and the ways in which a number is hidden."""

import re
import tomllib
from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

from undertow.errors import UserError
from undertow.extract import find
from undertow.simulate import disguise, family, phones
from undertow.simulate.campaigns import campaign
from undertow.simulate.datafiles import FOLDER, toml
from undertow.simulate.disguise import Hand
from undertow.simulate.grammar import Slot, parse
from undertow.simulate.scene import Scene
from undertow.simulate.writing import INSTEAD, SLOTS, Writer

TUNED = ("harbour", "delta", "mesa")
PAIRS = tuple(combinations(TUNED, 2))
HAND = Hand("en", toml("writing.toml"))
RULES = {"text": ["<hello> {name}. <end>"], "hello": ["Hi", "Good day"], "end": ["Call {phone}", "Bye"]}


def _texts(name: str, language: str) -> Iterator[list[str]]:
    held = tomllib.loads((FOLDER / "families" / name / "texts" / f"{language}.toml").read_text("utf-8"))
    yield from (rule for genre in held.values() for rule in genre.values())


def test_a_template_has_a_literal_more_than_slots():
    made = parse(RULES, "here").template("text", Random(1))
    assert len(made.literals) == len(made.slots) + 1
    assert made.slots[0] == "name"


def test_a_template_that_drifts_keeps_all_but_one_sentence():
    grammar = parse(RULES, "here")
    first = grammar.template("text", Random(1))
    drifted = {grammar.drifted(first, Random(seed)).literals for seed in range(20)}
    assert len(drifted) > 1
    for literals in drifted:
        same_start = literals[0] == first.literals[0]
        same_end = literals[-1] == first.literals[-1]
        assert same_start or same_end


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"text": ["<gone>"]}, "the rule gone is not there"),
        ({"text": ["a <text>"]}, "the rule text leads to itself"),
        ({"text": []}, "the rule text is not there"),
    ],
)
def test_a_broken_grammar_is_refused_by_name(rules, says):
    with pytest.raises(UserError, match=says):
        parse(rules, "here")


@pytest.mark.parametrize("country", phones.countries())
def test_no_shard_has_the_numbers_of_another(country):
    one, two = (set(phones.numbers(country, shard, 2)) for shard in (0, 1))
    assert not one & two
    assert abs(len(one) - len(two)) <= 1


@pytest.mark.parametrize("country", phones.countries())
def test_a_plain_number_is_one_that_the_country_could_have(country):
    for phone in list(phones.numbers(country, 0, 400))[:20]:
        text = "call " + disguise.plain(phone, HAND, Random(2))
        assert [one.value for one in find(text, country=country) if one.kind == "phone"] == [phone.e164]


@pytest.mark.parametrize("way", disguise.HIDDEN)
def test_a_hidden_number_does_not_stand_there_as_usual(way):
    phone = next(phones.numbers("US", 0, 1))
    written = disguise.WAYS[way](phone, HAND, Random(3))
    assert phone.national not in written


@pytest.mark.parametrize("family_name", TUNED)
@pytest.mark.parametrize("language", family.LANGUAGES)
def test_every_text_of_a_family_names_slots_that_a_writer_can_fill(family_name: str, language: str) -> None:
    held = family.load(family_name)
    ways = [
        way
        for (_, lang), one in held.grammars.items()
        if lang == language
        for some in one.rules.values()
        for way in some
    ]
    slots = {part.name for way in ways for part in getattr(way, "parts", way) if isinstance(part, Slot)}
    assert slots and slots <= SLOTS


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("language", family.LANGUAGES)
def test_two_families_share_next_to_no_whole_sentence(pair: tuple[str, str], language: str) -> None:
    one, two = ({way for rule in _texts(name, language) for way in rule if len(way) > 12} for name in pair)
    assert len(one & two) < 0.02 * len(one)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("language", family.LANGUAGES)
def test_two_families_share_no_name_of_a_person_or_a_part_of_town(pair: tuple[str, str], language: str) -> None:
    one, two = (family.load(name).names[language] for name in pair)
    assert not set(one.first) & set(two.first)
    assert not set(one.areas) & set(two.areas)


@pytest.mark.parametrize("genre", ["job_true", "recruiter", "sale", "review", "agency", "companion"])
@pytest.mark.parametrize("language", family.LANGUAGES)
@pytest.mark.parametrize("family_name", ["delta", "mesa"])
def test_harmless_texts_are_as_rich_as_criminal_ones(family_name: str, genre: str, language: str) -> None:
    grammar = family.load(family_name).grammars
    harmless, criminal = (
        len({grammar[one, language].template("text", Random(seed)).literals for seed in range(300)})
        for one in (genre, "companion_run")
    )
    assert harmless > 0.5 * criminal


def test_a_family_has_its_own_ways_of_writing_money_and_all_others_from_the_common_list() -> None:
    harbour, delta = (family.load(name).writing for name in ("harbour", "delta"))
    assert harbour["money"]["GBP"] != delta["money"]["GBP"]
    assert harbour["digits"] == delta["digits"]


@pytest.mark.parametrize("seed", range(30))
def test_a_price_is_written_as_the_truth_has_it(seed: int) -> None:
    writer = Writer(family.load("delta"), Random(seed))
    for language in family.LANGUAGES:
        fill = writer.money(84_000, "PHP", language)
        assert fill.value == "84000 PHP"
        assert re.sub(r"\D", "", fill.written.replace("k", "000").replace(".00", "")) == "84000"


@pytest.mark.parametrize("sort", ["spam", "scam"])
def test_a_campaign_has_every_way_to_be_reached_that_its_text_names(sort):
    scene = Scene(family.load("harbour"), Random(3), careful=0.4, shard=0, shards=1)
    texts = [draft.fields["text"] for _ in range(60) for draft in campaign(scene, sort)]
    assert len(set(texts)) > 60
    assert not [text for text in texts if any(instead in text for instead in INSTEAD.values())]
