"""What can be wrong with stored contracts."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class ContractUnknown(PactError):
    """No contract `contract` can be seen."""


class ContractCodeTaken(PactError):
    """A contract with the code `code` is stored already."""


class ClientNotClient(PactError):
    """The organisation `org` is no client, so nobody has a contract with it."""


class TermsNotYet(PactError):
    """On `day` no terms of the contract were in force; the first are from `first` on."""


class TermsOfAnother(PactError):
    """The new terms are of contract `found`, not of `expected`."""


class TermsZoneChanged(PactError):
    """The new terms are in the zone `found`; the contract's days are cut in `expected`."""


class TermsMidMonth(PactError):
    """New terms cannot begin on `day`: a statement is for a whole month under one text."""


class TermsTooLate(PactError):
    """New terms from `day` on come after terms from `latest` on; what is past stays."""


class ContractNotDraft(PactError):
    """The contract `code` is in force already, so its blanks are filled no more."""


class ReviewOutdated(PactError):
    """Somebody saved review `number` of contract `code` since this one was begun."""


class ReviewNotKept(PactError):
    """A record of a review holds `found`, which no reviewer marks."""
