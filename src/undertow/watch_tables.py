"""The tables that watching writes: alerts, and what a first look at new records needs to know of the last run."""

from undertow.tabling import table

# fmt: off
ALL = (
    table("alerts", "watch", "something that a run changed and somebody waits for", key="alert_id", columns="""
        alert_id text -- made of kind, subject and what is new: the same fact is one alert
        run text -- that found it
        at time -- when that run began
        kind text
        version int -- of the kind
        subject text -- a lead, a network, or the decision that put a selector on the watch list
        news count
        records text -- JSON list: ids of the records that show it, at most 100
        why text -- a sentence with ids and counts alone
        muted yes_no -- a person had muted this kind on this subject: it was not told
        quick yes_no -- from a first look at what a file brought, before a run over everything
    """),
    table("alert_news", "watch", "something that a first look told", key="fact", columns="""
        fact text -- digest of kind, subject and what is new
        alert_id text
        run text -- the collection whose records show it; empty where the run over them did not find the same
    """),
    table("watch_keys", "watch", "a value that a first look knows a network by", key="first second", columns="""
        first count -- half of a digest of the value, or of a network and a place, site or selector that it has
        second count -- the other half
        network int -- its number; -1: a hub, or cut by a person
        beside yes_no -- a contact, and most records that give it would give another too, with one more that does
    """),
    table("watch_networks", "watch", "a network as a first look knows it", key="network", columns="""
        network int
        network_id text
        records count
        first_record text -- the smallest
        is_lead yes_no
    """),
)
# fmt: on
