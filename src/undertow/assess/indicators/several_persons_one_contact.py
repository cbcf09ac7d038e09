"""One contact for several people."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL, with_one_contact
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="several_persons_one_contact",
    version=1,
    says="One contact stands beside three or more different ages, so it serves several people.",
    source=(
        "NEAT (ACL 2022) and T-Net (AAAI 2024), labelling functions: persons a cluster; FinCEN FIN-2020-A008, "
        "behavioural indicator 1: a third party speaks for them"
    ),
    grade="study",
    speaks_to=frozenset({"means", "purpose"}),
    family="control",
    harmless="pairs, groups and agencies share a telephone; one person gives several ages; guests' ages are read",
    sql=with_one_contact(
        f"""SELECT c.network_id, c.kind, c.value, c.record_id, a.value AS thing
            FROM network_contacts AS c
            JOIN network_values AS a ON a.network_id = c.network_id AND a.record_id = c.record_id AND a.kind = 'age'
            WHERE c.kind IN {PERSONAL}""",
        least=3,
        why="stands beside {n} different ages",
    ),
    scope="network",
    given=scene(Post(contacts=NUMBER, ages=["22"]), Post(contacts=NUMBER, ages=["24", "31"])),
    expect=[
        ("n1", "p1", "this contact stands beside 3 different ages"),
        ("n1", "p2", "this contact stands beside 3 different ages"),
    ],
    given_harmless=scene(Post(contacts=NUMBER, ages=["29"]), Post(contacts=NUMBER, ages=["30"])),
)
