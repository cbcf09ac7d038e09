"""Payments of a made-up world: strangers pay for a show in even sums, within hours; a friend may pay a fee."""

from itertools import pairwise
from random import Random

from undertow.simulate import family, money
from undertow.simulate.drafts import Draft
from undertow.simulate.scene import DAY, Scene


def paid(advertisers: int) -> list[list[Draft]]:
    scene = Scene(family.load("harbour"), Random(5), 0.4, 0, 1)
    town = scene.family.towns["GB"][0]
    return [
        list(money.of_advertiser(scene, scene.who("independent", "advertiser"), "Ada", town, "en"))
        for _ in range(advertisers)
    ]


def test_a_show_is_paid_in_even_sums_of_ten_to_two_hundred_in_the_money_of_the_place() -> None:
    shows = [draft for drafts in paid(300) for draft in drafts if "a show of" in draft.why]
    amounts = {float(draft.fields["amount"]) for draft in shows}
    assert len(shows) > 30
    assert all(amount % 10 == 0 and 10 <= amount <= 200 for amount in amounts)
    assert {(draft.fields["payee"], draft.fields["currency"]) for draft in shows} == {("Ada", "GBP")}


def test_payments_of_one_show_come_within_hours() -> None:
    host = next(drafts for drafts in paid(300) if sum("a show of" in draft.why for draft in drafts) > 5)
    times = sorted(draft.at for draft in host if "a show of" in draft.why)
    gaps = [later - before for before, later in pairwise(times)]
    assert sum(gap < DAY / 12 for gap in gaps) > len(gaps) / 2


def test_now_and_then_a_friend_pays_the_fee() -> None:
    payers = {draft.fields["payer"] == "Ada" for drafts in paid(300) for draft in drafts if "the fee of" in draft.why}
    assert payers == {True, False}
