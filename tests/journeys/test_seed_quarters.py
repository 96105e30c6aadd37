"""The five seeds through the third quarter of 2026: a good July, a bad August, and what follows.

Every quarter holds one bad month (August), one payment that came late (that of July's statement),
one fact of August that came to light only after its statement was issued (an adjustment in
September), and one amendment inside a month. The answers are in tests/documents/quarters, each
with its clause and row. Every amount was computed by hand from the contract's words; how, stands
beside it.
"""

from __future__ import annotations

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.settle.month import settled_month
from pactdesk.core.units.periods import Period
from pactverify.__main__ import main as pactverify
from tests.support.quarters import PAPERS, Quarters, kept_terms, read_and_filled, without_words

pytestmark = pytest.mark.xdist_group("quarters")

Amounts = dict[str, dict[str, str]]

# 000: a coordinator at a total of 100,000.00 over six months (184 days), who leaves on 20 September
# for reasons of their own.
TEMPORARY: Amounts = {
    "2026-07": {
        # 金额一, 二.2: 20 % of 100,000 once the documents came (3 July) = 20,000;
        # 二.1, 二.3: 12 % = 12,000 for July, done, accepted, invoiced by the 31st
        "fee-1": "32,000.00",
        "unserved-1": "0.00",  # 六.2: accepted as a whole
        "penalty-1": "0.00",
        "loss-1": "0.00",
        "loss-2": "0.00",
        "refund-1": "0.00",
        "expenses-1": "760.50",  # 四.1: 640.00 travel + 120.50 communication
        "late-fee-1": "0.00",
    },  # 32,760.50
    "2026-08": {
        "fee-1 01-15": "0.00",  # nothing falls due in the first half
        "fee-1 16-31": "12,720.00",  # 12 % of 106,000 by the supplement of 16 August
        "unserved-1": "-1,272.00",  # nine tenths accepted: a tenth of 12,720
        "penalty-1": "-500.00",  # one work that came late
        "loss-1": "0.00",
        "loss-2": "0.00",
        "refund-1": "0.00",
        # 800 of 900 (limit of an item) + 700 + 100 = 1,600, limit of the month 1,500;
        # training is the provider's own affair (四.2)
        "expenses-1": "1,500.00",
        # July's 32,760.50: report on 5, invoice on 6 August, ten working days after: 20 August;
        # paid on the 26th: 3 % once = 982.815
        "late-fee-1": "982.82",
    },  # 12,720 − 1,272 − 500 + 1,500 + 982.82 = 13,430.82
    "2026-09": {
        "fee-1 01-20": "0.00",  # the rest waits for the work summary
        # 106,000 − 20,000 (advance) − 12,000 (July, as it was billed) − 5 × 12,720 = 10,400
        "fee-1 21-30": "10,400.00",
        "unserved-1 01-20": "0.00",
        "penalty-1 01-20": "0.00",
        "penalty-1 21-30": "0.00",
        "loss-1 01-20": "-1,000.00",  # 2,000 × 1/2 × 1 × 1
        "loss-1 21-30": "0.00",
        "loss-2 01-20": "0.00",
        "loss-2 21-30": "0.00",
        # paid so far 32,760.50 + 13,430.82, of it fees 32,000.00 + (12,720 − 1,272) = 43,448.00
        # (expenses, the late fee and the penalty are none); 102 of 184 days are left:
        # 43,448.00 × 102 ÷ 184 = 4,431,696 ÷ 184 = 24,085.304…
        "refund-1 01-20": "-24,085.30",
        "refund-1 21-30": "0.00",
        "expenses-1 01-20": "300.00",
        "expenses-1 21-30": "45.50",  # below 200 × 10 ÷ 30 = 66.67
        "late-fee-1 01-20": "0.00",  # August's is due on 20 September, a Sunday worked: paid on 18
        "late-fee-1 21-30": "0.00",
        "conventions-1": "88.00",  # a receipt of 28 August, told on 15 September
    },  # 10,400 − 1,000 − 24,085.30 + 345.50 + 88 = −14,251.80
}

# 001: 20,000.00 a month and messages beyond 5,000; renewed in silence on 16 September.
SERVICE: Amounts = {
    "2026-07": {
        "fee-1": "20,000.00",
        "fee-2": "180.00",  # 5,600 messages: 600 beyond × 0.30
        "late-fee-1": "0.00",
    },  # 20,180.00
    "2026-08": {
        "fee-1 01-15": "9,677.42",  # 20,000 × 15 ÷ 31 = 9,677.419…
        "fee-1 16-31": "11,922.58",  # 23,100 × 16 ÷ 31 = 11,922.580…
        "fee-2": "600.00",  # 7,500: 1,000 × 0.30 + 1,500 × 0.20
        # July's 20,180 was due on 14 August: 17 days × 20,180 × 0.0005 = 17 × 10.09
        "late-fee-1": "171.53",
    },  # 22,371.53
    "2026-09": {
        "fee-1": "23,100.00",  # the whole month: the contract went on
        "fee-2": "0.00",  # 4,000 lie inside the quota
        # 1 to 5 September on 20,180: 5 × 10.09 = 50.45; 5,000 paid on the 5th, so
        # 6 to 21 September (the day of payment counts) on 15,180: 16 × 7.59 = 121.44
        "late-fee-1": "171.89",
        "conventions-1": "240.00",  # 1,200 more messages of August: × 0.20
    },  # 23,511.89
}

# 002: 120,000.00 a year, in advance; work with a day; breaches at 2 % of the contract amount.
MANAGEMENT: Amounts = {
    "2026-07": {
        "fee-1": "120,000.00",  # 4.2, 4.3: the year from 1 July, before the service
        "delay-1": "0.00",
        "delay-2": "0.00",
        "penalty-1": "0.00",
        "penalty-2": "0.00",
        "penalty-3": "0.00",
    },
    "2026-08": {
        "fee-1": "0.00",
        "delay-1": "-1,200.00",  # 5.2: due on the 10th, done on the 14th: 1 % of 120,000, once
        "delay-2": "-1,200.00",  # due on the 28th; nobody had told that it was done
        "penalty-1": "2,400.00",  # 违约5: no data: 2 % of 120,000
        "penalty-2": "2,400.00",  # 违约4: July's fee, due on 18 August, was not paid: 2 %
        "penalty-3": "0.00",
    },  # 2,400.00
    "2026-09": {
        "fee-1": "0.00",
        "delay-1": "0.00",
        "delay-2": "0.00",
        "penalty-1 01-15": "2,400.00",  # 8 September, 2 %
        "penalty-1 16-30": "3,600.00",  # 22 September, by the supplement: 3 %
        "penalty-2": "0.00",
        "penalty-3": "-2,400.00",  # 违约3, the provider's
        "conventions-1": "1,200.00",  # the plan was done on 28 August after all
    },  # 4,800.00
}

# 003: one agent at 28.00, from 16 August 30.00 an hour, four hours a day.
PART_TIME: Amounts = {
    "2026-07": {
        "fee-1": "2,576.00",  # 23 days × 4 h = 92 h × 28
        "reward-1": "100.00",
        "damage-1": "0.00",
        "late-fee-1": "0.00",
    },  # 2,676.00
    "2026-08": {
        "fee-1 01-15": "896.00",  # 8 days: 32 h × 28
        "fee-1 16-31": "1,200.00",  # 10 days: 40 h × 30
        "reward-1": "0.00",
        # a leak cost 500; a fifth of 2,096 is 419.20; but 72 h × 25 = 1,800 must stay: 296
        "damage-1": "-296.00",
        # July's 2,676 was due on the 5th, paid on the 12th: 7 days × 1.338 = 9.366
        "late-fee-1": "9.37",
    },  # 1,809.37
    "2026-09": {
        # 22 days: 88 h, the 4 h of 25 September (中秋) three times: (88 + 2 × 4) × 30
        "fee-1": "2,880.00",
        "reward-1": "100.00",  # 60 + 80, at most 100
        "damage-1": "0.00",
        "late-fee-1": "0.00",
        # 4 h of 29 August: + 120; the wage is 2,216, 76 × 25 = 1,900 must stay, so 316 of the
        # damage go off instead of 296: 120 − 20
        "conventions-1": "100.00",
    },  # 3,080.00
}

# 004: two heads at 36.00, from 16 August 39.00 an hour (7.5 h a day), 6 % tax on top.
OUTSOURCING: Amounts = {
    "2026-07": {
        "fee-1": "5,400.00",  # 2 × 10 days × 7.5 h = 150 h × 36
        "fee-1 vat": "324.00",
        "deduction-1": "0.00",
        "deduction-2": "0.00",
        "deduction-cap-1": "0.00",
        "loss-1": "0.00",
        "loss-2": "0.00",
        "late-fee-1": "0.00",
    },  # 5,724.00
    "2026-08": {
        "fee-1 01-15": "5,400.00",  # 150 h × 36
        "fee-1 16-31": "2,925.00",  # 75 h × 39
        "fee-1 vat 01-15": "324.00",
        "fee-1 vat 16-31": "175.50",
        # 8 of 10: ten points below 90 %, 2 % each, at most 10 % of 8,325
        "deduction-1": "-832.50",
        "deduction-2": "-666.00",  # 7 of 10 is below 75 %: 8 % of 8,325
        "deduction-cap-1": "249.75",  # 1,498.50 − 15 % of 8,325 = 1,248.75
        "loss-1": "-3,000.00",  # 12,000 × 1/2 × 1/2 × 1
        "loss-2": "0.00",
        # July's 5,724 was due on 19 August: 12 days × 2.862 = 34.344
        "late-fee-1": "34.34",
    },  # 4,610.09
    "2026-09": {
        "fee-1": "5,850.00",  # 150 h × 39
        "fee-1 vat": "351.00",
        "deduction-1": "0.00",
        "deduction-2": "-468.00",  # 7 of 10 again: 8 % of 5,850
        "deduction-cap-1": "0.00",  # 15 % would be 877.50
        "loss-1": "-500.00",  # 2,000, but the limit is 3,500 and 3,000 are gone
        "loss-2": "200.00",  # 400 × 1 × 1 × 1/2, the client's breach
        "late-fee-1": "22.90",  # 1 to 8 September: 8 × 2.862 = 22.896
        # two late chats were the client's own outage: 8 of 8, so nothing of the 832.50; then
        # 666 lie below the cap, so nothing is given back: 832.50 − 249.75
        "conventions-1": "582.75",
    },  # 6,038.65
}


AMOUNTS = {
    "000": TEMPORARY,
    "001": SERVICE,
    "002": MANAGEMENT,
    "003": PART_TIME,
    "004": OUTSOURCING,
}
TOTALS = {
    "000": ["32,760.50", "13,430.82", "-14,251.80"],
    "001": ["20,180.00", "22,371.53", "23,511.89"],
    "002": ["120,000.00", "2,400.00", "4,800.00"],
    "003": ["2,676.00", "1,809.37", "3,080.00"],
    "004": ["5,724.00", "4,610.09", "6,038.65"],
}
MONEY_OF = [
    pytest.param(
        "000",
        marks=pytest.mark.requirement(
            "A29", "A41", "A42", "A44", "A45", "A46", "A47", "A49", "A50", "A51", "A52", "A53",
            "A54", "A55", "A56", "A58", "A60", "A61", "A67", "A75",
        ),
    ),
    pytest.param("001", marks=pytest.mark.requirement("B17", "B18", "B19", "B20", "B22", "B30")),
    pytest.param(
        "002",
        marks=pytest.mark.requirement(
            "C11", "C12", "C17", "C18", "C20", "C21", "C34", "C36", "C37", "C38"
        ),
    ),
    pytest.param("003", marks=pytest.mark.requirement("D10", "D16", "D25", "D26", "D30")),
    pytest.param(
        "004",
        marks=pytest.mark.requirement(
            "E10", "E11", "E14", "E30", "E32", "E34", "E58", "E75", "E76", "E81", "E82"
        ),
    ),
]  # fmt: skip


if PAPERS:

    @pytest.mark.requirement("T3", "T5")
    @pytest.mark.parametrize("name", PAPERS)
    def test_the_paper_with_its_answers_gives_the_terms_that_are_kept(name: str) -> None:
        contract = read_and_filled(name)
        assert contract.blanks() == ()
        assert without_words(contract) == without_words(kept_terms(name))

    @pytest.mark.parametrize("name", PAPERS)
    def test_the_whole_paper_settles_as_the_kept_terms_do(quarters: Quarters, name: str) -> None:
        quarter, september = quarters(name), Period.month("2026-09")
        made = settled_month(read_and_filled(name), quarter.log, load_china(), september)
        assert made.lines == quarter.statements["2026-09"].lines
        assert made.adjustments == quarter.statements["2026-09"].adjustments


@pytest.mark.parametrize("month", ["2026-07", "2026-08", "2026-09"])
@pytest.mark.parametrize("name", MONEY_OF)
def test_every_line_is_what_the_words_come_to(quarters: Quarters, name: str, month: str) -> None:
    assert quarters(name).amounts(month) == AMOUNTS[name][month]


@pytest.mark.parametrize("name", AMOUNTS)
def test_the_totals(quarters: Quarters, name: str) -> None:
    made = quarters(name).statements.values()
    assert [str(each.total) for each in made] == TOTALS[name]


@pytest.mark.parametrize("name", AMOUNTS)
def test_only_the_late_fact_of_august_is_adjusted(quarters: Quarters, name: str) -> None:
    made = quarters(name).statements
    adjusted = {month: [str(one.made.month) for one in m.adjustments] for month, m in made.items()}
    assert adjusted == {"2026-07": [], "2026-08": [], "2026-09": ["2026-08"]}


@pytest.mark.parametrize("name", AMOUNTS)
def test_the_other_side_comes_to_the_same_every_month(
    quarters: Quarters, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    quarter = quarters(name)
    for month, bundle in quarter.bundles.items():
        code = pactverify([str(bundle), "--trust", str(quarter.trust), "--json"])
        assert code == 0, (month, capsys.readouterr().out)
