"""One contact, many accounts."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL, with_one_contact
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="shared_contact_across_accounts",
    version=2,
    says="The same contact stands in the posts of three or more accounts.",
    source="FinCEN FIN-2020-A008, financial indicator 6: shared telephone, e-mail or handle; TrafficVis (VIS 2022)",
    grade="official",
    speaks_to=frozenset({"means"}),
    family="spread",
    harmless="agencies, dispatchers and friends share a telephone too; one person opens several accounts",
    sql=with_one_contact(
        f"""SELECT network_id, kind, value, record_id, alias AS thing FROM network_contacts
            WHERE alias <> '' AND kind IN {PERSONAL}""",
        least=3,
        why="stands in the posts of {n} accounts",
    ),
    scope="network",
    given=scene(*(Post(account=name, contacts=NUMBER) for name in ("ana", "ben", "cora"))),
    expect=[("n1", record, "this contact stands in the posts of 3 accounts") for record in ("p1", "p2", "p3")],
    given_harmless=scene(*(Post(account=name, contacts=NUMBER) for name in ("ana", "ben", "ana", ""))),
)
