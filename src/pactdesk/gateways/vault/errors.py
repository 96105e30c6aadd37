"""Why something stays locked. No error says anything about a key or a text but its id."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class CiphertextMalformed(PactError):
    """Something of `length` bytes is not a ciphertext of this vault."""


class CiphertextRefused(PactError):
    """The ciphertext of `column` in row `row` was changed, or was written for another place."""


class DataKeyMissing(PactError):
    """Contract `contract` has no data key `key_id`."""


class DataKeyRefused(PactError):
    """The data key `key_id` of contract `contract` was changed, or is another contract's."""


class ContractWithoutDataKey(PactError):
    """Contract `contract` has no data key yet, so nothing can be locked for it."""


class VaultKeyMissing(PactError):
    """The key-encryption key `key_id` is not among those given (`known`)."""


class VaultKeyInUse(PactError):
    """The key-encryption key `key_id` is the one that new data keys are wrapped with."""


class VaultKeysNotGiven(PactError):
    """Neither the variable `text` nor the variable `file` says where the vault's keys are."""


class VaultFileMissing(PactError):
    """The vault's key file `path` is not there or cannot be read."""


class VaultFileExists(PactError):
    """There is a vault key file `path` already; what it opens would be lost with it."""


class VaultFileOpen(PactError):
    """The vault's key file `path` has the mode `mode`: others than its owner can reach it."""


class VaultFileNotWritable(PactError):
    """The vault's key file `path` cannot be written."""


class VaultKeysUnreadable(PactError):
    """`where` does not hold keys such as the vault writes them."""
