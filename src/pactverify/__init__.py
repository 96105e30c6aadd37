"""The independent verifier: standard library only, shares no code with pactdesk."""

from pactverify.checking import verify, witness
from pactverify.report import Report

__all__ = ["Report", "verify", "witness"]
