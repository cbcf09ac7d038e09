import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow.extract.contract import Text
from undertow.extract.finders.wallet import FINDER

VALID = {
    # the first address of the Bitcoin block chain, and addresses of the specifications and of public charities
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": "BTC|BCH|BSV",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy": "BTC|BCH|LTC|BSV",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq": "BTC",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "BTC",
    "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed": "ETH",
    "LaMT348PWRnrqeeWArpwQPbuanpXDZGEUz": "LTC",
    "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L": "DOGE|XVG",
    "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a": "BCH",
    "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh": "XRP",
    "155dDX3rWoNsY4aiJFbsu6wLB91c2J2Ws5BgMfJKyM1eGnkS": "DOT",
    "EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2": "TON",
    "addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x": "ADA",
}
LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CHECKSUMMED = [address.rpartition(":")[2] for address in VALID if not address.startswith("0x")]


def found(text: str) -> list[tuple[str, str, float]]:
    return [(hit.value, hit.detail, hit.confidence) for hit in FINDER.find(Text(text, text))]


@pytest.mark.parametrize("address", VALID)
def test_a_valid_address_is_found_with_its_coin(address: str) -> None:
    assert [hit[:2] for hit in found(f"Pay to {address}, thanks.")] == [(address, VALID[address])]


@pytest.mark.parametrize("address", VALID)
def test_a_span_covers_the_address_alone(address: str) -> None:
    hits = list(FINDER.find(Text(f"see ({address}).", f"see ({address}).")))
    assert [(hit.start, hit.end) for hit in hits] == [(5, 5 + len(address))]


@settings(derandomize=True)
@given(st.sampled_from(CHECKSUMMED), st.integers(0, 200), st.sampled_from(LETTERS))
def test_an_address_with_one_letter_changed_is_never_believed(address: str, place: int, letter: str) -> None:
    place %= len(address)
    changed = address[:place] + letter + address[place + 1 :]
    if changed.lower() != address.lower():
        assert all(confidence < 0.5 for _, _, confidence in found(changed))


def test_wrong_capitals_of_an_evm_address_are_kept_with_little_confidence() -> None:
    assert found("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")[0][2] == 1.0
    assert found("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")[0][2] == 0.3


def test_an_evm_address_has_one_value_in_any_case() -> None:
    lower = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
    assert {found(form)[0][0] for form in (lower, "0x" + lower[2:].upper(), "0X" + lower[2:])} == {lower}


def test_a_cash_address_has_one_value_with_and_without_its_prefix() -> None:
    address = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
    assert found(address)[0][0] == found(f"BITCOINCASH:{address.upper()}")[0][0] == f"bitcoincash:{address}"


def test_a_solana_account_needs_a_word_beside_it() -> None:
    account = "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU"
    assert found(f"my solana: {account}")[0][1:] == ("SOL", 0.7)
    assert found(f"ticket {account}")[0][1:] == ("SOL", 0.3)


def test_a_transaction_hash_is_no_wallet() -> None:
    assert found("0x" + "5be5543ff73456ab9f2d207887e2af87" * 2) == []


def test_a_testnet_address_is_no_wallet() -> None:
    assert found("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7") == []


@pytest.mark.parametrize("letter", ["1", "b", "0x", "EQ", "-", "bitcoincash:", "٣", "\n"])
def test_a_very_long_odd_text_ends(letter: str) -> None:
    assert found(letter * 100_000) == []
