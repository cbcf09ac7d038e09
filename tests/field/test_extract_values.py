"""Finders on public data: sanctioned wallets, invalid encodings, price strings, messages that name no place."""

import csv
import json
from collections import Counter
from pathlib import Path

from benchmarks import measure_prices
from undertow.extract.contract import Finder, Text
from undertow.extract.finders import age, cue, date, place, wallet

A_KEY_NOT_AN_ADDRESS = {"5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320"}


def believed(finder: Finder, text: str) -> list[str]:
    return [hit.value for hit in finder.find(Text(text, text)) if hit.confidence >= 0.5]


def test_every_sanctioned_address_is_found(shared: Path) -> None:
    with (shared / "wallets/ofac_sanctioned_addresses.csv").open() as file:
        addresses = {row["address"] for row in csv.DictReader(file)}
    missed = {address for address in addresses if not believed(wallet.FINDER, f"pay to {address} today")}
    assert missed == A_KEY_NOT_AN_ADDRESS


def test_no_invalid_segwit_address_is_found(shared: Path) -> None:
    vectors = json.loads((shared / "wallets/bitcoinlib_vectors/bech32_invalid.json").read_text())
    assert [address for address, _ in vectors if believed(wallet.FINDER, address)] == []


def test_every_polkadot_account_of_a_phishing_list_is_found(shared: Path) -> None:
    sites = json.loads((shared / "wallets/polkadot_phishing_site_addresses.json").read_text())
    accounts = [account for found in sites.values() for account in found]
    assert [account for account in accounts if believed(wallet.FINDER, account) != [account]] == []


def test_at_least_95_in_100_public_price_strings_are_read(shared: Path) -> None:
    total = next(row for row in measure_prices.measure(shared) if row["set"] == "all")
    assert total["cases"] == 1184
    assert float(str(total["share"])) >= 0.95


GRAVE = {"debt", "document_retention", "restricted_movement", "secrecy", "withheld_wages", "excessive_hours"}


def posts(shared: Path) -> list[str]:
    """Political Facebook ads, Philippine messages of shops and swindlers, Telegram chat: no one is offered here."""
    names = ("posts/irads/irads_ads.csv", "posts/ph_sms_spam_ads_gov.csv", "posts/telegram_spam_ham.csv")
    found = []
    for name in names:
        with (shared / name).open(encoding="utf-8", newline="") as file:
            found += [row["text"] for row in csv.DictReader(file)]
    return found


def test_grave_cues_are_all_but_absent_from_ordinary_posts(shared: Path) -> None:
    texts = posts(shared)
    grave = [hit.value for text in texts for hit in cue.FINDER.find(Text(text, text)) if hit.value in GRAVE]
    assert len(texts) > 6000
    assert len(grave) <= 3


def test_places_of_ordinary_posts_are_few_and_well_known(shared: Path) -> None:
    texts = posts(shared)
    found = Counter(hit.value for text in texts for hit in place.FINDER.find(Text(text, text)) if hit.confidence >= 0.5)
    assert sum(found.values()) < len(texts) / 2
    assert {"United States, US", "Philippines, PH", "New York City, US"} <= {name for name, _ in found.most_common(10)}


def test_ages_and_dates_of_ordinary_posts_lie_within_reason(shared: Path) -> None:
    texts = posts(shared)
    ages = [int(hit.value) for text in texts for hit in age.FINDER.find(Text(text, text))]
    years = {hit.value[:4] for text in texts for hit in date.FINDER.find(Text(text, text)) if hit.value[0] != "-"}
    assert len(ages) > 100
    assert min(ages) >= 10
    assert years <= {str(year) for year in range(1900, 2028)}
