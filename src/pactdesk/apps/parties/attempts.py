"""How often something may be tried in vain: by account and by network address, in the database,
so that it holds over restarts and over all processes.

An attempt is counted as failed before it is made and forgiven when it succeeds: a hundred at
once count a hundred. While something is blocked, nothing is tried and nothing counted, so the
block ends when it said it would.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.db import connection, transaction

from pactdesk.apps.parties.credentials import Attempts
from pactdesk.apps.parties.errors import TooManyAttempts
from pactdesk.apps.parties.walls import ATTEMPTS_SETTING

_SET = "SELECT set_config(%s, %s, true)"
_ADD = (
    "INSERT INTO parties_attempts (key_hash, failures, last_at) VALUES (%s, 0, %s)"
    " ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failures are free, and how the delay grows after them.

    free            the failure with this number is the first that is followed by a delay
    forgets_one_in  after this long without one, a failure is forgotten
    """

    free: int
    first_delay: timedelta
    longest_delay: timedelta
    forgets_one_in: timedelta

    def delay(self, failures: int) -> timedelta:
        """How long nothing may be tried after so many failures; doubles up to the longest."""
        if failures < self.free:
            return timedelta()
        # Beyond 2**16 every first delay is longer than the longest one.
        doubled: timedelta = self.first_delay * 2 ** min(failures - self.free, 16)
        return min(doubled, self.longest_delay)


_HALF_MINUTE, _QUARTER = timedelta(seconds=30), timedelta(minutes=15)
OF_ACCOUNT = Allowance(5, _HALF_MINUTE, _QUARTER, timedelta(minutes=30))
# A whole office may sit behind one address.
OF_ADDRESS = Allowance(30, _HALF_MINUTE, _QUARTER, timedelta(minutes=1))
OF_MAILS = Allowance(3, timedelta(minutes=10), timedelta(hours=1), timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known of one key: failures up to `last_at`, and whether that blocks it."""

    failures: int
    last_at: datetime
    blocked_until: datetime | None = None

    def wait(self, at: datetime) -> timedelta:
        """How long it is still blocked."""
        return max(self.blocked_until - at, timedelta()) if self.blocked_until else timedelta()

    def with_one_more(self, allowance: Allowance, at: datetime) -> Tally:
        """After another failure at `at`."""
        forgotten = max(at - self.last_at, timedelta()) // allowance.forgets_one_in
        failures = max(self.failures - forgotten, 0) + 1
        delay = allowance.delay(failures)
        return Tally(failures, at, at + delay if delay else None)


def attempt_key(kind: str, value: str) -> str:
    """What the database keeps instead of an address: nobody can tell from it whose it is."""
    said = f"pactdesk attempt\n{kind}\n{value}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()


def network_of(address: str) -> str:
    """What a network address is counted as: of IPv6 the /64, which anybody at home has whole.

    >>> network_of("2001:db8:1:2:aaaa::1"), network_of("::ffff:192.0.2.7"), network_of("192.0.2.7")
    ('2001:db8:1:2::', '192.0.2.7', '192.0.2.7')
    """
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, IPv4Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(IPv6Address(int(read) >> 64 << 64))


def charge(keys: Mapping[str, Allowance], at: datetime) -> None:
    """Count one attempt for each key, as if it had failed.

    raises  TooManyAttempts: one of them is blocked; then nothing is counted
    """
    with _opened(keys) as rows:
        tallies = {
            key: Tally(row.failures, row.last_at, row.blocked_until) for key, row in rows.items()
        }
        wait = max(tally.wait(at) for tally in tallies.values())
        if wait:
            raise TooManyAttempts(seconds=-(-wait // timedelta(seconds=1)))
        for key, row in rows.items():
            now = tallies[key].with_one_more(keys[key], at)
            row.failures, row.last_at, row.blocked_until = (
                now.failures,
                now.last_at,
                now.blocked_until,
            )
            row.save()


def forgive(keys: Mapping[str, Allowance], *, all_of: str) -> None:
    """The attempt succeeded: it does not count, and for the key `all_of` none before it does.

    Not for every key: else somebody with an account of their own could try others for ever.
    """
    with _opened(keys) as rows:
        for key, row in rows.items():
            row.failures = 0 if key == all_of else max(row.failures - 1, 0)
            row.blocked_until = None
            row.save()


def forget(*keys: str) -> bool:
    """Take up trying from the beginning; whether there was anything to forget."""
    with _told(keys):
        removed, _ = Attempts.objects.filter(key_hash__in=keys).delete()
    return removed > 0


def clear_old_attempts(before: datetime) -> int:
    """Remove what was last tried before `before`; how many. A job's work."""
    removed, _ = Attempts.objects.filter(last_at__lt=before).delete()
    return removed


@contextmanager
def _opened(keys: Mapping[str, Allowance]) -> Iterator[dict[str, Attempts]]:
    """The rows of these keys, made and locked, always in the same order."""
    with _told(keys):
        with connection.cursor() as cursor:
            for key in sorted(keys):
                cursor.execute(_ADD, [key, _LONG_AGO])
        held = Attempts.objects.filter(key_hash__in=list(keys)).order_by("key_hash")
        yield {row.key_hash: row for row in held.select_for_update()}


_LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


@contextmanager
def _told(keys: Mapping[str, Allowance] | tuple[str, ...]) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SET, [ATTEMPTS_SETTING, ",".join(sorted(keys))])
        yield
