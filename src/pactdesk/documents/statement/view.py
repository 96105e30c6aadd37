"""A statement as the template shows it: texts and tables only, in one language, JSON-ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.settle.excess import Excess
from pactdesk.core.terms.clauses.parties import Parties, Party
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period
from pactdesk.core.units.uppercase import uppercase
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.explain.explanation import Explanation, quote_text
from pactdesk.documents.explain.held import as_signed, held_in
from pactdesk.documents.explain.line import explain_line
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, fen_text, month_text
from pactdesk.documents.statement.confirmations import Confirmed, confirmations
from pactdesk.documents.statement.due import due_sentence
from pactdesk.documents.statement.notes import note_sentences
from pactdesk.documents.statement.tables import assessment_table, ledger_table, lines_table, rights
from pactdesk.documents.statement.taxes import tax_notes
from pactdesk.messages.catalogue import Language, text


@dataclass(frozen=True, slots=True)
class Recheck:
    """What the other party rechecks the statement with.

    key_id       of the key that signed the last checkpoint
    bundle       file name of the evidence bundle
    trust, since file names of the keys and of the checkpoint that the party keeps itself
    """

    key_id: str
    bundle: str
    trust: str = "keys.json"
    since: str = "last-checkpoint.json"


def statement_bytes(statement: Plain) -> bytes:
    """`statement.json` as it stands in the bundle: canonical JSON and a line feed."""
    return canonical_json(dict(statement)) + b"\n"


def statement_hash(statement: Plain) -> str:
    """SHA-256 of the canonical JSON, without the line feed."""
    return sha256(canonical_json(dict(statement))).hexdigest()


def statement_view(
    statement: Plain,
    contract: Contract,
    *,
    language: Language,
    demo: bool,
    recheck: Recheck,
    calendar: WorkCalendar | None = None,
    confirmed: Sequence[Confirmed] = (),
    excess: Sequence[Excess] = (),
) -> dict[str, Any]:
    """Everything that the template prints, except the figures."""
    contract = as_signed(contract, statement)
    names = Names(held_in(contract, statement["period"]), language)
    lines = [
        explain_line(statement, contract, line["number"], language) for line in statement["lines"]
    ]

    def say(key: str, **values: object) -> str:
        return text("statement", key, language, **values)

    return {
        "lang": language,
        "demo": say("demo.ribbon") if demo else None,
        "demo_note": say("demo.note") if demo else None,
        "title": say("title"),
        "subtitle": contract.title,
        "meta": _meta(statement, names),
        "parties": _parties(contract, language),
        "amount": _amount(statement, names, calendar),
        "lines": lines_table(statement, lines, names),
        "taxes": tax_notes(statement, contract, language),
        "assessment": assessment_table(statement, names),
        "rights": rights(statement, names),
        "warnings": {
            "title": say("excess.title"),
            "items": note_sentences(statement, contract, language, excess),
        },
        "ledger": ledger_table(statement, names),
        "working": {
            "title": say("working.title"),
            "note": say("working.note"),
            "headings": [
                text("explain", f"heading.{key}", language)
                for key in ("words", "numbers", "steps", "rounding", "facts")
            ],
            "lines": [_working(each, language) for each in lines],
        },
        "evidence": _evidence(statement, names, recheck),
        "confirm": confirmations(contract, confirmed, language),
        "footer": {
            "left": say("footer.left", number=statement["statement"]),
            "middle": say(
                "footer.hash",
                hash=statement_hash(statement)[:12],
                rules=statement["rules_version"],
            ),
            "page": say("footer.page", page="⟪page⟫", pages="⟪pages⟫"),
        },
        "attachment": say("attachment"),
    }


def parties_of(contract: Contract) -> tuple[Party, Party]:
    """(provider, client)."""
    clause = contract.one(Parties)
    return clause.provider, clause.client


def _meta(statement: Plain, names: Names) -> list[list[str]]:
    def say(key: str) -> str:
        return text("statement", f"meta.{key}", names.language)

    period = Period.month(statement["period"])
    days = f"{period.start.isoformat()} – {period.last_day.isoformat()}"
    return [
        [say("number"), statement["statement"]],
        [say("contract"), statement["contract_id"]],
        [say("period"), month_text(statement["period"], names.language)],
        [say("days"), days],
    ]


def _parties(contract: Contract, language: Language) -> list[dict[str, Any]]:
    shown = []
    for role, party in zip(("provider", "client"), parties_of(contract), strict=True):
        fields = {"credit_code": party.credit_code, "address": party.address}
        shown.append(
            {
                "role": text("statement", f"party.{role}", language, label=party.label),
                "name": str(party.name),
                "rows": [
                    [text("statement", f"party.{field}", language), str(value)]
                    for field, value in fields.items()
                    if value
                ],
            }
        )
    return shown


def _amount(statement: Plain, names: Names, calendar: WorkCalendar | None) -> dict[str, str]:
    fen: int = statement["total_fen"]
    is_owed = "owed" if fen >= 0 else "returned"
    provider, client = parties_of(names.contract)
    payer, payee = (client, provider) if fen >= 0 else (provider, client)

    def say(key: str, **values: object) -> str:
        return text("statement", f"amount.{key}", names.language, **values)

    return {
        "label": say(is_owed),
        "digits": fen_text(abs(fen)),
        "currency": statement["currency"],
        "uppercase_label": say("uppercase"),
        "uppercase": uppercase(Money(abs(fen))),
        "who": say("who", payer=payer.name, payee=payee.name),
        "due": due_sentence(statement, names, calendar) if fen >= 0 else "",
    }


def _working(explained: Explanation, language: Language) -> dict[str, Any]:
    return {
        "title": explained.title,
        "clauses": [[each.number, quote_text(each, language)] for each in explained.clauses],
        "words": explained.words,
        "numbers": explained.numbers,
        "steps": list(explained.steps),
        "rounding": explained.rounding,
        "facts": list(explained.facts),
    }


def _evidence(statement: Plain, names: Names, recheck: Recheck) -> dict[str, Any]:
    def say(key: str, **values: object) -> str:
        return text("statement", f"evidence.{key}", names.language, **values)

    pins = statement["pins"]
    evidence = pins["evidence"]
    command = f"pactverify {recheck.bundle} --trust {recheck.trust} --since {recheck.since}"
    return {
        "title": say("title"),
        "rows": [
            [say("day"), say("day_value", day=evidence["day"], days=evidence["log_size"])],
            [say("log_root"), evidence["log_root"]],
            [say("key"), recheck.key_id],
            [say("terms"), pins["terms"]],
            [say("calendar"), pins["calendar"]],
            [say("statement"), statement_hash(statement)],
            *_refused(statement, names),
        ],
        "recheck": say("recheck"),
        "command": command,
        "note": say("note"),
    }


def _refused(statement: Plain, names: Names) -> list[list[str]]:
    """Facts that came later than agreed: how many, and the first of them by their ids."""
    refused: list[Plain] = statement.get("refused_facts", [])
    if not refused:
        return []
    named = [f"{each['source']}/{each['event_id']}" for each in refused[:_REFUSED_NAMED]]
    said = text(
        "statement", "evidence.refused_value", names.language, count=len(refused), first=named
    )
    return [[text("statement", "evidence.refused", names.language), said]]


_REFUSED_NAMED = 5
