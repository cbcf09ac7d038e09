"""The tables of pictures and of hash lists; see `undertow.tables`."""

from undertow.tabling import table

# fmt: off
ALL = (
    table("pictures", "collect", "a picture, by its hashes or its file", key="picture_id", columns="""
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
        nearby text -- JSON list of pairs: what was done to it (cropped or turned a little), and its hash then
        width int
        height int
        taken_at time
        taken_text text
        text text
        extra text -- JSON object of what no other column took
    """),
    table("media", "collect", "a picture that a post shows, by what the post calls it", key="post_id place", columns="""
        post_id text
        name text -- as the source gives it: a path, an address, the name of an attachment
        place text -- the path below the folder that was collected, or the whole address
        collection text -- when it was collected: a path means a file of the same collection
        picture_id text -- where the picture is a part of the same file; else empty
    """),
    table("received", "collect", "a picture file of a collection", key="collection place picture_id", columns="""
        collection text
        place text -- its path below the folder that was collected; of an archive's member with the archive's
        picture_id text
    """),
    table("pictures_shown", "match", "a post and a picture that it shows", key="post_id picture_id", columns="""
        post_id text
        picture_id text
        because text -- attached; named, as a file or an address; found at the post's address
    """),
    table("picture_matches", "match", "a picture that is the same as another", key="picture_id", columns="""
        picture_id text
        same_as text -- the picture of its group that the others are compared with; itself for that one
        distance int -- bits between the nearest looks of the two
        method text -- sha256, pdq, or pdq nearby: alike once the one or both are cropped or turned a little
        orientation text -- how this picture is to be laid to be like the other
        pipeline text -- what made the hashes of this one, then of the other where that is another
        seconds share -- of a video: where in it, in seconds, it is like the other; empty for a still picture
        same_seconds share -- where in the other, where that is a video
    """),
    table("list_entries", "collect", "a hash on a hash list", key="list_id list_version algorithm value", columns="""
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
    table("list_hits", "match", "a picture on a hash list: a lead for a person, no verdict", key="hit_id", columns="""
        hit_id text -- made of picture, list and entry: the same in every run and version
        picture_id text
        list_id text
        list_version text
        entry_id text
        algorithm text
        distance count -- bits that differ; 0 for hashes that are compared exactly
        orientation text -- which look, turned how, was most alike (without its bars, mirrored); empty: as it is
        method text -- hamming or equal
        label text -- what the source calls the entry
        disputed yes_no -- a member of the exchange disagrees
        state text -- open; held: more hits than the list was measured to give; outweighed: known to be harmless
        because text -- of a state that is not open
    """),
    table("hits_answered", "review", "what a person said of a hit on a hash list", key="hit_id", columns="""
        hit_id text
        answer text -- confirm or reject
    """),
    table("lists_in_force", "review", "a hash list that a person switched on", key="list_id", columns="""
        list_id text
        list_version text
        distance count -- bits that may differ for PDQ
        harmless yes_no -- what is on it is known to be harmless, and outweighs other lists
        pictures count -- that its rate was measured on
        expected share -- hits a picture: what was seen when it was measured, and what chance may add
        as_of time -- entries that ended before are passed over
    """),
)
# fmt: on
