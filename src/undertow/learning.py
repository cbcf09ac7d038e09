"""The door to learning: refits the weights to what people judged, says what that changes, and what to judge next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from undertow import plugins
from undertow.assess import calibrate, changes, fitting, heldout, plan, versions, weights, worth
from undertow.assess import run as assess
from undertow.assess.contract import Indicator
from undertow.assess.heldout import Cases
from undertow.errors import UserError
from undertow.evaluate import run as evaluate
from undertow.evaluate.measures.leads import average_precision
from undertow.events import Emit
from undertow.review import judged, proposing, queries
from undertow.review.store import Judgement

if TYPE_CHECKING:
    from undertow.workspace import Workspace

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """On leads that were held out: mean log loss (nats), and average precision, with published and learned weights.

    `gain` is by how much the learned lose less, `error` its standard error over leads. `share_log_loss` is what stating
    the share of confirmed leads for each of them would lose: who loses more knows nothing of these leads.
    """

    published_log_loss: float
    learned_log_loss: float
    published_average_precision: float
    learned_average_precision: float
    share_log_loss: float
    gain: float
    error: float
    better: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """What a refit found. `version` and `path` are empty where none was written, because of `figures` or as asked.

    `points` has a row an indicator whose points changed, `bands` a row a band, which begins at the chance at which it
    began with the published weights, so at another score; `moved` has a row a lead whose band or rank changed, the most
    first; `dropped` and `added` are leads of only one of the two, where the file that learning starts from is another
    than the one that the weights in use were learned from.
    """

    source: str
    judged: int
    confirmed: int
    left_out: Mapping[str, int]
    before: str
    base: str
    figures: Figures
    points: Sequence[Row]
    bands: Sequence[Row]
    moved: Sequence[Row]
    dropped: Sequence[Row]
    added: Sequence[Row]
    version: str = ""
    path: str = ""
    used: bool = False


@dataclass(frozen=True, slots=True)
class _Answers:
    """Networks with their answer, where these come from, and how many judged leads had to be left out, by reason."""

    source: str
    networks: Mapping[str, bool]
    left_out: Mapping[str, int]


def judge(workspace: "Workspace", lead_id: str, answer: str, **said: Any) -> Judgement:
    """Keeps a judgement on the lead with the records that it holds now; `said` goes on to `Store.judge`."""
    if answer == "undo":
        return workspace.decisions.judge_lead(lead_id, answer, (), **said)
    lead = workspace.lead(lead_id)
    records = queries.members(workspace.ask, lead["network_id"])["record_id"].to_pylist()
    return workspace.decisions.judge_lead(lead["lead_id"], answer, records, **said)


def answers(workspace: "Workspace") -> judged.Judged:
    """What judgements say of the current networks."""
    judgements, records = workspace.decisions.judgements(), workspace.decisions.records()
    if not records:
        return judged.Judged({}, (), ())
    return judged.standing(judgements, records, workspace.ask("SELECT network_id, record_id FROM network_members"))


def propose(workspace: "Workspace") -> proposing.Proposal | None:
    """The lead whose answer would teach most; None where none is left."""
    stands = answers(workspace)
    return proposing.propose(workspace.leads(), stands.leads, stands.networks)


def learn(workspace: "Workspace", truth: Path | None, *, anyway: bool, dry_run: bool, emit: Emit) -> Learned:
    """Refits the weights; writes a new version where it does better on held-out leads, or `anyway`.

    Raises `UserError` where too little is judged.
    """
    setting = workspace.settings.assess.weights
    start, current = versions.base(workspace.root, setting), weights.load(versions.chosen(workspace.root, setting))
    published, asked = weights.as_published(weights.load(start)), _answers(workspace, truth)
    _enough(asked.networks)  # before the indicators are asked, which takes a while
    with workspace.reading(emit) as engine:
        held = assess.tallied(engine, plugins.load(assess.FOLDER, Indicator), emit)
    found, made = _learned(held, current, published, asked)
    if dry_run or not (found.figures.better or anyway):
        return found
    version = versions.write(workspace.root, start, made, _said(found))
    used = versions.chosen(workspace.root, setting) == version.path
    return replace(found, version=version.name, path=str(version.path), used=used)


def _learned(
    held: assess.Tallied, current: weights.Weights, published: weights.Weights, asked: _Answers
) -> tuple[Learned, weights.Weights]:
    """What a refit finds against the weights in use, and the weights that it makes."""
    asked = _on_leads(asked, set(assess.leads_by(held, published)["network_id"].to_pylist()))
    cases = _cases(held, published, asked.networks)
    made = _fitted(cases, published, asked.source)
    found = Learned(
        asked.source,
        len(cases.networks),
        int(cases.organised.sum()),
        asked.left_out,
        current.version,
        published.version,
        compare(cases),
        _points(cases, made),
        _bands(made),
        *changes.between(assess.leads_by(held, current), assess.leads_by(held, made), made),
    )
    return found, made


def compare(cases: Cases) -> Figures:
    """Published and learned weights on cases that neither has seen."""
    tried = heldout.tried(cases, plan.load())
    losses = [_log_loss(chances, cases.organised) for chances in (tried.published, tried.learned)]
    ranks = [round(_average_precision(chances, cases.organised), 4) for chances in (tried.published, tried.learned)]
    gain = losses[0] - losses[1]
    mean, error = float(gain.mean()), float(gain.std() / np.sqrt(len(gain)))
    share = float(cases.organised.mean())
    nothing = -share * np.log(share) - (1 - share) * np.log(1 - share)
    loss = [round(float(one), 4) for one in (losses[0].mean(), losses[1].mean(), nothing)]
    better = mean > plan.load().margin * error and ranks[1] >= ranks[0] and loss[1] < loss[2]
    told = {"share_log_loss": loss[2], "gain": round(mean, 4), "error": round(error, 4)}
    return Figures(loss[0], loss[1], ranks[0], ranks[1], **told, better=better)


def _log_loss(chances: fitting.Floats, organised: worth.Flags) -> fitting.Floats:
    """Of every case, averaged over repeats."""
    made: fitting.Floats = -np.log(np.where(organised, chances, 1 - chances)).mean(axis=0)
    return made


def _average_precision(chances: fitting.Floats, organised: worth.Flags) -> float:
    ranked = [organised[np.argsort(-row, kind="stable")] for row in chances]
    return float(np.mean([average_precision(row) for row in ranked]))


def _answers(workspace: "Workspace", truth: Path | None) -> _Answers:
    if truth:
        about, networks = evaluate.organised(workspace.catalogue, truth)
        return _Answers(f"the truth {about.truth[:12]}", networks, {})
    stands = answers(workspace)
    left = {"records no longer together": len(stands.adrift)} if stands.adrift else {}
    return _Answers("decisions of this workspace", stands.networks, left)


def _on_leads(asked: _Answers, leads: Collection[str]) -> _Answers:
    """The answers on networks that are leads: those are what a person sees."""
    mine = {name: answer for name, answer in asked.networks.items() if name in leads}
    others = len(asked.networks) - len(mine)
    left = {"no lead": others} if others else {}
    return replace(asked, networks=mine, left_out={**asked.left_out, **left})


def _enough(answers: Mapping[str, bool]) -> None:
    needs, yes = plan.load(), sum(answers.values())
    if len(answers) < needs.judged or min(yes, len(answers) - yes) < needs.of_each:
        hint = f"{needs.judged} are needed, {needs.of_each} of either kind; `undertow next` names one to judge"
        raise UserError(
            f"too few judged leads to learn from: {yes} confirmed, {len(answers) - yes} rejected", hint=hint
        )


def _cases(held: assess.Tallied, published: weights.Weights, answers: Mapping[str, bool]) -> Cases:
    _enough(answers)
    rules = assess.rules_by(held, published)
    names = held.found.networks["network_id"].to_pylist()
    judged_ = [(at, answers[name]) for at, name in enumerate(names) if name in answers]
    networks, organised = (np.array(column) for column in zip(*judged_, strict=True))
    return Cases.of(rules, worth.pairs(rules, held.counted, held.found.networks), networks, organised)


def _fitted(cases: Cases, published: weights.Weights, source: str) -> weights.Weights:
    everything = np.arange(len(cases.networks))
    learned = cases.learned(everything, plan.load().prior)
    crossed = heldout.crossed(cases, everything, plan.load())
    on = f"{source}: {len(everything)} leads, {int(cases.organised.sum())} of them true"
    curve = calibrate.fit(crossed.tolist(), cases.organised.tolist(), on)
    made = fitting.with_points(published, [one.name for one in cases.rules.indicators], learned)
    points = {name: made.points[name] for name in published.points}  # of what has no weight there is none to learn
    own = calibrate.fit(cases.scores(cases.published()).tolist(), cases.organised.tolist(), on)
    return replace(made, points=points, calibration=curve, bands=calibrate.bands(published.bands, own, curve))


def _points(cases: Cases, made: weights.Weights) -> list[Row]:
    shown = (cases.design.share > 0).sum(axis=0).tolist()
    rows = [
        {
            "indicator": one.name,
            "published": cases.rules.weights.points[one.name],
            "learned": made.points[one.name],
            "judged_leads": count,
        }
        for one, count in zip(cases.rules.indicators, shown, strict=True)
        if one.name in made.points
    ]
    changed = [row for row in rows if row["published"] != row["learned"]]
    return sorted(changed, key=lambda row: (-abs(row["learned"] - row["published"]), row["indicator"]))


def _bands(made: weights.Weights) -> list[Row]:
    pairs = zip(made.published_bands[:-1], made.bands, strict=False)  # the last is for all that is left
    return [{"band": name, "published": own, "learned": least} for (own, name), (least, _) in pairs]


def _said(found: Learned) -> dict[str, str | int | float]:
    """What a version's file says of how it came about."""
    figures = found.figures
    return {
        "from": found.source,
        "judged": found.judged,
        "confirmed": found.confirmed,
        "better": "yes" if figures.better else "no",
        "published_log_loss": figures.published_log_loss,
        "learned_log_loss": figures.learned_log_loss,
        "share_log_loss": figures.share_log_loss,
        "published_average_precision": figures.published_average_precision,
        "learned_average_precision": figures.learned_average_precision,
    }
