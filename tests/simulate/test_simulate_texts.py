"""Grammars, templates, and the ways in which a number is hidden."""

from random import Random

import pytest

from undertow.errors import UserError
from undertow.extract import find
from undertow.simulate import disguise, family, phones
from undertow.simulate.campaigns import campaign
from undertow.simulate.grammar import parse
from undertow.simulate.scene import Scene
from undertow.simulate.writing import INSTEAD

RULES = {"text": ["<hello> {name}. <end>"], "hello": ["Hi", "Good day"], "end": ["Call {phone}", "Bye"]}


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
        text = "call " + disguise.plain(phone, "en", Random(2))
        assert [one.value for one in find(text, country=country) if one.kind == "phone"] == [phone.e164]


@pytest.mark.parametrize("way", disguise.HIDDEN)
def test_a_hidden_number_does_not_stand_there_as_usual(way):
    phone = next(phones.numbers("US", 0, 1))
    written = disguise.WAYS[way](phone, "en", Random(3))
    assert phone.national not in written


@pytest.mark.parametrize("sort", ["spam", "scam"])
def test_a_campaign_has_every_way_to_be_reached_that_its_text_names(sort):
    scene = Scene(family.load("harbour"), Random(3), careful=0.4, shard=0, shards=1)
    texts = [draft.fields["text"] for _ in range(60) for draft in campaign(scene, sort)]
    assert len(set(texts)) > 60
    assert not [text for text in texts if any(instead in text for instead in INSTEAD.values())]
