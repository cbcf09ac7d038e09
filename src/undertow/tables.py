"""The tables that stages read and write: the whole contract between them, as Arrow schemas.

Times are UTC with the text as found beside them; money keeps amount and currency. Ids come from `undertow.ids`.
A machine table can be deleted and made again; what must be backed up is named in the guide on workspaces.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from undertow import picture_tables, watch_tables
from undertow.tabling import TYPES, Table, table

__all__ = ["MASKED", "RECORDS", "SELECTORS", "TABLES", "TEXT_FIELDS", "TYPES", "Table", "empty"]

# fmt: off
_ALL = (
    table("originals", "collect", "a file received", key="original_id", columns="""
        original_id text -- sha256 of its bytes, hex
        name text
        media_type text
        bytes count
        collected_at time
        collector text
        origin text
        lawful_basis text
        marking text -- Traffic Light Protocol
        retain_until time
        source text -- the reader that read it
        version int -- of the reader
        mapping text -- JSON: which column became which field, and every assumption made
        rows count
        rejects count
    """),
    table("posts", "collect", "a post: ad, social post, message, job offer, review", key="post_id", columns="""
        post_id text
        original_id text -- the file it was read from
        position text -- where in that file
        site text
        kind text -- ad, social, message, job, review, page or post
        account text
        url text
        posted_at time
        posted_text text -- the time as found
        title text
        text text -- as received
        place_text text
        price_text text
        language text -- as the source says it
        country text -- as the source says it, ISO 3166 alpha-2
        extra text -- JSON object of what no other column took
    """),
    table("accounts", "collect", "an account on a site", key="account_id", columns="""
        account_id text
        original_id text -- the file it was read from
        position text -- where in that file
        site text
        handle text
        name text
        url text
        created_at time
        created_text text
        text text -- what the account says of itself
        place_text text
        phone text
        email text
        device text
        ip text
        country text
        extra text -- JSON object of what no other column took
    """),
    table("payments", "collect", "a payment", key="payment_id", columns="""
        payment_id text
        original_id text -- the file it was read from
        position text -- where in that file
        site text
        paid_at time
        paid_text text
        amount money
        amount_text text
        currency text -- ISO 4217, or a coin's code
        payer text
        payee text
        method text
        text text -- what the payer wrote
        place_text text
        country text
        extra text -- JSON object of what no other column took
    """),
    table("bookings", "collect", "a journey or a room booked", key="booking_id", columns="""
        booking_id text
        original_id text -- the file it was read from
        position text -- where in that file
        site text
        kind text -- journey or room
        traveller text
        payer text
        origin_text text
        destination_text text
        booked_at time
        starts_at time
        ends_at time
        starts_text text
        amount money
        amount_text text
        currency text
        text text
        country text
        extra text -- JSON object of what no other column took
    """),
    table("incidents", "collect", "a case or report that someone else recorded", key="incident_id", columns="""
        incident_id text
        original_id text -- the file it was read from
        position text -- where in that file
        site text
        kind text
        reported_at time
        reported_text text
        place_text text
        title text
        text text
        language text
        country text
        extra text -- JSON object of what no other column took
    """),
    table("rejects", "collect", "what could not be read", key="original_id position stage reason", columns="""
        original_id text
        position text
        stage text
        reason text
        excerpt text
    """),
    table("mentions", "extract", "a value found in a record", key="record_id field start kind value", columns="""
        record_id text
        field text -- the column of the record that the span points into
        kind text -- phone, email, url, domain, handle, wallet, bank, price, age, date, place, cue, language
        value text -- normalised; the original where normalising failed
        detail text -- platform of a handle, coin of a wallet, period of a price, candidates of a place
        original text -- as received; masked for bank accounts and cards
        start int -- characters (code points) of the field as received
        end int
        confidence share
        finder text
        version int
    """),
    table("templates", "match", "text that a group of posts was made from", key="template_id", columns="""
        template_id text
        pattern text -- JSON list of {"text": ...} and {"slot": number}
        posts count
        accounts count
        sites count
        first_seen time
        last_seen time
        saving count -- bits of description length that it saves
    """),
    table("template_posts", "match", "a post's place in a template", key="template_id post_id", columns="""
        template_id text
        post_id text
        similarity share -- of the constant text that the post holds
        slots text -- JSON list of [slot, start, end] in the post's text as received
    """),
    table("ties", "link", "a record and something it shares", key="record_id via_kind via", columns="""
        record_id text
        via_kind text
        via text
        weight count -- thousandths of a nat: the rarer the heavier
        records count -- how many records share it
        capped yes_no -- a hub, or cut by a person: it holds nothing together
    """),
    table("hubs", "link", "something shared by too many, or cut by a person", key="via_kind via", columns="""
        via_kind text
        via text
        records count
        templates count
        accounts count
        places count
        why text
    """),
    table("networks", "link", "what ties hold together", key="network_id", columns="""
        network_id text
        records count
        accounts count
        sites count
        places count
        selectors count
        templates count
        first_seen time
        last_seen time
        weakest count -- weight of the weakest link that holds it together, thousandths of a nat
    """),
    table("network_members", "link", "a record in a network", key="network_id record_id", columns="""
        network_id text
        record_id text
        from_record text -- the strongest step in comes from this record; empty for the first
        via_kind text
        via text
        weight count
        why text
    """),
    table("lineage", "link", "what became of an earlier network", key="network_id from_network_id", columns="""
        network_id text
        from_network_id text
        event text -- grew, shrank, merged or split; ended, where no network holds two of its records
        records count -- that came along
    """),
    table("kept_apart", "link", "what joins no more records than people let it", key="via_kind via", columns="""
        via_kind text
        via text
        number count -- of the decision
        why text
    """),
    table("brokers", "link", "a node that joins parts of a network", key="network_id node_kind node", columns="""
        network_id text
        node_kind text
        node text
        reach count -- voices on its two most organised sides, multiplied; 0: no account or contact
        score count -- pairs of records that would no longer meet
        parts count
        largest_part count
        apart text -- what would come apart, in words
    """),
    table("signals", "assess", "a sign on a subject", key="subject_id indicator record_id field start", columns="""
        subject_kind text
        subject_id text
        indicator text
        version int
        strength count -- hundredths: 100 is a full sign
        record_id text
        field text
        start int
        end int
        why text
    """),
    table("leads", "assess", "what an analyst should open next", key="lead_id", columns="""
        lead_id text
        network_id text
        score count
        band text
        chance count -- thousandths: of leads with such a score, as many were organised in what the weights were \
calibrated on; empty where they were not
        act count -- points of the score that speak to the act
        means count
        purpose count
        organised_risk count -- share in thousandths; the five classes sum to 1,000
        spam count
        scam count
        business count
        independent count
        records count
        first_seen time
        last_seen time
        reasons text -- JSON list: what speaks for it, with points, source and examples
        against text -- JSON list: what speaks against it
        weights text -- version of the weights
        digest text -- changes when the state of the lead changes
    """),
    *watch_tables.ALL,
    table("cuts", "review", "a selector that a person marked as shared or wrong", key="via_kind via", columns="""
        via_kind text
        via text
        because text
    """),
    table("said_same", "review", "a record of a pair that a person called the same", key="pair record_id", columns="""
        pair text
        record_id text
        number count -- of the decision
        because text
    """),
    table("said_apart", "review", "a record of what a person called not the same", key="number piece side record_id", \
columns="""
        number count -- of the decision
        piece count -- a later word on some of the records leaves a decision in pieces
        side count -- no record of side 0 may meet one of side 1
        record_id text
        because text
    """),
    table("watch_list", "review", "a selector that a person waits for", key="kind value", columns="""
        kind text
        value text
        number count -- of the decision
    """),
    *picture_tables.ALL,
)
# fmt: on

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})

RECORDS: Mapping[str, str] = MappingProxyType(  # a record table, and the letter that its ids begin with
    {"posts": "p", "accounts": "a", "payments": "m", "bookings": "b", "pictures": "i", "incidents": "c"}
)

TEXT_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(  # the columns of a record table that finders read
    {
        "posts": ("title", "text", "place_text", "price_text", "account", "url"),
        "accounts": ("handle", "name", "url", "text", "place_text", "phone", "email"),
        "payments": ("payer", "payee", "text", "place_text"),
        "bookings": ("traveller", "payer", "origin_text", "destination_text", "text"),
        "pictures": ("url", "text"),
        "incidents": ("title", "text", "place_text"),
    }
)

SELECTORS: tuple[str, ...] = ("phone", "email", "handle", "url", "domain", "wallet", "bank", "device")
MASKED: tuple[str, ...] = (*SELECTORS, "name")  # kinds of mention that tell who somebody is


def empty(name: str) -> pa.Table:
    """The table `name` with no rows."""
    return TABLES[name].schema.empty_table()
