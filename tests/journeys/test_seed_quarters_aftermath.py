"""What follows in the quarters of the five seeds: levels, rights, what is owed, pay slips."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.calendars.minimum_wages import known_minimum_wages
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.kinds import Payment
from pactdesk.core.facts.names import ContractEvent, Party
from pactdesk.core.measure.legal_hours import limits_on
from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.pay_runs import run_named
from pactdesk.core.settle.pay_warnings import PayWarning, pay_warnings
from pactdesk.core.settle.payslip import pay_slip
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.clauses.service_level import Metric
from pactdesk.core.units.periods import Period
from tests.support.quarters import Quarters, Told, kept_terms, settled_quarter

pytestmark = pytest.mark.xdist_group("quarters")

# Clause → what was counted in July, August, September; None: not judged.
LEVELS: dict[str, dict[str, tuple[str | None, ...]]] = {
    "001": {
        "level-1": ("10/10", "8/10", "5/5"),  # two of September came while suspended (B23)
        # 207 h; of 189 h one day of 9 was down; suspended from 15 September 9:00 to 22 September
        # 9:00: five Mondays-to-Fridays and the Sunday worked, 54 h of 198
        "level-2": ("207/207", "180/189", "144/144"),
        "level-3": ("2/2", "2/3", None),  # r-4 had clear progress in time (B11), r-5 had not
        "level-4": ("4/4", "3/4", None),
    },
    "003": {"level-1": ("3/3", "2/3", "2/2")},
    "004": {
        "level-1": ("10/10", "8/10", "10/10"),
        "level-2": ("10/10", "7/10", "7/10"),
        "level-3": ("5/5", "4/5", None),  # three answers are too few to judge
    },
}
LEVELS_OF = [
    pytest.param("001", marks=pytest.mark.requirement("B8", "B10", "B11", "B12", "B23")),
    pytest.param("003", marks=pytest.mark.requirement("D4")),
    pytest.param("004", marks=pytest.mark.requirement("E17", "E19", "E76")),
]


@pytest.mark.parametrize("name", LEVELS_OF)
def test_the_levels(quarters: Quarters, name: str) -> None:
    for n, made in enumerate(quarters(name).statements.values()):
        found = {level.clause_id: _counted(level) for level in made.measured.levels}
        assert found == {clause: counts[n] for clause, counts in LEVELS[name].items()}


@pytest.mark.requirement("B23")
def test_what_came_while_suspended_is_out_and_still_shown(quarters: Quarters) -> None:
    first = quarters("001").statements["2026-09"].measured.level("level-1")
    assert first.excluded == {"suspended": 2}
    assert first.raw is not None
    assert (first.raw.numerator, first.raw.denominator) == (5, 7)


@pytest.mark.requirement("E21", "E22", "E33")
def test_what_follows_from_the_bad_months(quarters: Quarters) -> None:
    made = quarters("004").statements
    found = {
        month: [(str(each.kind), each.because, each.count) for each in statement.rights]
        for month, statement in made.items()
    }
    assert found == {
        "2026-07": [],
        "2026-08": [
            ("remediation", "level-1", 1),
            ("remediation", "level-2", 1),
            ("remediation", "level-3", 1),
            # due on 19 August, twelve days ago; ten were agreed
            ("suspension", "quarter-004-2026-07", 12),
        ],
        "2026-09": [("remediation", "level-2", 1), ("termination", "level-2", 2)],
    }


# Seed, day, what, of what, state, last day.
OWED = [
    # report on 5, invoice on 6 August: ten working days after it
    ("000", "2026-08-25", "pay_statement", "2026-07", "overdue", "2026-08-20"),
    ("000", "2026-09-15", "pay_statement", "2026-07", "done_late", "2026-08-20"),
    # 3.2: a month before the end; silence renews
    ("001", "2026-07-08", "refuse_renewal", "2026-09-15", "open", "2026-08-15"),
    ("001", "2026-09-18", "refuse_renewal", "2027-09-15", "open", "2027-08-15"),
    # 4.4: due on 14 August, thirty days end on 13 September
    ("001", "2026-09-14", "suspend_service", "2026-07", "open", None),
    # paid on 21 September: service goes on the day after
    ("001", "2026-09-21", "resume_service", "2026-09-15", "open", "2026-09-22"),
    ("002", "2026-08-12", "deliver_work", "report", "overdue", "2026-08-10"),
    ("002", "2026-08-19", "pay_statement", "2026-07", "overdue", "2026-08-18"),
    # five days after the run; 20 September is a Sunday worked; 5 October lies in the holidays
    ("003", "2026-08-08", "pay_agent", "2026-07-16..2026-07-31", "overdue", "2026-08-05"),
    ("003", "2026-08-25", "pay_agent", "2026-08-01..2026-08-15", "done", "2026-08-20"),
    ("003", "2026-09-30", "pay_agent", "2026-09-16..2026-09-30", "open", "2026-09-30"),
    # five working days after the month
    ("004", "2026-09-10", "deliver_report", "2026-08", "done_late", "2026-09-07"),
    # ten working days after 7 September, the 20th being worked
    ("004", "2026-09-10", "remedy", "n-1", "open", "2026-09-20"),
    ("004", "2026-09-21", "remedy", "n-1", "done", "2026-09-20"),
    ("004", "2026-10-09", "terminate", "level-2", "open", None),
]  # fmt: skip


@pytest.mark.requirement("A20", "A36", "A49", "B16", "B17", "B20", "B23", "C11", "C13", "C34")
@pytest.mark.requirement("C37", "D11", "D26", "E20", "E21", "E22", "E31")
@pytest.mark.parametrize(("name", "on", "action", "instance", "state", "due"), OWED)
def test_what_each_side_owes_on_a_day(
    quarters: Quarters, name: str, on: str, action: str, instance: str, state: str, due: str | None
) -> None:
    quarter, day = quarters(name), date.fromisoformat(on)
    found = obligations(quarter.contract, quarter.facts(), load_china(), day)
    [one] = [each for each in found if each.action == action and each.instance.endswith(instance)]
    assert (str(one.state), one.due and one.due.isoformat()) == (state, due)


# Run → hours, pay, warnings.
SLIPS = {
    "2026-07-01..2026-07-15": ("44", "1,232.00", []),  # 11 days × 4 h × 28
    # 12 days: 48 h × 28 + 100 reward; due on 5 August, paid on the 12th; and 16 days are too long
    "2026-07-16..2026-07-31": ("48", "1,444.00", ["run_above_legal", "paid_late"]),
    # 8 days: 32 h × 28; 12 h in the week of 10 August, of which three of seven days were on
    # leave: 20 × 4 ÷ 7 = 11.43 were asked
    "2026-08-01..2026-08-15": ("32", "896.00", []),
    # 11 days with the one told late: 44 h × 30; damage 500: a fifth of 1,320 is 264, but
    # 1,320 − 44 × 25 = 220. In the week of 17 August 16 h, nobody excused
    "2026-08-16..2026-08-31": ("44", "1,100.00", ["week_below_minimum", "run_above_legal"]),
    # 11 days × 4 h × 30 + 60
    "2026-09-01..2026-09-15": ("44", "1,380.00", []),
}


@pytest.mark.requirement("D4", "D6", "D9", "D10", "D11", "D12", "D24", "D26")
@pytest.mark.parametrize("name", SLIPS)
def test_the_pay_slips_of_the_agent(quarters: Quarters, name: str) -> None:
    quarter = quarters("003")
    runs = quarter.contract.one(PayRuns)
    run = run_named(runs, Period.month(name[:7]), name)
    slip = pay_slip(quarter.contract, quarter.facts(), load_china(), "lin", run)
    terms = quarter.contract.on(run.last_day)
    warned = pay_warnings(slip, terms, limits_on(run.last_day), known_minimum_wages())
    unknown_here = PayWarning.WAGE_NOT_CHECKED  # the table of minimum wages is kept by each desk
    kinds = [str(each.kind) for each in warned if each.kind is not unknown_here]
    assert (str(slip.hours), str(slip.total), kinds) == SLIPS[name]


@pytest.mark.requirement("A24", "A29")
def test_a_client_who_ends_it_gets_nothing_back_and_makes_good(tmp_path: Path) -> None:
    told = Told()
    told.book.told("2026-07-03 10:00", ContractStep(ContractEvent.DOCUMENTS_RECEIVED))
    told.book.told("2026-08-10 10:00", Payment("2026-07", 20_000_00))
    ended = ContractStep(ContractEvent.TERMINATED, Party.CLIENT, "breach", "2026-08-20")
    told.book.told("2026-08-18 10:00", ended)
    both = (Party.PROVIDER, Party.CLIENT)
    loss = LossShown("k-1", Party.PROVIDER, 8_000_00, "3/4", "1", "1", "订票与准备", both)
    told.book.told("2026-08-19 10:00", loss)
    august = settled_quarter(kept_terms("000"), told, tmp_path).amounts("2026-08")
    assert august["refund-1 01-20"] == "0.00"
    assert august["loss-2 01-20"] == "6,000.00"  # 8,000 × 3/4


def _counted(level: Level) -> str | None:
    if level.standing is not Standing.MEASURED:
        return None
    unit = 3_600_000 if level.metric is Metric.AVAILABILITY else 1
    return f"{level.numerator // unit}/{level.denominator // unit}"
