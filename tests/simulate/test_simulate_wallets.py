"""Wallets of made-up worlds: valid for whoever checks, and nobody's."""

from random import Random

import pytest

from undertow.extract import find
from undertow.simulate import family
from undertow.simulate.scene import Scene
from undertow.simulate.sorts.trafficking import live
from undertow.simulate.wallets import wallet


@pytest.mark.parametrize("name", [f"a {number}" for number in range(12)])
def test_a_wallet_is_found_as_the_truth_writes_it(name):
    address = wallet(name)
    found = [one.value for one in find(f"deposit: {address}") if one.kind == "wallet" and one.confidence >= 0.5]
    assert found == [address]


def test_a_network_that_names_a_wallet_is_paid_there():
    scene = Scene(family.load("harbour"), Random(4), careful=0.4, shard=0, shards=1)
    told, paid = set[str](), set[str]()
    for _ in range(25):
        for draft in live(scene):
            told |= {span.value for span in draft.spans if span.kind == "wallet"}
            paid |= {draft.fields["payee"]} if draft.table == "payments" else set()
    assert told & paid
