"""Makes classified ads with a known truth: some cut from templates with slots and noise, the rest each on its own.

Hard on purpose: ads of different hands share stock phrases, some templates are siblings of others, and short lines
are made of few common words. Words are mild, people are invented, phones are of the ranges reserved for fiction.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

COMMON = [
    "the",
    "a",
    "and",
    "to",
    "of",
    "in",
    "for",
    "with",
    "on",
    "at",
    "by",
    "from",
    "your",
    "our",
    "we",
    "you",
    "is",
    "are",
    "be",
    "have",
    "can",
    "will",
    "all",
    "more",
    "new",
    "good",
    "great",
    "garden",
    "house",
    "room",
    "kitchen",
    "table",
    "chair",
    "lamp",
    "window",
    "door",
    "floor",
    "paint",
    "wood",
    "brick",
    "stone",
    "carpet",
    "curtain",
    "shelf",
    "clean",
    "repair",
    "service",
    "offer",
    "quick",
    "friendly",
    "local",
    "reliable",
    "careful",
    "honest",
    "modern",
    "quiet",
    "bright",
    "warm",
    "fresh",
    "today",
    "tomorrow",
    "weekend",
    "morning",
    "evening",
    "daily",
    "weekly",
    "call",
    "visit",
    "ask",
    "book",
    "order",
    "pay",
    "collect",
    "deliver",
    "open",
    "close",
    "price",
    "free",
    "cheap",
    "fair",
    "quality",
    "best",
    "first",
    "last",
    "small",
    "large",
    "family",
    "team",
    "staff",
    "driver",
    "cook",
    "baker",
    "teacher",
    "nurse",
    "city",
    "street",
    "market",
    "station",
    "park",
    "river",
    "bridge",
    "school",
    "office",
    "shop",
    "corner",
    "centre",
    "north",
    "south",
    "east",
    "west",
    "area",
]
FIRST = [
    "Ana",
    "Bela",
    "Carla",
    "Dora",
    "Elena",
    "Fay",
    "Gina",
    "Hana",
    "Ida",
    "Jana",
    "Kim",
    "Lena",
    "Mara",
    "Nora",
    "Olga",
    "Petra",
    "Rosa",
    "Sara",
    "Tina",
    "Vera",
]
TOWNS = [
    "Leeds",
    "York",
    "Derby",
    "Luton",
    "Hull",
    "Poole",
    "Crewe",
    "Truro",
    "Ely",
    "Wells",
    "Bath",
    "Ripon",
    "Salford",
    "Durham",
    "Lincoln",
    "Exeter",
]
SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "ca",
    "ce",
    "co",
    "da",
    "de",
    "do",
    "fa",
    "fe",
    "fi",
    "ga",
    "ge",
    "go",
    "ha",
    "he",
    "hi",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
    "pa",
    "pe",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "wa",
    "we",
    "wi",
]


@dataclass(frozen=True, slots=True)
class World:
    """What the ads are like; shares are of rows, of tokens (`slots`, `noise`) or of templates (`siblings`)."""

    rows: int
    noise: float = 0.0
    seed: int = 1
    words: int = 8000
    templated: float = 0.3
    slots: float = 0.08
    stock: float = 0.15  # rows that carry one to three stock phrases of 4 to 10 words
    short: float = 0.1  # rows that are lines of 2 to 7 common words
    siblings: float = 0.1
    shortest: int = 20
    longest: int = 70
    largest: int = 60
    typos: bool = True
    fillings: int = 20  # names and towns that a slot is filled with
    vocabulary: list[str] = field(default_factory=list)


def ads(world: World) -> tuple[list[str], list[int]]:
    """(texts, truth), shuffled: equal numbers are one template."""
    rng = random.Random(world.seed)
    words = world.vocabulary or vocabulary(rng, world.words)
    phrases = [rng.choices(words, k=rng.randint(4, 10)) for _ in range(40)]
    made: list[tuple[str, int]] = []
    template, earlier = 0, list[list[str]]()
    while len(made) < world.rows * world.templated:
        plan = _plan(rng, words, world, earlier)
        earlier.append(plan)
        for _ in range(min(rng.randint(2, world.largest), int(world.rows * world.templated) - len(made) or 1)):
            tokens = _noisy(rng, [_fill(rng, token, world) for token in plan], words, world)
            made.append((_dressed(rng, _stocked(rng, tokens, phrases, world.stock / 3)), template))
        template += 1
    while len(made) < world.rows:
        template += 1
        if rng.random() < world.short / (1 - world.templated):
            made.append((" ".join(rng.choices(COMMON, k=rng.randint(2, 7))), template))
            continue
        tokens = [
            _fill(rng, t, world) for t in _slotted(rng, rng.choices(words, k=_length(rng, world)), world.slots / 2)
        ]
        made.append((_dressed(rng, _stocked(rng, tokens, phrases, world.stock / (1 - world.templated))), template))
    rng.shuffle(made)
    return [text for text, _ in made], _one_truth(made)


def vocabulary(rng: random.Random, size: int) -> list[str]:
    """`size` different words: the common ones and words of two to four syllables."""
    words = dict.fromkeys(COMMON)
    while len(words) < size:
        words["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))] = None
    return list(words)[:size]


def _one_truth(made: list[tuple[str, int]]) -> list[int]:
    """The same line twice is one text, whoever wrote it: no method that sees only text can tell such copies apart."""
    first: dict[str, int] = {}
    return [first.setdefault(text, number) if len(text.split()) < 8 else number for text, number in made]


def _plan(rng: random.Random, words: list[str], world: World, earlier: list[list[str]]) -> list[str]:
    if earlier and rng.random() < world.siblings:
        plan = list(rng.choice(earlier))
        for place in rng.sample(range(len(plan)), round(0.45 * len(plan))):
            plan[place] = rng.choice(words)
        return plan
    return _slotted(rng, rng.choices(words, k=_length(rng, world)), world.slots)


def _length(rng: random.Random, world: World) -> int:
    return rng.randint(world.shortest, world.longest)


def _slotted(rng: random.Random, tokens: list[str], share: float) -> list[str]:
    return [rng.choice(list(SLOTS)) if rng.random() < share else token for token in tokens]


SLOTS: dict[str, Callable[[random.Random, int], str]] = {
    "{name}": lambda rng, most: rng.choice(FIRST[:most]),
    "{town}": lambda rng, most: rng.choice(TOWNS[:most]),
    "{price}": lambda rng, _most: f"£{rng.randint(2, 90) * 5}",
    "{phone}": lambda rng, _most: rng.choice(
        [f"07700 900{rng.randint(0, 999):03}", f"020 7946 0{rng.randint(0, 999):03}"]
    ),
    "{mail}": lambda rng, _most: f"{rng.choice(FIRST).lower()}{rng.randint(1, 99)}@example.com",
}


def _fill(rng: random.Random, token: str, world: World) -> str:
    return SLOTS[token](rng, world.fillings) if token in SLOTS else token


def _noisy(rng: random.Random, tokens: list[str], words: list[str], world: World) -> list[str]:
    out: list[str] = []
    for token in tokens:
        if rng.random() >= world.noise:
            out.append(token)
            continue
        kind = rng.randrange(4 if world.typos else 3)
        if kind == 0:
            out.append(rng.choice(words))
        elif kind == 1:
            out += [token, rng.choice(words)]
        elif kind == 3:
            at = rng.randrange(len(token))
            out.append(token[:at] + rng.choice("aeiourstn") + token[at + 1 :])
    return out or tokens


def _stocked(rng: random.Random, tokens: list[str], phrases: list[list[str]], share: float) -> list[str]:
    """With one to three stock phrases before or after; together at most half as long as the ad itself."""
    if rng.random() >= share:
        return tokens
    longest = len(tokens) * 1.5
    for _ in range(rng.randint(1, 3)):
        at, phrase = rng.choice((0, len(tokens))), rng.choice(phrases)
        if len(tokens) + len(phrase) <= longest:
            tokens = tokens[:at] + phrase + tokens[at:]
    return tokens


def _dressed(rng: random.Random, tokens: list[str]) -> str:
    """With capitals and full stops, as people write."""
    text, left = [], 0
    for token in tokens:
        text.append(token.capitalize() if left == 0 else token)
        left = rng.randint(5, 12) if left == 0 else left - 1
        if left == 0:
            text[-1] += rng.choice(".!,")
    return " ".join(text)


def pairwise(found: list[int], truth: list[int]) -> tuple[float, float]:
    """(precision, recall) over pairs of texts: of the pairs put together, of the pairs that belong together."""
    both, ours, theirs = (dict[object, int]() for _ in range(3))
    for here, there in zip(found, truth, strict=True):
        both[here, there] = both.get((here, there), 0) + 1
        ours[here] = ours.get(here, 0) + 1
        theirs[there] = theirs.get(there, 0) + 1
    right, put, belong = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, ours, theirs))
    return right / put if put else 1.0, right / belong if belong else 1.0
