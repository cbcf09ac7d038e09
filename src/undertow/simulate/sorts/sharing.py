"""Adults who advertise alone and share a driver, a flat or a telephone: what they share does not make them one."""

from collections.abc import Iterator

from undertow.simulate.advertising import advertise, advertiser
from undertow.simulate.contract import Sort
from undertow.simulate.drafts import Draft, Span
from undertow.simulate.scene import Scene

NAME = "sharing"


def live(scene: Scene) -> Iterator[Draft]:
    """A few friends; some give the number that they share as the second one."""
    town = scene.town()
    shared = scene.phone(town.country)
    for _ in range(scene.between(NAME, "friends")):
        she = advertiser(scene, scene.who(NAME, "advertiser"), [town])
        she.contact.second = shared
        for draft in advertise(scene, she, scene.between(NAME, "ads")):
            if draft.table == "posts" and shared and scene.happens(scene.habit(NAME, "gives_shared")):
                _add(draft, scene.pick(("driver", "taxi", "flat", "front desk")) + ": ", shared.e164)
            yield draft


def _add(draft: Draft, line: str, shared: str) -> None:
    """A line of its own with the number that the friends share, as they add it."""
    text = draft.fields["text"]
    start = len(text) + 1 + len(line)
    draft.fields = draft.fields | {"text": f"{text}\n{line}{shared}"}
    draft.spans = [*draft.spans, Span("text", "phone", shared, start, start + len(shared), "plain")]


SORT = Sort(name=NAME, live=live)
