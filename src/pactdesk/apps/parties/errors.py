"""What can be wrong with people and roles."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class NotAdmitted(PactError):
    """Nobody active is known as `person`, or they belong to no organisation now."""


class NotAllowed(PactError):
    """The person may not do `action`."""


class PeopleOfClient(PactError):
    """The client `organisation` has administrators, and its people are theirs to let in and go."""


class ClientBeginsWithAdministrator(PactError):
    """The client `organisation` has no administrator yet, who alone may let others in."""


class EmailTaken(PactError):
    """Somebody with the address `email` is known already."""


class EmailUnreadable(PactError):
    """`email` is not an e-mail address."""


class OrganisationUnknown(PactError):
    """No organisation `org` can be seen."""


class ProviderExists(PactError):
    """There is a provider already, and an installation has one."""


class PersonUnknown(PactError):
    """No person `person` belongs to the organisation now."""


class RoleNotOfOrganisation(PactError):
    """People of an organisation of the kind `kind` cannot have the role `role`."""


class RoleHeld(PactError):
    """The person has the role `role` in this contract already."""


class RoleNotHeld(PactError):
    """The person does not have the role `role` in this contract."""


class LogInRefused(PactError):
    """E-mail and password do not belong together; whether there is such an account stays open."""


class TooManyAttempts(PactError):
    """Too much was tried in vain; in `seconds` it can be tried again."""

    seconds: int


class SessionUnknown(PactError):
    """The person has no session `session` now."""


class LinkUnusable(PactError):
    """The link of a mail was used, has expired, or was never one of ours."""


class SecondFactorRefused(PactError):
    """The code is wrong, too old, or was used already."""


class SecondFactorHeld(PactError):
    """The person has a second factor already."""


class SecondFactorUnknown(PactError):
    """The person `person` has no second factor, or has not begun to set one up."""


class SecretRefused(PactError):
    """The locked secret of `person` was changed, or is another person's."""


class PasswordWrong(PactError):
    """The password given as the current one is not."""


class PeopleTableUnreadable(PactError):
    """A file is no table of people of at most `most` lines."""


class PersonNameMissing(PactError):
    """A line of the table names nobody."""


class RoleNameNotFound(PactError):
    """No role is called `role`."""


class ContractCodeNotFound(PactError):
    """No contract with the code `code` can be seen."""
