"""Which post shows which picture: attached to it, named by it, or found at its address."""

from undertow.engine.base import Engine

TABLE = "pictures_shown"

# A path means the file of the same collection, where one alone lay there; an address means the picture found there.
_SQL = """
SELECT post_id, picture_id, MIN(because) AS because FROM (
    SELECT post_id, picture_id, 'attached' AS because FROM media WHERE picture_id <> ''
    UNION ALL
    SELECT m.post_id, r.picture_id, 'named' AS because FROM media AS m
    JOIN (
        SELECT collection, place, MIN(picture_id) AS picture_id FROM received
        GROUP BY collection, place HAVING COUNT(DISTINCT picture_id) = 1
    ) AS r ON r.collection = m.collection AND r.place = m.place
    WHERE m.picture_id = ''
    UNION ALL
    SELECT m.post_id, i.picture_id, 'named' AS because FROM media AS m
    JOIN pictures AS i ON i.url = m.place
    WHERE m.picture_id = '' AND i.url <> ''
    UNION ALL
    SELECT p.post_id, i.picture_id, 'found at its address' AS because FROM pictures AS i
    JOIN posts AS p ON p.url = CASE WHEN i.post <> '' THEN i.post ELSE i.url END
    WHERE p.url <> ''
) AS found
GROUP BY post_id, picture_id
"""


def run(engine: Engine) -> None:
    """Reads `media`, `received`, `pictures` and `posts`; writes `pictures_shown`."""
    engine.write(TABLE, engine.query(_SQL))
