"""How Hypothesis searches: everyday runs look anew each time, `make test` is repeatable."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadlines: on a busy machine they fail tests that are right.
settings.register_profile("everyday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "steady", settings.get_profile("everyday"), derandomize=True, database=None
)
settings.register_profile("search", settings.get_profile("everyday"), max_examples=2_000)
settings.load_profile("everyday")
