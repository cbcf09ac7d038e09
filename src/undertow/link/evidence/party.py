"""One name on both sides of payments and bookings: weak, for names are shared."""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="party",
    version=1,
    says="names",
    thing="the party {via}",
    family="money",
    strong=False,
    sql=(
        "SELECT payment_id AS record_id, lower(trim(payer)) AS via FROM payments "
        "UNION ALL SELECT payment_id AS record_id, lower(trim(payee)) AS via FROM payments "
        "UNION ALL SELECT booking_id AS record_id, lower(trim(payer)) AS via FROM bookings "
        "UNION ALL SELECT booking_id AS record_id, lower(trim(traveller)) AS via FROM bookings"
    ),
    given={
        "payments": [{"payment_id": "m1", "payer": "Ana Moss", "payee": "Bay Travel"}],
        "bookings": [{"booking_id": "b1", "payer": "bay travel ", "traveller": ""}, {"booking_id": "b2"}],
    },
    expect=[("b1", "bay travel"), ("m1", "ana moss"), ("m1", "bay travel")],
)
