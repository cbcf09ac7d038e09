"""How many sanctioned wallet addresses are found, by coin, and how many invalid encodings are believed.

Sources: the OFAC list (`wallets/ofac_sanctioned_addresses.csv`), invalid segwit vectors of python-bitcoinlib, accounts
of the Polkadot phishing list. An address counts as found with a confidence of at least one half.
"""

import csv
import json
import os
from collections.abc import Iterable
from pathlib import Path

from undertow.extract.contract import Text
from undertow.extract.finders.wallet import FINDER

SHARED = Path(os.environ.get("UNDERTOW_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"


def measure(folder: Path = SHARED) -> list[dict[str, object]]:
    """One row a list and asset: addresses, how many are found, and those that are not."""
    by_asset: dict[str, list[str]] = {}
    with (folder / "wallets/ofac_sanctioned_addresses.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            by_asset.setdefault(row["asset"], []).append(row["address"])
    rows = [_row("OFAC", asset, addresses) for asset, addresses in sorted(by_asset.items())]
    rows.append(_row("OFAC", "all", [address for addresses in by_asset.values() for address in addresses]))
    sites = json.loads((folder / "wallets/polkadot_phishing_site_addresses.json").read_text())
    rows.append(_row("phishing", "DOT", [account for accounts in sites.values() for account in accounts]))
    invalid = json.loads((folder / "wallets/bitcoinlib_vectors/bech32_invalid.json").read_text())
    rows.append(_row("invalid", "BTC", [address for address, _ in invalid]))
    return rows


def _row(name: str, asset: str, addresses: Iterable[str]) -> dict[str, object]:
    listed = list(addresses)
    missed = [address for address in listed if not _found(address)]
    found = len(listed) - len(missed)
    return {"list": name, "asset": asset, "addresses": len(listed), "found": found, "missed": missed[:3]}


def _found(address: str) -> bool:
    text = f"pay to {address} today"
    return any(hit.confidence >= 0.5 for hit in FINDER.find(Text(text, text)))


if __name__ == "__main__":
    for line in measure():
        print(line)
