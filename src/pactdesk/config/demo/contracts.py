"""The two contracts of the demo: one read from its paper, one in another type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

from pactdesk.apps.contracts.values import Paper
from pactdesk.cli.commands.fill_ import fill_draft
from pactdesk.cli.commands.read_ import read_paper
from pactdesk.config.demo.people import BAITA, QINGHE
from pactdesk.core.facts.kinds import Channel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_yaml
from pactdesk.simulate.scenario import Scenario

PAPER, ANSWERS = "outsourcing.docx", "outsourcing.answers.yaml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contract of the demo with a client, and how the desk does under it.

    shop  what the merchant's demo shop is called in its address
    seed  what its months are simulated from
    """

    client: str
    shop: str
    contract: Contract
    scenario: Scenario
    seed: int
    papers: tuple[Paper, ...] = ()


def agreed_contracts() -> tuple[Agreed, ...]:
    """青禾's, read from the sample paper as in the story; 白塔's, from terms."""
    return _qinghe(), _baita()


def _qinghe() -> Agreed:
    samples = files("pactdesk.samples")
    with as_file(samples / PAPER) as paper, as_file(samples / ANSWERS) as answers:
        contract = fill_draft(read_paper(Path(paper)).contract, Path(answers)).completed()
        kept = Paper(name=PAPER, content=Path(paper).read_bytes(), media_type=DOCX)
    return Agreed(QINGHE, "qinghe", contract, Scenario(), 7, (kept,))


def _baita() -> Agreed:
    text = files("pactdesk.config.demo").joinpath("service.yaml").read_text("utf-8")
    usual = Scenario()
    chat = next(each for each in usual.demand if each.channel is Channel.CHAT)
    scenario = replace(
        usual,
        demand=(replace(chat, per_day=46),),
        promotions=(),
    )
    return Agreed(BAITA, "baita", contract_from_yaml(text, "service.yaml"), scenario, 11)
