"""A selector on the watch list stands in a record, in whatever disguise."""

from undertow.watch.contract import Kind

WANTED = {"kind": "phone", "value": "+12025550123"}

ALERT = Kind(
    name="watched_selector",
    version=1,
    says="A selector on the watch list was found in a record in which it was not found before.",
    sql="""
SELECT 'decision ' || CAST(w.number AS varchar) AS subject, m.record_id AS news, m.record_id,
       coalesce(n.network_id, 'no network') AS words
FROM watch_list AS w JOIN mentions AS m ON m.kind = w.kind AND m.value = w.value
LEFT JOIN mentions_before AS b ON b.record_id = m.record_id AND b.kind = m.kind AND b.value = m.value
LEFT JOIN network_members AS n ON n.record_id = m.record_id
WHERE b.record_id IS NULL""",
    tells="the selector of {subject} was seen in {count} new records ({words}): {records}",
    quick=True,
    given_before={"mentions": [{"record_id": "p1", **WANTED}]},
    given={
        "watch_list": [{"number": 4, **WANTED}],
        "mentions": [
            {"record_id": "p1", **WANTED},
            {"record_id": "p2", **WANTED, "original": "two zero two 555 0123"},
            {"record_id": "p2", **WANTED, "start": 30},
            {"record_id": "p3", "kind": "phone", "value": "+12025550199"},
        ],
        "network_members": [{"network_id": "n1", "record_id": "p2"}],
    },
    expect=[("decision 4", "the selector of decision 4 was seen in 1 new records (n1): p2")],
)
