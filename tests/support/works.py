"""Work, documents, expenses and deposits, told by short words."""

from __future__ import annotations

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold
from pactdesk.core.facts.families.works import IncidentHappened, WorkTold
from pactdesk.core.facts.kinds import InvoiceReceived
from pactdesk.core.facts.names import ContractEvent, DepositEvent, ExpenseEvent, Party, WorkEvent
from pactdesk.core.settle.statement import Statement
from pactdesk.core.units.money import total
from tests.support.facts import Book, When

RECEIPT = "ab" * 32


def of_clause(statement: Statement, clause: str) -> str:
    """All lines of a clause together: those of the days after the term are lines of their own."""
    return str(total(line.amount for line in statement.lines if line.clause == clause))


class WorkBook(Book):
    """A book that also tells what fees for work, expenses and deposits look at."""

    def work(self, item: str, *told: tuple[str, When]) -> WorkBook:
        """What became of an item: ("done", "2026-10-09"), ("invoice", …), in any order."""
        for event, when in told:
            detail = (
                InvoiceReceived(item) if event == "invoice" else WorkTold(item, WorkEvent(event))
            )
            self.told(_at(when), detail)
        return self

    def ready(self, item: str, when: When) -> WorkBook:
        """Done, accepted and invoiced at once."""
        return self.work(item, ("done", when), ("accepted", when), ("invoice", when))

    def step(
        self, event: str, when: When, *, until: str | None = None, by: str | None = None
    ) -> WorkBook:
        """A step in the life of the contract."""
        party = Party(by) if by else None
        self.told(_at(when), ContractStep(ContractEvent(event), party, until=until))
        return self

    def expense(
        self,
        name: str,
        when: When,
        fen: int,
        category: str = "travel",
        *,
        event: str = "approved",
        receipt: str | None = RECEIPT,
    ) -> WorkBook:
        """An expense that was claimed, approved or refused."""
        self.told(_at(when), ExpenseTold(name, ExpenseEvent(event), category, fen, receipt))
        return self

    def deposit(self, event: str, when: When, fen: int, clause: str = "deposit-1") -> WorkBook:
        """A deposit that was paid, returned or forfeited."""
        self.told(_at(when), DepositMoved(clause, DepositEvent(event), fen))
        return self

    def incident(
        self, what: str, when: When, *, by: str = "client", agreed: bool = True
    ) -> WorkBook:
        """An incident; one that both parties agreed to, or only the provider told."""
        parties = tuple(Party) if agreed else (Party.PROVIDER,)
        self.told(_at(when), IncidentHappened(f"i-{what}", what, Party(by), 1, parties))
        return self


def _at(when: When) -> When:
    """A day alone is its noon."""
    return f"{when} 12:00" if isinstance(when, str) and " " not in when else when
