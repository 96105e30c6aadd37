"""A contract: its clauses, and the questions that every other part asks of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pactdesk.core.terms.acceptance import Acceptance
from pactdesk.core.terms.amendments import Amendment, amended, check_changes, in_order
from pactdesk.core.terms.base import Blank, ClauseBase, Model
from pactdesk.core.terms.catalogue import Clause
from pactdesk.core.units.errors import PactError

C = TypeVar("C", bound=ClauseBase)


class ClauseMissing(PactError):
    """The contract `contract` has no clause of kind (or id) `wanted`."""


class ClauseNotSingle(PactError):
    """Several clauses (`ids`) of kind `kind` apply at once; their quotes: `quotes`."""


class BlanksRemain(PactError):
    """`count` blanks are still open, the first at `first`; nothing is computed from blanks."""


class PathUnknown(PactError):
    """No term stands at `path`."""


class SourceDocument(Model):
    """The paper that terms were read from."""

    name: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Contract(Model):
    """Base terms, and what was signed later. `clauses` keep the paper's order; ids are unique.

    amendments  signed, dated changes; `on(day)` is the contract with those that hold by then
    accepted    findings that the parties looked at and let stand
    """

    schema_version: Literal[1] = 1
    contract_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str
    contract_type: Literal[
        "temporary_staffing",
        "service_agreement",
        "service_management",
        "part_time_agent",
        "system_outsourcing",
    ]
    currency: Literal["CNY"] = "CNY"
    zone: str = "Asia/Shanghai"
    documents: tuple[SourceDocument, ...] = ()
    clauses: tuple[Clause, ...]
    amendments: tuple[Amendment, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Contract:
        ids = [each.id for each in (*self.clauses, *self.amendments)]
        for clause_id in ids:
            if ids.count(clause_id) > 1:
                raise PydanticCustomError("id_twice", "twice: {given}", {"given": clause_id})
        check_changes(self.clauses, self.amendments)
        return self

    def on(self, day: date) -> Contract:
        """The contract in force on `day`: what holds by then is in its clauses, nothing else.

        raises  BlankLeft for an amendment without its day
        """
        if not self.amendments:
            return self
        clauses = self.clauses
        for amendment in in_order(self.amendments):
            if amendment.effective <= day:
                clauses = amended(clauses, amendment)
        return self.model_copy(update={"clauses": clauses, "amendments": ()})

    def signed_by(self, day: date) -> Contract:
        """The contract as its parties had it on `day`: without what was signed later.

        raises  BlankLeft for an amendment without its day of signing
        """
        kept = tuple(each for each in self.amendments if each.signed <= day)
        if len(kept) == len(self.amendments):
            return self
        return self.model_copy(update={"amendments": kept})

    def of_kind(self, kind: type[C]) -> tuple[C, ...]:
        """All clauses of a kind, in the paper's order."""
        return tuple(clause for clause in self.clauses if isinstance(clause, kind))

    def one(self, kind: type[C]) -> C:
        """The single clause of a kind; none or two are errors that say so."""
        found = self.optional(kind)
        if found is None:
            raise ClauseMissing(contract=self.contract_id, wanted=kind_name(kind))
        return found

    def optional(self, kind: type[C]) -> C | None:
        """The clause of a kind, or None; two that both apply are an error."""
        found = self.of_kind(kind)
        if len(found) > 1:
            raise ClauseNotSingle(
                kind=kind_name(kind),
                ids=", ".join(clause.id for clause in found),
                quotes=" | ".join(c.source.quote if c.source else c.id for c in found),
            )
        return found[0] if found else None

    def clause(self, clause_id: str) -> Clause:
        """The clause with that id."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise ClauseMissing(contract=self.contract_id, wanted=clause_id)

    def value(self, path: str) -> object:
        """What stands at a term path such as "fee-1.unit_price" or "payment-1.due.n"."""
        clause_id, *fields = path.split(".")
        found: object = next((a for a in self.amendments if a.id == clause_id), None)
        found = found or self.clause(clause_id)
        for field in fields:
            if isinstance(found, tuple) and field.isdigit() and int(field) < len(found):
                found = found[int(field)]
            elif isinstance(found, Model) and field in type(found).model_fields:
                found = getattr(found, field)
            else:
                raise PathUnknown(path=path)
        return found

    def blanks(self) -> tuple[tuple[str, Blank], ...]:
        """Every open field with its path, in the paper's order; those of amendments last."""
        return tuple(
            (f"{each.id}.{path}", blank)
            for each in (*self.clauses, *self.amendments)
            for path, blank in _blanks_in(each)
        )

    def completed(self) -> Contract:
        """The same contract, if nothing is blank."""
        open_fields = self.blanks()
        if open_fields:
            raise BlanksRemain(count=len(open_fields), first=open_fields[0][0])
        return self


def kind_name(kind: type[ClauseBase]) -> str:
    """The `kind` word of a clause class."""
    return str(kind.model_fields["kind"].default)


def _blanks_in(value: object, path: str = "") -> Iterator[tuple[str, Blank]]:
    if isinstance(value, Blank):
        yield path, value
    elif isinstance(value, Model):
        for field in type(value).model_fields:
            if field not in ("source", "sources"):
                yield from _blanks_in(getattr(value, field), f"{path}.{field}".lstrip("."))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _blanks_in(item, f"{path}.{index}")
