"""Filling the blanks of a draft from answers, and adding what the paper leaves to the parties.

Answers are a small file::

    contract_id: hz-2026-07           # optional
    answers:                          # one value per blank
      fee-1.unit_price: "38.00"
      period-1.start: 2026-09-01
    accept: [conventions-1]           # take every suggestion of these clauses, in one act
    add:                              # clauses agreed elsewhere, e.g. the indicators of 附件3
      - {id: level-1, kind: service_level, …}
    drop: [duty-9]                    # clauses that both parties struck out
    amend:                            # signed amendments, as in the terms file
      - {id: amendment-1, signed_on: 2026-09-01, effective_from: 2026-10-16, changes: […]}
    corrections: {fee-1.per: month}   # a reading that a person found wrong
    absent: [late-fee-1.cap]          # read, but the paper does not say it
    confirmed: [fee-1.amount]         # looked at and right; changes nothing
    document: "3f2a…"                 # SHA-256 of the paper that was looked at

What the reviewer's page writes is such a file: the contract's record of who read it.
"""

from __future__ import annotations

from typing import Any

from pactdesk.core.terms.base import Blank, Model
from pactdesk.core.terms.contract import ClauseMissing, Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.core.units.errors import PactError


class AnswersUnreadable(PactError):
    """`file`: `problem`. Answers are `answers`, `accept`, `add`, `amend`, `drop` …"""


class AnswerWithoutBlank(PactError):
    """`file` answers `path`, but the draft has no blank there (its blanks: `near`)."""


class OtherDocument(PactError):
    """`file` speaks of the paper `theirs`, the draft was read from `ours`."""


class NothingToAccept(PactError):
    """`file` accepts the suggestions of `clause`, but `path` there has none."""


_KNOWN = {
    "contract_id", "title", "zone", "answers", "accept", "add", "amend", "drop",
    "corrections", "absent", "confirmed", "document",
}  # fmt: skip
_UNSAID = "（经核对，合同未写明）"


def filled(draft: Contract, answers: object, file: str = "answers.yaml") -> Contract:
    """The draft with the answers put in; blanks that nobody answered stay blank.

    raises  AnswerWithoutBlank for a path that is not open: an answer never overwrites the paper;
            ClauseMissing for a clause that is struck out or accepted and is not there;
            PathUnknown for a correction of a term that is not there;
            OtherDocument for the record of another paper
    """
    given = _checked(answers, file)
    ours = [document.sha256 for document in draft.documents]
    if ours and given.get("document", ours[0]) not in ours:
        raise OtherDocument(file=file, theirs=str(given["document"])[:12], ours=ours[0][:12])
    plain = contract_to_plain(draft)
    dropped = {draft.clause(clause_id).id for clause_id in given.get("drop", [])}
    plain["clauses"] = [c for c in plain["clauses"] if c["id"] not in dropped]
    open_fields = {p: blank for p, blank in draft.blanks() if _clause_of(p) not in dropped}
    for path, value in given.get("answers", {}).items():
        if path not in open_fields:
            near = ", ".join(p for p in open_fields if _clause_of(p) == _clause_of(str(path)))
            raise AnswerWithoutBlank(file=file, path=path, near=near or "—")
        _put(plain, path, value)
    for clause_id in given.get("accept", []):
        _accept(plain, clause_id, open_fields, given.get("answers", {}), file)
    for path, value in given.get("corrections", {}).items():
        if _clause_of(str(path)) not in dropped:
            draft.value(path)
            _put(plain, path, value)
    for path in given.get("absent", []):
        if _clause_of(str(path)) not in dropped:
            _take_out(plain, draft, path)
    plain["clauses"] += given.get("add", [])
    if given.get("amend"):
        plain["amendments"] = [*plain.get("amendments", []), *given["amend"]]
    for field in ("contract_id", "title", "zone"):
        if field in given:
            plain[field] = given[field]
    return contract_from_plain(plain, file)


def _checked(answers: object, file: str) -> dict[str, Any]:
    if not isinstance(answers, dict):
        raise AnswersUnreadable(file=file, problem="not a mapping")
    unknown = set(answers) - _KNOWN
    if unknown:
        raise AnswersUnreadable(
            file=file, problem=f"unknown: {', '.join(sorted(map(str, unknown)))}"
        )
    for key, kind in _SHAPES.items():
        if not isinstance(answers.get(key, kind()), kind):
            raise AnswersUnreadable(file=file, problem=f"`{key}` is not a {kind.__name__}")
    return answers


_SHAPES: dict[str, type] = {
    "answers": dict, "corrections": dict,
    "accept": list, "add": list, "amend": list, "drop": list, "absent": list, "confirmed": list,
}  # fmt: skip


def _take_out(plain: dict[str, Any], draft: Contract, path: str) -> None:
    """The field is absent where it may be, and blank where a contract cannot do without it."""
    above, _, field = path.rpartition(".")
    draft.value(path)
    holder = draft.value(above) if "." in above else draft.clause(above)
    known = type(holder).model_fields if isinstance(holder, Model) else {}
    optional = field in known and known[field].default is None
    _put(plain, path, None if optional else {"blank": _UNSAID})


def _accept(
    plain: dict[str, Any], clause_id: str, blanks: dict[str, Blank], answered: Any, file: str
) -> None:
    if clause_id not in [clause["id"] for clause in plain["clauses"]]:
        raise ClauseMissing(contract=plain["contract_id"], wanted=clause_id)
    for path, blank in blanks.items():
        if _clause_of(path) == clause_id and path not in answered:
            if blank.suggested is None:
                raise NothingToAccept(file=file, clause=clause_id, path=path)
            _put(plain, path, blank.suggested)


def _clause_of(path: str) -> str:
    return path.split(".")[0]


def _put(plain: dict[str, Any], path: str, value: object) -> None:
    clause_id, *fields = path.split(".")
    every = (*plain["clauses"], *plain.get("amendments", []))
    place: Any = next(each for each in every if each["id"] == clause_id)
    for field in fields[:-1]:
        place = place[int(field)] if isinstance(place, list) else place[field]
    if isinstance(place, list):
        place[int(fields[-1])] = value
    else:
        place[fields[-1]] = value
