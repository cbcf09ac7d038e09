"""Finders on public data: sanctioned wallets, invalid encodings, price strings, messages that name no place."""

import csv
import json
from pathlib import Path

from benchmarks import measure_prices

from undertow.extract.contract import Finder, Text
from undertow.extract.finders import wallet

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
