"""The tables that stages read and write: the whole contract between them, as Arrow schemas.

Times are UTC with the text as found beside them; money keeps amount and currency. Ids come from `undertow.ids`.
A machine table can be deleted and made again; what must be backed up is named in the guide on workspaces.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from undertow.declaring import Table
from undertow.declaring import table as _table
from undertow.watched import WATCH

# fmt: off
_ALL = (
    _table("originals", "collect", "a file received", key="original_id", columns="""
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
    _table("posts", "collect", "a post: ad, social post, message, job offer, review", key="post_id", columns="""
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
    _table("accounts", "collect", "an account on a site", key="account_id", columns="""
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
    _table("payments", "collect", "a payment", key="payment_id", columns="""
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
    _table("bookings", "collect", "a journey or a room booked", key="booking_id", columns="""
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
    _table("pictures", "collect", "a picture, by its hashes or its file", key="picture_id", columns="""
        picture_id text
        original_id text -- the file it was read from
        position text -- where in that file
        site text
        post text
        account text
        url text
        sha256 text
        md5 text
        pdq text -- 64 hex digits, of the picture as it is to be seen
        quality int -- of that hash, 0 to 100; below 50 it says nothing; null where a list does not say
        pipeline text -- what made that hash; empty where a list does not say
        faces text -- JSON list: its looks (whole, without its bars, frames), each with the hashes of its 8 orientations
        width int
        height int
        taken_at time
        taken_text text
        text text
        extra text -- JSON object of what no other column took
    """),
    _table("incidents", "collect", "a case or report that someone else recorded", key="incident_id", columns="""
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
    _table("rejects", "collect", "what could not be read", key="original_id position stage reason", columns="""
        original_id text
        position text
        stage text
        reason text
        excerpt text
    """),
    _table("mentions", "extract", "a value found in a record", key="record_id field start kind value", columns="""
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
    _table("templates", "match", "text that a group of posts was made from", key="template_id", columns="""
        template_id text
        pattern text -- JSON list of {"text": ...} and {"slot": number}
        posts count
        accounts count
        sites count
        first_seen time
        last_seen time
        saving count -- bits of description length that it saves
    """),
    _table("picture_matches", "match", "a picture that is the same as another", key="picture_id", columns="""
        picture_id text
        same_as text -- the picture of its group that the others are compared with; itself for that one
        distance int -- bits between the nearest looks of the two
        method text -- pdq or sha256: what says so
        orientation text -- how this picture is to be laid to be like the other
        pipeline text -- what made the hashes of this one, then of the other where that is another
    """),
    _table("template_posts", "match", "a post's place in a template", key="template_id post_id", columns="""
        template_id text
        post_id text
        similarity share -- of the constant text that the post holds
        slots text -- JSON list of [slot, start, end] in the post's text as received
    """),
    _table("list_entries", "collect", "a hash on a hash list", key="list_id list_version algorithm value", columns="""
        list_id text
        list_version text -- number of the version, and the beginning of the sha256 of its last file
        entry_id text -- the source's own, else made of the hash
        algorithm text -- pdq, md5, sha1, sha256 or sha512
        value text -- hex, small letters
        quality int -- of a PDQ hash, 0 to 100; -1 where the list does not say
        label text -- what the source calls it
        disputed yes_no -- a member of the exchange disagrees
        expires_at time -- when the source lets it end
        original_id text -- the file it was read from
        position text -- where in that file
    """),
    _table("list_hits", "match", "a picture on a hash list: a lead for a person, no verdict", key="hit_id", columns="""
        hit_id text -- made of picture, list and entry: the same in every run and version
        picture_id text
        list_id text
        list_version text
        entry_id text
        algorithm text
        distance count -- bits that differ; 0 for hashes that are compared exactly
        orientation text -- how the picture was turned where it was most alike; empty where it was not turned
        method text -- hamming or equal
        label text -- what the source calls the entry
        disputed yes_no -- a member of the exchange disagrees
        state text -- open; held: more hits than the list was measured to give; outweighed: known to be harmless
        because text -- of a state that is not open
    """),
    _table("ties", "link", "a record and something it shares", key="record_id via_kind via", columns="""
        record_id text
        via_kind text
        via text
        weight count -- thousandths of a nat: the rarer the heavier
        records count -- how many records share it
        capped yes_no -- a hub, or cut by a person: it holds nothing together
    """),
    _table("hubs", "link", "something shared by too many, or cut by a person", key="via_kind via", columns="""
        via_kind text
        via text
        records count
        templates count
        accounts count
        places count
        why text
    """),
    _table("networks", "link", "what ties hold together", key="network_id", columns="""
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
    _table("network_members", "link", "a record in a network", key="network_id record_id", columns="""
        network_id text
        record_id text
        from_record text -- the strongest step in comes from this record; empty for the first
        via_kind text
        via text
        weight count
        why text
    """),
    _table("lineage", "link", "what became of an earlier network", key="network_id from_network_id", columns="""
        network_id text
        from_network_id text
        event text -- grew, shrank, merged or split; ended, where no network holds two of its records
        records count -- that came along
    """),
    _table("brokers", "link", "a node that joins parts of a network", key="network_id node_kind node", columns="""
        network_id text
        node_kind text
        node text
        reach count -- voices on its two most organised sides, multiplied; 0: no account or contact
        score count -- pairs of records that would no longer meet
        parts count
        largest_part count
        apart text -- what would come apart, in words
    """),
    _table("signals", "assess", "a sign on a subject", key="subject_id indicator record_id field start", columns="""
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
    _table("leads", "assess", "what an analyst should open next", key="lead_id", columns="""
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
    *WATCH,
    _table("cuts", "review", "a selector that a person marked as shared or wrong", key="via_kind via", columns="""
        via_kind text
        via text
        because text
    """),
    _table("lists_in_force", "review", "a hash list that a person switched on", key="list_id", columns="""
        list_id text
        list_version text
        distance count -- bits that may differ for PDQ
        harmless yes_no -- what is on it is known to be harmless, and outweighs other lists
        pictures count -- that its rate was measured on
        expected share -- hits a picture: what was seen when it was measured, and what chance may add
        as_of time -- entries that ended before are passed over
    """),
    _table("watch_list", "review", "a selector that a person waits for", key="kind value", columns="""
        kind text
        value text
        number count -- of the decision
    """),
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
