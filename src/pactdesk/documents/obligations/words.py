"""What each side owes, said in one language: who, what, by when, under which clause, and then."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.core.settle.obligations.evaluations import is_due_named
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State
from pactdesk.core.settle.obligations.requests import instance_in
from pactdesk.core.terms.clauses.duty import Duty
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.money import Money
from pactdesk.documents.explain.names import Names
from pactdesk.documents.term_words import TermWords
from pactdesk.messages.catalogue import Language, has_text, text


@dataclass(frozen=True, slots=True)
class ObligationWords:
    """The words for one contract's obligations."""

    contract: Contract
    language: Language

    def say(self, key: str, **facts: object) -> str:
        """A text of the `obligations` section."""
        return text("obligations", key, self.language, **facts)

    def party(self, each: Obligation) -> str:
        """服务方, 委托方 or 双方."""
        return self.say(f"party.{each.party}")

    def action(self, each: Obligation) -> str:
        """What is to be done, with its statement, month or notice."""
        of = each.instance
        asked = instance_in(of)
        if asked is not None:
            of = asked.code
        elif of in {level.id for level in self.contract.of_kind(ServiceLevel)}:
            of = Names(self.contract, self.language).level(of)
        elif each.clause in {clause.id for clause in self.contract.of_kind(Duty)}:
            of = TermWords(self.language).choice(of)
        elif each.action is Action.PAY_PART:
            of = self.say(f"part.{of}")
        amount = "" if each.amount_fen is None else str(Money(each.amount_fen))
        return self.say(f"action.{each.action}", of=of, amount=amount)

    def clause(self, clause_id: str) -> str:
        """第 4.3 条."""
        return Names(self.contract, self.language).clause_number(clause_id)

    def state(self, each: Obligation) -> str:
        """How it stands."""
        if each.is_right and each.state is State.OPEN:
            return self.say("state.right")
        return self.say(f"state.{each.state}")

    def due(self, each: Obligation) -> str:
        """The last day, or what it waits for."""
        if each.due is not None:
            day = each.due.isoformat()
            is_usual = each.action is Action.EVALUATE and not is_due_named(self.contract)
            return self.say("due.usual", day=day) if is_usual else day
        if each.waits_for is None:
            return self.say("due.none")
        what, _, year = each.waits_for.partition(" ")
        key = f"waits.{what}"
        known = has_text("obligations", key, self.language)
        return self.say(key, year=year) if known else self.say("waits.other", what=what)

    def follows(self, each: Obligation) -> str:
        """What follows when it is not done, else when it is."""
        effects = each.on_breached or each.on_fulfilled
        key = "follows.breached" if each.on_breached else "follows.fulfilled"
        if not effects:
            return ""
        return self.say(key, what=[self._effect(effect) for effect in effects])

    def sentence(self, each: Obligation) -> str:
        """All of it in one line."""
        said = self.say(
            "sentence",
            party=self.party(each),
            action=self.action(each),
            due=self.due(each),
            clause=self.clause(each.clause),
        )
        return f"{said}{self.follows(each)}"

    def _effect(self, effect: Effect) -> str:
        said = self.say(f"effect.{effect.what}")
        if effect.clause is None:
            return said
        return self.say("effect_under", what=said, clause=self.clause(effect.clause))
