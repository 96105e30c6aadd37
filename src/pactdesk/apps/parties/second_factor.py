"""The second factor: a code that an authenticator makes from a shared secret (RFC 6238).

The secret lies in the database locked by the vault, bound to its person. A code is good for its
30 seconds and those before and after, and only once. Ten recovery codes stand in for a lost
authenticator, each once.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

import pyotp

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.attempts import OF_ACCOUNT, attempt_key, charge, forgive
from pactdesk.apps.parties.credentials import RecoveryCode, SecondFactor
from pactdesk.apps.parties.errors import (
    NotAllowed,
    SecondFactorHeld,
    SecondFactorRefused,
    SecondFactorUnknown,
)
from pactdesk.apps.parties.locking import lock_secret, unlock_secret
from pactdesk.apps.parties.models import Organisation
from pactdesk.apps.parties.queries import member_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope
from pactdesk.gateways.vault.vault_keys import VaultKeys

ISSUER = "Pactdesk"
STEP_SECONDS = 30
RECOVERY_CODES = 10
_CODE_BYTES = 10


def has_second_factor(person: UUID) -> bool:
    """Whether a second step stands before this person's log-in; in a scope that sees it."""
    return SecondFactor.objects.filter(person_id=person, confirmed_at__isnull=False).exists()


def is_required(scope: Scope) -> bool:
    """Whether an administrator of this organisation works only with a second factor."""
    if scope.org is None:
        return False
    return Organisation.objects.filter(pk=scope.org, requires_second_factor=True).exists()


def begin_second_factor(by: UUID, vault: VaultKeys) -> str:
    """A new secret, for an authenticator to take over; counts only when confirmed.

    raises  SecondFactorHeld
    """
    secret = pyotp.random_base32()
    with scoped(by) as scope:
        if has_second_factor(by):
            raise SecondFactorHeld()
        SecondFactor.objects.filter(person_id=by).delete()
        SecondFactor.objects.create(person_id=by, secret=lock_secret(secret, by, vault))
        record(scope, "parties.begin_second_factor", subject=by)
    return secret


def pending_secret(by: UUID, vault: VaultKeys) -> str | None:
    """The secret that was begun and not confirmed yet."""
    with scoped(by):
        begun = SecondFactor.objects.filter(person_id=by, confirmed_at__isnull=True).first()
    return unlock_secret(bytes(begun.secret), by, vault) if begun else None


def enrolment_address(secret: str, email: str) -> str:
    """What the QR code says to an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def confirm_second_factor(by: UUID, code: str, *, at: datetime, vault: VaultKeys) -> list[str]:
    """The authenticator works; from now on its codes are asked for. The recovery codes, once.

    raises  SecondFactorRefused, SecondFactorUnknown, TooManyAttempts
    """
    keys = {_key(by): OF_ACCOUNT}
    charge(keys, at)
    with scoped(by) as scope:
        begun = SecondFactor.objects.filter(person_id=by, confirmed_at__isnull=True).first()
        if begun is None:
            raise SecondFactorUnknown(person=by)
        if not _take_code(begun, code, at, vault):
            raise SecondFactorRefused()
        SecondFactor.objects.filter(pk=begun.pk).update(confirmed_at=at)
        codes = _new_codes(by)
        record(scope, "parties.confirm_second_factor", subject=by)
    forgive(keys, all_of=_key(by))
    return codes


def prove_second_factor(person: UUID, code: str, *, at: datetime, vault: VaultKeys) -> None:
    """A code of the authenticator, or one of the recovery codes.

    raises  SecondFactorRefused, TooManyAttempts
    """
    keys = {_key(person): OF_ACCOUNT}
    charge(keys, at)
    with scoped(person) as scope:
        factor = SecondFactor.objects.filter(person_id=person, confirmed_at__isnull=False).first()
        by_code = factor is not None and _take_code(factor, code, at, vault)
        by_recovery = not by_code and _take_recovery(person, code, at)
        is_right = by_code or by_recovery
        verb = "parties.second_factor" if is_right else "parties.second_factor_failed"
        record(scope, verb, subject=person, details={"recovery": by_recovery})
    if not is_right:
        raise SecondFactorRefused()
    forgive(keys, all_of=_key(person))


def renew_recovery_codes(by: UUID) -> list[str]:
    """Ten new ones; those before are worth nothing.

    raises  SecondFactorUnknown
    """
    with scoped(by) as scope:
        if not has_second_factor(by):
            raise SecondFactorUnknown(person=by)
        codes = _new_codes(by)
        record(scope, "parties.renew_recovery_codes", subject=by)
    return codes


def recovery_codes_left(scope: Scope) -> int:
    """How many of one's own are unused."""
    return RecoveryCode.objects.filter(person_id=_who(scope), used_at__isnull=True).count()


def remove_second_factor(by: UUID, *, person: UUID) -> None:
    """Take it away: one's own, or as administrator that of somebody who lost everything.

    raises  NotAllowed, PersonUnknown, SecondFactorUnknown
    """
    with scoped(by) as scope:
        membership = member_of(scope, person)
        is_own = person == scope.person
        administers = scope.administrator and membership.org_id == scope.org
        if not (is_own or administers or scope.operator):
            raise NotAllowed(action="remove_second_factor")
        removed, _ = SecondFactor.objects.filter(person_id=person).delete()
        RecoveryCode.objects.filter(person_id=person).delete()
        if not removed:
            raise SecondFactorUnknown(person=person)
        record(scope, "parties.remove_second_factor", subject=person, org=membership.org_id)


def require_second_factor(by: UUID, *, is_required: bool) -> None:
    """Whether administrators, of every organisation, work only with a second factor.

    raises  NotAllowed
    """
    with scoped(by) as scope:
        if not scope.operator:
            raise NotAllowed(action="require_second_factor")
        Organisation.objects.update(requires_second_factor=is_required)
        details = {"required": is_required}
        record(scope, "parties.require_second_factor", subject=scope.org, details=details)


def relock_second_factors(vault: VaultKeys) -> int:
    """Lock every secret with the vault's current key; how many. A job's work."""
    factors = list(SecondFactor.objects.all())
    for factor in factors:
        locked = bytes(factor.secret)
        again = lock_secret(unlock_secret(locked, factor.person_id, vault), factor.person_id, vault)
        # Whoever set up another one meanwhile keeps it.
        SecondFactor.objects.filter(pk=factor.pk, secret=locked).update(secret=again)
    return len(factors)


def _take_code(factor: SecondFactor, code: str, at: datetime, vault: VaultKeys) -> bool:
    said = "".join(code.split())
    totp = pyotp.TOTP(unlock_secret(bytes(factor.secret), factor.person_id, vault))
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if compare_digest(totp.at(step * STEP_SECONDS).encode(), said.encode()):
            # In one statement: of two with the same code, one is too late.
            unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
            return bool(unused.update(last_step=step))
    return False


def _take_recovery(person: UUID, code: str, at: datetime) -> bool:
    codes = RecoveryCode.objects.filter(person_id=person, used_at__isnull=True)
    return bool(codes.filter(code_hash=_code_hash(code)).update(used_at=at))


def _new_codes(person: UUID) -> list[str]:
    codes = [_readable(secrets.token_bytes(_CODE_BYTES)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(person_id=person).delete()
    for code in codes:
        RecoveryCode.objects.create(person_id=person, code_hash=_code_hash(code))
    return codes


def _readable(random: bytes) -> str:
    letters = b32encode(random).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _code_hash(code: str) -> str:
    bare = "".join(one for one in code.lower() if one.isalnum())
    return sha256(b"pactdesk recovery code\n" + bare.encode()).hexdigest()


def _key(person: UUID) -> str:
    return attempt_key("second factor", str(person))


def _who(scope: Scope) -> UUID:
    if scope.person is None:
        raise NotAllowed(action="second_factor")
    return scope.person
