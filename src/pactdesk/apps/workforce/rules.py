"""Publishing rules of conduct, and signing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import Max

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.errors import (
    RuleChanged,
    RuleIncomplete,
    RuleNotSigned,
    RuleTooLong,
    RuleUnknown,
)
from pactdesk.apps.workforce.holding import employer, hold_person, need_role
from pactdesk.apps.workforce.kinds import CLOCKING
from pactdesk.apps.workforce.models import RuleDocument, RuleSignature
from pactdesk.apps.workforce.queries import agents_of, rules_in_force, unsigned_by
from pactdesk.apps.workforce.rules_models import LONGEST_BODY, LONGEST_NAME, LONGEST_RED_LINE
from pactdesk.core.facts.canonical import Json, canonical_json
from pactdesk.core.units.instants import Instant

TELL_UNSIGNED = "workforce.unsigned"


def publish_rules(
    by: UUID,
    *,
    contract: UUID,
    name: str,
    body: str,
    red_lines: Sequence[str],
    due_on: date,
    blocks: bool,
) -> UUID:
    """A document, or a new version of the one with this name; every agent signs it anew.

    raises  ContractUnknown, NotAllowed, RuleIncomplete, RuleTooLong
    """
    title, text = name.strip(), body.replace("\r\n", "\n").strip()
    lines = [each.strip() for each in red_lines if each.strip()]
    _check(title, text, lines)
    with scoped(by) as scope:
        need_role(scope, contract, "publish_rules", Role.LEAD)
        hold_person(contract)  # two at once make two versions
        same = RuleDocument.objects.filter(contract_id=contract, name=title)
        number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        made = RuleDocument.objects.create(
            contract_id=contract,
            org_id=employer(scope),
            name=title,
            number=number,
            body=text,
            red_lines=lines,
            sha256=rule_hash(title, number, text, lines),
            due_on=due_on,
            blocks=blocks,
            published_by_id=by,
        )
        details: dict[str, str | int | bool | None] = {"number": number, "sha256": made.sha256}
        record(
            scope, "workforce.publish_rules", subject=made.pk, contract=contract, details=details
        )
        return made.pk


def sign_rules(by: UUID, *, document: UUID, read: str) -> None:
    """The person signs what they have read; again is not twice.

    read    the hash of the text that was on their screen
    raises  RuleUnknown, RuleChanged, NotAllowed
    """
    with scoped(by) as scope:
        found = RuleDocument.objects.filter(
            pk=document, contract_id__in=list(scope.contracts)
        ).first()
        if found is None:
            raise RuleUnknown(document=document)
        need_role(scope, found.contract_id, "sign_rules", *CLOCKING)
        newest = {one.pk for one in rules_in_force(scope, found.contract_id)}
        if found.pk not in newest or read != found.sha256:
            raise RuleChanged(name=found.name)
        hold_person(by)
        if RuleSignature.objects.filter(document=found, person_id=by).exists():
            return
        RuleSignature.objects.create(
            contract_id=found.contract_id,
            org_id=employer(scope),
            document=found,
            person_id=by,
            person_name=Person.objects.get(pk=by).name,
            sha256=found.sha256,
        )
        details: dict[str, str | int | bool | None] = {
            "number": found.number,
            "sha256": found.sha256,
        }
        record(
            scope,
            "workforce.sign_rules",
            subject=found.pk,
            contract=found.contract_id,
            details=details,
        )


def check_signed(scope: Scope, contract: UUID, on: date) -> None:
    """Raises RuleNotSigned where a document that blocks should have been signed by then."""
    for each in unsigned_by(scope):
        if each.contract_id == contract and each.blocks and each.due_on < on:
            raise RuleNotSigned(name=each.name, due=each.due_on.isoformat())


def alert_unsigned(scope: Scope, contract: UUID, on: date, now: Instant) -> int:
    """Tell, once, of documents whose day is over and that somebody has not signed; how many. A
    job's work."""
    late = [
        each
        for each in rules_in_force(scope, contract)
        if each.due_on < on and each.alerted_at_ms is None
    ]
    told = 0
    for each in late:
        signed = set(each.signatures.values_list("person_id", flat=True))
        if not agents_of(scope, contract).keys() - signed:
            continue
        RuleDocument.objects.filter(pk=each.pk).update(alerted_at_ms=now)
        leave_errand(scope, TELL_UNSIGNED, {"document": str(each.pk)}, contract=contract)
        told += 1
    return told


def rule_hash(name: str, number: int, body: str, red_lines: Sequence[str]) -> str:
    """SHA-256 of the canonical JSON: what a signature is for.

    >>> rule_hash("行为规范", 1, "礼貌", ["不泄露客户信息"])[:8]
    'eb69ab55'
    """
    content: Json = {"body": body, "name": name, "number": number, "red_lines": list(red_lines)}
    return sha256(canonical_json(content)).hexdigest()


def _check(name: str, body: str, red_lines: Sequence[str]) -> None:
    if not name or not body:
        raise RuleIncomplete()
    longest = max((len(each) for each in red_lines), default=0)
    if len(name) > LONGEST_NAME or len(body) > LONGEST_BODY or longest > LONGEST_RED_LINE:
        raise RuleTooLong(name=LONGEST_NAME, body=LONGEST_BODY, line=LONGEST_RED_LINE)
