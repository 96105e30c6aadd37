"""The steps of the demo, each with what a person sees of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from pactdesk.calendars.china import load_china
from pactdesk.cli.commands.explain_ import explain_bundled_line
from pactdesk.cli.commands.fill_ import fill_draft
from pactdesk.cli.commands.read_ import read_paper, reading_view
from pactdesk.cli.commands.settle_ import StatementFiles, write_statement
from pactdesk.cli.commands.simulate_ import DEFAULT_SEED, simulate_month
from pactdesk.cli.demo.cheating import embellished, with_one_byte_changed
from pactdesk.cli.files import write_whole
from pactdesk.cli.folding import folded
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import progress, terminal_of
from pactdesk.cli.views.plots import plot_files, terminal_plots
from pactdesk.cli.views.statement import levels_view, statement_view
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.checkpoints import to_checkpoint_record
from pactdesk.core.facts.kinds import Party
from pactdesk.core.facts.log import days_between, seal_through
from pactdesk.core.settle.month import settled_month
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.gateways.bundle import read_bundle, write_bundle
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.simulate.scenario import Scenario
from pactverify import Report, verify

MONTH = Period.month("2026-10")
SEALED_THROUGH = date(2026, 11, 5)
CLIENT_RECEIVED = date(2026, 10, 15)
"""The day of the checkpoint that the client keeps from before."""


class DemoContradicted(PactError):
    """The verifier's answer to `check` is not the one that the demo promises."""


@dataclass(slots=True)
class Demo:
    """One run; each step leaves its files in `folder` for the next."""

    folder: Path
    screen: Console

    def run(self) -> None:
        """Everything, in order."""
        self.screen.print(Padding(Text(words("demo.welcome"), style="bold"), (1, 0, 0, 0)))
        contract = self._filled(self._read())
        log = self._simulated(contract)
        key = self._sealed(log)
        statement, made = self._settled(contract, log, key)
        self._explained(statement, made)
        self._verified(contract, log, made)
        self._closing(made)

    def _step(self, number: int, name: str) -> None:
        self.screen.print()
        title = f"[bold cyan]{number}[/] [bold]{escape(words(f'demo.{name}.title'))}[/]"
        self.screen.print(Rule(title, align="left", style="dim"))
        self.screen.print(Text(folded(words(f"demo.{name}.says"), self.screen.width), style="dim"))

    def _read(self) -> Contract:
        self._step(1, "read")
        paper = self._sample("outsourcing.docx")
        reading = read_paper(paper)
        write_whole(self.folder / "terms.draft.yaml", contract_to_yaml(reading.contract))
        reading_view(reading, self.screen)
        return reading.contract

    def _filled(self, draft: Contract) -> Contract:
        self._step(2, "fill")
        answers = self._sample("outsourcing.answers.yaml")
        self.screen.print(Padding(Text(answers.read_text("utf-8").rstrip(), style="green"), (1, 4)))
        contract = fill_draft(draft, answers).completed()
        write_whole(self.folder / "terms.yaml", contract_to_yaml(contract))
        self.screen.print(Text("  " + words("blanks.none"), style="green"))
        return contract

    def _simulated(self, contract: Contract) -> FileLog:
        self._step(3, "simulate")
        folder = self.folder / "log"
        with progress(words("simulate.progress")) as on:
            report = simulate_month(
                contract, folder, MONTH, scenario=Scenario(), seed=DEFAULT_SEED, on=on
            )
        log = FileLog(folder)
        done = {"added": report.added, "duplicates": report.duplicates}
        done |= {"conflicts": len(report.conflicts), "refused": len(report.refused)}
        self.screen.print(words("simulate.done", folder=folder, **done))
        return log

    def _sealed(self, log: FileLog) -> SigningKey:
        self._step(4, "seal")
        key = SigningKey.from_seed("pactdesk demo: provider", Party.PROVIDER, demo=True)
        TrustedKeys([key.public]).save(self.folder / "keys.json")
        days = days_between(log.days()[0], SEALED_THROUGH)
        with progress(words("demo.seal.progress"), len(days)) as on:
            for done, day in enumerate(days, 1):
                seal_through(log, day, key)
                on(done, len(days))
        chain = log.checkpoints()
        kept = next(each for each in chain if each.body.day == CLIENT_RECEIVED)
        write_whole(self._kept, canonical_json(to_checkpoint_record(kept)) + b"\n")
        last = chain[-1].body
        facts = sum(each.body.day_size for each in chain)
        first = chain[0].body.day
        self.screen.print(
            words(
                "seal.done",
                days=len(chain),
                facts=facts,
                first=first,
                last=last.day,
                root=last.log_root,
            )
        )
        return key

    def _settled(
        self, contract: Contract, log: FileLog, key: SigningKey
    ) -> tuple[Statement, StatementFiles]:
        self._step(5, "settle")
        statement = settled_month(contract, log, load_china(), MONTH)
        levels = statement.measured.levels
        levels_view(contract, levels, statement.assessed, self.screen)
        calendar = load_china()
        drawn = terminal_plots(
            contract, levels, statement.assessed, MONTH, calendar, terminal_of(self.screen)
        )
        for plot in drawn:
            self.screen.print(Text.from_ansi(plot))
        statement_view(contract, statement, self.screen)
        for name, image in plot_files(contract, levels, MONTH, calendar):
            write_whole(self.folder / "plots" / name, image)
        made = write_statement(contract, statement, log, TrustedKeys([key.public]), self.folder)
        return statement, made

    def _explained(self, statement: Statement, made: StatementFiles) -> None:
        self._step(6, "explain")
        chosen = min(statement.lines, key=lambda line: line.amount.fen)
        explained = explain_bundled_line(read_bundle(made.bundle), chosen.number)
        prose = folded(explained.prose(LANGUAGE), self.screen.width - 4, indent="    ")
        self.screen.print(Text(f"\n{prose}"))

    def _verified(self, contract: Contract, log: FileLog, made: StatementFiles) -> None:
        self._step(7, "verify")
        trust, since = self.folder / "keys.json", self._kept
        self._check("genuine", verify(made.bundle, trust=trust, since=since), expected=True)
        copy = self.folder / "one-byte-changed.pactbundle"
        with_one_byte_changed(made.bundle, copy)
        self._check("changed", verify(copy, trust=trust, since=since), expected=False)
        forged, forged_trust = self._forged(contract, log)
        self._check("forged", verify(forged, trust=trust, since=since), expected=False)
        self._check(
            "forged_trusted", verify(forged, trust=forged_trust, since=since), expected=False
        )

    def _check(self, name: str, report: Report, *, expected: bool) -> None:
        passed = report.ok and report.authentic
        said = words("demo.verify.passed" if passed else "demo.verify.refused")
        mark = Text(f"  {said}  ", style="bold green" if passed else "bold red")
        mark.append(words(f"demo.verify.{name}"), style="bold")
        self.screen.print(mark)
        for failure in report.failures[:1]:
            self.screen.print(Padding(Text(report.said(failure, LANGUAGE), style="dim"), (0, 8)))
        if passed is not expected:
            raise DemoContradicted(check=name)

    def _forged(self, contract: Contract, log: FileLog) -> tuple[Path, Path]:
        """A consistent history with quick replies, sealed with fresh keys."""
        folder = self.folder / "forged"
        forged = FileLog.create(folder / "log", contract.contract_id, contract.zone)
        forged.record(embellished(log.facts(contract.contract_id)))
        key = SigningKey.from_seed("pactdesk demo: forger", Party.PROVIDER, demo=True)
        TrustedKeys([key.public]).save(folder / "keys.json")
        seal_through(forged, SEALED_THROUGH, key)
        plain, keys = (
            settled_month(contract, forged, load_china(), MONTH).to_plain(),
            TrustedKeys([key.public]),
        )
        bundle = folder / "forged.pactbundle"
        write_bundle(bundle, contract, load_china(), plain, forged, keys)
        return bundle, folder / "keys.json"

    def _closing(self, made: StatementFiles) -> None:
        self.screen.print()
        self.screen.print(Rule(words("demo.closing.title"), align="left", style="dim"))
        rows = {
            "pdf": made.pdf, "json": made.json, "bundle": made.bundle,
            "plots": self.folder / "plots", "terms": self.folder / "terms.yaml",
        }  # fmt: skip
        for name, path in rows.items():
            self.screen.print(
                Text(f"  {words(f'demo.closing.{name}')}  ").append(str(path), "cyan")
            )
        bundle, trust = made.bundle, self.folder / "keys.json"
        self.screen.print(words("demo.closing.next"))
        run = ".venv/bin/pactdesk"
        for line in (
            f"{run} explain {bundle} --line 1",
            f"{run} verify {bundle} --trust {trust} --since {self._kept}",
            f"{run} lint {self.folder / 'outsourcing.docx'}",
            f"{run} --help",
        ):
            self.screen.print(Text(f"    {line}", style="cyan"), soft_wrap=True)

    @property
    def _kept(self) -> Path:
        return self.folder / "last-checkpoint.json"

    def _sample(self, name: str) -> Path:
        with as_file(files("pactdesk.samples") / name) as sample:
            return Path(shutil.copy(sample, self.folder / name))
