"""What speaks against a lead, what is refuted, and what is held down."""

from functools import partial
from pathlib import Path

from tests.assess.asking import DEBT, FEE, INDICATORS, leads, said

from undertow.assess.worlds import Post, scene

NEW = ("new_in_town", "just arrived, here for three days")
ORIGIN = ("ethnicity_stated", "an islander")
NUMBER = [("phone", "+12025550123")]

everything = partial(leads, indicators=INDICATORS)


def test_a_refuted_sign_never_raises_a_score(tmp_path: Path) -> None:
    (without,) = everything(tmp_path / "without", said(DEBT, FEE))
    (told,) = everything(tmp_path / "told", said(DEBT, FEE, NEW))
    assert told["score"] < without["score"]
    assert [reason["indicator"] for reason in told["against"]] == ["new_in_town"]


def test_a_refuted_sign_beside_one_other_makes_no_lead(tmp_path: Path) -> None:
    assert everything(tmp_path, said(DEBT, NEW)) == []


def test_signs_that_outcomes_refute_are_not_among_the_indicators() -> None:
    names = " ".join(INDICATORS)
    assert not [word for word in ("tattoo", "screening", "emoji", "photo") if word in names]


def test_a_stated_origin_is_capped_whatever_the_weights_say(tmp_path: Path) -> None:
    (lead,) = everything(tmp_path, scene(*[Post(cues=[DEBT, FEE, ORIGIN, ORIGIN])] * 9))
    assert [one["points"] for one in lead["reasons"] if one["indicator"] == "ethnicity_stated"] == [20]


def test_a_stated_origin_is_no_second_kind_of_evidence(tmp_path: Path) -> None:
    assert everything(tmp_path, said(DEBT, ORIGIN)) == []


def test_which_origin_is_stated_is_never_repeated(tmp_path: Path) -> None:
    (lead,) = everything(tmp_path, said(DEBT, FEE, ORIGIN))
    assert "islander" not in str(lead)


def test_a_licensed_agency_ranks_below_the_same_advertisement_without_a_licence(tmp_path: Path) -> None:
    first, second = leads(
        tmp_path,
        scene(
            Post(cues=[DEBT, FEE, ("licensed_agency", "licence 123")], network="na"),
            Post(cues=[DEBT, FEE], network="nb"),
        ),
    )
    assert (first["network_id"], second["network_id"]) == ("nb", "na")
    assert second["business"] > first["business"]


def test_a_promotion_of_300_accounts_is_spam_first_of_all(tmp_path: Path) -> None:
    posts = [
        Post(account=f"u{number}", at="2026-03-01", template="t1", cues=[("spam_promotion", "join"), FEE])
        for number in range(300)
    ]
    (lead,) = everything(tmp_path, scene(*posts))
    classes = {name: lead[name] for name in ("organised_risk", "spam", "scam", "business", "independent")}
    assert max(classes, key=lambda name: classes[name]) == "spam"
    assert sum(classes.values()) == 1000


def test_an_adult_on_an_announced_tour_ranks_below_the_same_moves_unannounced(tmp_path: Path) -> None:
    def moves(network: str, *cues: tuple[str, str]) -> list[Post]:
        days = (("2026-03-02", "Cebu City, PH"), ("2026-03-04", "Davao, PH"), ("2026-03-07", "Manila, PH"))
        return [
            Post(account="ana", at=at, place=place, contacts=NUMBER, network=network, detail="US obscured=1", cues=cues)
            for at, place in days
        ]

    toured = moves("nb", ("touring", "on tour"), ("own_voice", "I write myself"))
    first, second = everything(tmp_path, scene(*moves("na"), *toured))
    assert (first["network_id"], second["network_id"]) == ("na", "nb")
    assert second["independent"] > first["independent"]


def test_nothing_says_that_somebody_is_a_trafficker_or_a_victim() -> None:
    told = " ".join(one.says for one in INDICATORS.values()).lower()
    assert "trafficker" not in told
    assert "victim" not in told
