"""Two records that give one telephone number, one of them without its country: it tells middlemen, and joins nothing.

A number of another country than the ad's, written as at home, is no number by itself. Where just one whole number of
the user's own data ends in its digits, it is taken for that number. Who answers for others seldom lives in their town.
"""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

_WHOLE = mentioned("phone", "value LIKE '+%'")
_DIGITS = 9  # shorter numbers are left alone; a guess: of 100,000 numbers one in 10,000 would fit one by accident
_TAILS = " UNION ALL ".join(
    f"SELECT substring(via, {first}) AS tail, via FROM whole WHERE length(via) >= {first + _DIGITS - 1}"
    for first in (3, 4, 5)  # country codes have one to three digits
)

EVIDENCE = Evidence(
    name="bare_phone",
    version=1,
    says="gives, without a country,",
    thing="the digits of the phone {via}",
    family="contact",
    strong=False,
    of="phone",
    sql=(
        f"WITH whole AS (SELECT DISTINCT via FROM ({_WHOLE}) AS given), "
        f"tails AS (SELECT tail, min(via) AS via FROM ({_TAILS}) AS ends GROUP BY tail HAVING count(*) = 1), "
        "bare AS (SELECT record_id, CASE WHEN value LIKE '0%' THEN substring(value, 2) ELSE value END AS tail "
        "FROM mentions WHERE kind = 'phone' AND value NOT LIKE '+%') "
        "SELECT b.record_id, t.via FROM bare AS b JOIN tails AS t ON t.tail = b.tail"
    ),
    given={
        "mentions": [
            {"record_id": "p1", "kind": "phone", "value": "+12025550123", "confidence": 1.0},
            {"record_id": "p2", "kind": "phone", "value": "2025550123", "confidence": 0.3},
            {"record_id": "p3", "kind": "phone", "value": "+442079460001", "confidence": 1.0},
            {"record_id": "p4", "kind": "phone", "value": "02079460001", "confidence": 0.3},
            {"record_id": "p5", "kind": "phone", "value": "02079460002", "confidence": 0.3},
        ]
    },
    expect=[("p2", "+12025550123"), ("p4", "+442079460001")],
)
