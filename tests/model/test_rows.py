"""Every rule's rows, written down by hand for one small case, and the register that no rule escapes.

The cases are ``cases/rows.py``, for loans and tax ``cases/books.py``, and for programmes of every kind
``cases/aid.py``; the figures behind the weights stand in their docstrings and beside the texts here. In a text, columns
stand about in the order of the model, which says nothing: order, expand, built, exit, installed, serve, unmet, claim,
both, join, leave, leave_both, draw, repay, owed, scheduled, cover_room, serves_debt, value_room, equity_room, owes,
gain, loss, loss_used, loss_carried, profitable, exhausted, earned, credit, end_tax, cash.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from planner.audit.limits import AUDITED_RULES
from planner.coefficients import coefficients_of
from planner.model import rules
from planner.model.build import Model, build
from planner.model.rules import RULES, Rule
from planner.vocabulary.keys import OnCredit, PaidLater
from tests.cases.aid import aid_case
from tests.cases.books import books_case
from tests.cases.on_credit import on_credit_case
from tests.cases.passed_on import passed_on_case
from tests.cases.rows import rows_case
from tests.cases.toy import mn, toy
from tests.model.test_rows_of_dividends import PAYING
from tests.model.test_rows_of_frozen import LISTED
from tests.model.test_rows_of_property_tax import TAXED
from tests.model.test_rows_of_site_loss import LOST

TEXTS = {
    # Two cubes of 2024 stand there at first; one comes in 2026 under contract. Racks come a year after their order.
    "fleet_balance": """
fleet_balance[cube,east,2025-01]: - order[maker,east,2025-01] + exit[cube,east,2024-01,2025-01]
    + installed[cube,east,2025-01] = 2
fleet_balance[cube,east,2026-01]: - order[maker,east,2026-01] + exit[cube,east,2024-01,2026-01]
    + exit[cube,east,2025-01 maker,2026-01] - installed[cube,east,2025-01] + installed[cube,east,2026-01] = 1
fleet_balance[cube,east,2027-01]: - order[maker,east,2027-01] + exit[cube,east,2025-01 maker,2027-01]
    + exit[cube,east,2026-01,2027-01] + exit[cube,east,2026-01 maker,2027-01] - installed[cube,east,2026-01]
    + installed[cube,east,2027-01] = 0
fleet_balance[rack,east,2026-01]: - order[builder,east,2025-01] + installed[rack,east,2026-01] = 0
fleet_balance[rack,east,2027-01]: - order[builder,east,2026-01] + exit[rack,east,2026-01 builder,2027-01]
    - installed[rack,east,2026-01] + installed[rack,east,2027-01] = 0
fleet_balance[rack,west,2026-01]: - order[builder,west,2025-01] + installed[rack,west,2026-01] = 0
fleet_balance[rack,west,2027-01]: - order[builder,west,2026-01] + exit[rack,west,2026-01 builder,2027-01]
    - installed[rack,west,2026-01] + installed[rack,west,2027-01] = 0
""",
    # Cubes of 2024 and 2025 reach their two years within the horizon; all later systems outlive it.
    "useful_life": """
useful_life[cube,east,2024-01]: exit[cube,east,2024-01,2025-01] + exit[cube,east,2024-01,2026-01] = 2
useful_life[cube,east,2025-01 maker]: - order[maker,east,2025-01] + exit[cube,east,2025-01 maker,2026-01]
    + exit[cube,east,2025-01 maker,2027-01] = 0
useful_life[cube,east,2026-01]: exit[cube,east,2026-01,2027-01] <= 1
useful_life[cube,east,2026-01 maker]: - order[maker,east,2026-01] + exit[cube,east,2026-01 maker,2027-01] <= 0
useful_life[cube,east,2027-01 maker]: - order[maker,east,2027-01] <= 0
useful_life[rack,east,2026-01 builder]: - order[builder,east,2025-01] + exit[rack,east,2026-01 builder,2027-01] <= 0
useful_life[rack,east,2027-01 builder]: - order[builder,east,2026-01] <= 0
useful_life[rack,west,2026-01 builder]: - order[builder,west,2025-01] + exit[rack,west,2026-01 builder,2027-01] <= 0
useful_life[rack,west,2027-01 builder]: - order[builder,west,2026-01] <= 0
""",
    # Chat has no demand in 2025, and runs on cubes only.
    "capacity": """
capacity[cube,east,2025-01]: - 0.9 installed[cube,east,2025-01] + serve[training,cube,east,2025-01] <= 0
capacity[cube,east,2026-01]: - 0.9 installed[cube,east,2026-01] + serve[training,cube,east,2026-01]
    + serve[chat,cube,east,2026-01] <= 0
capacity[cube,east,2027-01]: - 0.9 installed[cube,east,2027-01] + serve[training,cube,east,2027-01]
    + serve[chat,cube,east,2027-01] <= 0
capacity[rack,east,2026-01]: - 0.5 installed[rack,east,2026-01] + serve[training,rack,east,2026-01] <= 0
capacity[rack,east,2027-01]: - 0.5 installed[rack,east,2027-01] + serve[training,rack,east,2027-01] <= 0
capacity[rack,west,2026-01]: - 0.5 installed[rack,west,2026-01] + serve[training,rack,west,2026-01] <= 0
capacity[rack,west,2027-01]: - 0.5 installed[rack,west,2027-01] + serve[training,rack,west,2027-01] <= 0
""",
    # Blocks started in 2025 and 2026 are ready within the horizon; two can be built.
    "block_balance": """
block_balance[hall,2025-01]: - expand[hall,2025-01] + built[hall,2025-01] = 0
block_balance[hall,2026-01]: - expand[hall,2026-01] - built[hall,2025-01] + built[hall,2026-01] = 0
block_balance[hall]: expand[hall,2025-01] + expand[hall,2026-01] <= 2
""",
    # Two cubes of 21 units share a rack of 42. The east limits no uplink, the west no racks and no staff; before it
    # opens, the west has nothing. A hall begun in 2025 is ready in 2026.
    "site_resource": """
site_resource[east,power,2025-01]: installed[cube,east,2025-01] <= 10
site_resource[east,power,2026-01]: installed[cube,east,2026-01] + 10 installed[rack,east,2026-01] <= 10
site_resource[east,power,2027-01]: installed[cube,east,2027-01] + 10 installed[rack,east,2027-01] <= 10
site_resource[east,racks,2025-01]: 0.5 installed[cube,east,2025-01] <= 4
site_resource[east,racks,2026-01]: 0.5 installed[cube,east,2026-01] + installed[rack,east,2026-01] <= 4
site_resource[east,racks,2027-01]: 0.5 installed[cube,east,2027-01] + installed[rack,east,2027-01] <= 4
site_resource[east,liquid_cooling,2025-01]: 0 <= 10
site_resource[east,liquid_cooling,2026-01]: 10 installed[rack,east,2026-01] <= 10
site_resource[east,liquid_cooling,2027-01]: 10 installed[rack,east,2027-01] <= 10
site_resource[east,staff,2025-01]: 0.25 installed[cube,east,2025-01] <= 1
site_resource[east,staff,2026-01]: 0.25 installed[cube,east,2026-01] <= 3
site_resource[east,staff,2027-01]: 0.25 installed[cube,east,2027-01] <= 3
site_resource[west,power,2025-01]: 0 <= 0
site_resource[west,power,2026-01]: - 10 built[hall,2025-01] + 10 installed[rack,west,2026-01] <= 20
site_resource[west,power,2027-01]: - 10 built[hall,2026-01] + 10 installed[rack,west,2027-01] <= 20
site_resource[west,liquid_cooling,2025-01]: 0 <= 0
site_resource[west,liquid_cooling,2026-01]: - 10 built[hall,2025-01] + 10 installed[rack,west,2026-01] <= 20
site_resource[west,liquid_cooling,2027-01]: - 10 built[hall,2026-01] + 10 installed[rack,west,2027-01] <= 20
site_resource[west,uplink,2025-01]: 0 <= 0
site_resource[west,uplink,2026-01]: 10 installed[rack,west,2026-01] <= 40
site_resource[west,uplink,2027-01]: 10 installed[rack,west,2027-01] <= 40
""",
    # Racks ordered in 2027 would come after the horizon.
    "supply": """
supply[maker,2025-01]: order[maker,east,2025-01] <= 3
supply[maker,2026-01]: order[maker,east,2026-01] <= 3
supply[maker,2027-01]: order[maker,east,2027-01] <= 3
supply[builder,2025-01,allocation]: order[builder,east,2025-01] + order[builder,west,2025-01] <= 3
supply[builder,2026-01,allocation]: order[builder,east,2025-01] + order[builder,east,2026-01]
    + order[builder,west,2025-01] + order[builder,west,2026-01] <= 4
""",
    # Cubes carry the tag: 110 - 60 % * 110 = 44; racks do not: 60 % * 200 = 120.
    "supply_chain_share": """
supply_chain_share[line]: - 120 order[builder,east,2025-01] - 120 order[builder,east,2026-01]
    - 120 order[builder,west,2025-01] - 120 order[builder,west,2026-01] + 44 order[maker,east,2025-01]
    + 44 order[maker,east,2026-01] + 44 order[maker,east,2027-01] <= 0
""",
    # A rack trains at half of its 16 PFLOPS.
    "demand": """
demand[training,2025-01]: serve[training,cube,east,2025-01] + unmet[training,2025-01] = 30
demand[training,2026-01]: serve[training,cube,east,2026-01] + 8 serve[training,rack,east,2026-01]
    + 8 serve[training,rack,west,2026-01] + unmet[training,2026-01] = 30
demand[training,2027-01]: serve[training,cube,east,2027-01] + 8 serve[training,rack,east,2027-01]
    + 8 serve[training,rack,west,2027-01] + unmet[training,2027-01] = 30
demand[chat,2026-01]: serve[chat,cube,east,2026-01] + unmet[chat,2026-01] = 4
demand[chat,2027-01]: serve[chat,cube,east,2027-01] + unmet[chat,2027-01] = 4
""",
    "service_level": """
service_level[training,2025-01]: unmet[training,2025-01] <= 15
service_level[training,2026-01]: unmet[training,2026-01] <= 15
service_level[training,2027-01]: unmet[training,2027-01] <= 15
service_level[chat,2026-01]: unmet[chat,2026-01] <= 4
service_level[chat,2027-01]: unmet[chat,2027-01] <= 4
""",
    # Half excludes fifth; halls pays for blocks only, and fifth for orders of 2025 only. What half would pay for an
    # order of 2027 would come after the horizon.
    "claim_once": """
claim_once[maker,east,2025-01,half+fifth]: - order[maker,east,2025-01] + claim[half,maker,east,2025-01]
    + claim[fifth,maker,east,2025-01] <= 0
claim_once[maker,east,2026-01,half+fifth]: - order[maker,east,2026-01] + claim[half,maker,east,2026-01] <= 0
claim_once[builder,east,2025-01,half+fifth]: - order[builder,east,2025-01] + claim[fifth,builder,east,2025-01] <= 0
claim_once[builder,west,2025-01,half+fifth]: - order[builder,west,2025-01] + claim[fifth,builder,west,2025-01] <= 0
claim_once[hall,west,2025-01,halls]: - expand[hall,2025-01] + claim[halls,hall,west,2025-01] <= 0
claim_once[hall,west,2026-01,halls]: - expand[hall,2026-01] + claim[halls,hall,west,2026-01] <= 0
""",
    # The ceiling is 40 % of 110. Half pays 50 % of 100; fifth pays 20 % of half of 110. On a rack only fifth pays:
    # 20 of 200, far below the ceiling; on a hall only halls: 12 of 40.
    "aid_intensity": """
aid_intensity[maker,east,2025-01]: - 44 order[maker,east,2025-01] + 50 claim[half,maker,east,2025-01]
    + 11 claim[fifth,maker,east,2025-01] <= 0
aid_intensity[maker,east,2026-01]: - 44 order[maker,east,2026-01] + 50 claim[half,maker,east,2026-01] <= 0
""",
    # Half pays a year late: for orders of 2025 in 2026. Without joining, fifth pays nothing of its cap, and halls,
    # which has none, nothing for any of the two blocks that can be begun.
    "programme_cap": """
programme_cap[half,total]: 50 claim[half,maker,east,2025-01] + 50 claim[half,maker,east,2026-01] <= 150
programme_cap[half,FY2026]: 50 claim[half,maker,east,2025-01] <= 80
programme_cap[fifth,operator]: 11 claim[fifth,maker,east,2025-01] + 20 claim[fifth,builder,east,2025-01]
    + 20 claim[fifth,builder,west,2025-01] <= 90
programme_cap[fifth,join]: 11 claim[fifth,maker,east,2025-01] + 20 claim[fifth,builder,east,2025-01]
    + 20 claim[fifth,builder,west,2025-01] - 90 join[fifth] <= 0
programme_cap[halls,join,hall,west,2025-01]: claim[halls,hall,west,2025-01] - 2 join[halls] <= 0
programme_cap[halls,join,hall,west,2026-01]: claim[halls,hall,west,2026-01] - 2 join[halls] <= 0
""",
    "obligation": """
obligation[halls,1,2026-01]: installed[cube,east,2026-01] + 16 installed[rack,east,2026-01]
    + 16 installed[rack,west,2026-01] - 20 join[halls] >= 0
""",
    # Eligible is half of 110 for a cube, and half of 200 for a rack.
    "minimum_investment": """
minimum_investment[fifth]: 55 claim[fifth,maker,east,2025-01] + 100 claim[fifth,builder,east,2025-01]
    + 100 claim[fifth,builder,west,2025-01] - 110 join[fifth] >= 0
""",
    # Fifth holds for 18 months, which is to the start of the second year after delivery, as the 24 months of half.
    # The cube under contract of 2026 was not ordered, and so nothing holds it.
    "retention": """
retention[rack,east,2026-01 builder,half+fifth,fifth]: - order[builder,east,2025-01]
    + exit[rack,east,2026-01 builder,2027-01] + claim[fifth,builder,east,2025-01] <= 0
retention[rack,west,2026-01 builder,half+fifth,fifth]: - order[builder,west,2025-01]
    + exit[rack,west,2026-01 builder,2027-01] + claim[fifth,builder,west,2025-01] <= 0
retention[cube,east,2025-01 maker,half+fifth,half]: - order[maker,east,2025-01] + exit[cube,east,2025-01 maker,2026-01]
    + claim[half,maker,east,2025-01] <= 0
retention[cube,east,2025-01 maker,half+fifth,fifth]: - order[maker,east,2025-01] + exit[cube,east,2025-01 maker,2026-01]
    + claim[half,maker,east,2025-01] + claim[fifth,maker,east,2025-01] <= 0
retention[cube,east,2026-01 maker,half+fifth,half]: - order[maker,east,2026-01] + exit[cube,east,2026-01 maker,2027-01]
    + claim[half,maker,east,2026-01] <= 0
""",
    # Here and below without the rows that only carry cash over, and without its floors: every month has two of both.
    # Orders, blocks and the contract of 30 are paid at the start of a month, before its income; the owners' 50 come in
    # their month. What runs over a year comes month by month: 31 of 365 days of it in January, and a twelfth.
    # Standing costs a cube 1 for energy, 3 for operations, 4 for maintenance; a rack 30 for operations in the east, 6
    # for rent in the west. Work adds 1 for a cube's energy, 20 or 10 for a rack's, and earns 10, 20 (chat) or 80.
    "cash_balance": """
cash_balance[2025-01,hours,running]: installed[cube,east,2025-01] - 9 serve[training,cube,east,2025-01]
    + hourly[2025-01] = 0
cash_balance[2026-01,hours,running]: installed[cube,east,2026-01] - 9 serve[training,cube,east,2026-01]
    - 19 serve[chat,cube,east,2026-01] - 60 serve[training,rack,east,2026-01] - 70 serve[training,rack,west,2026-01]
    + hourly[2026-01] = 0
cash_balance[2027-01,hours,running]: installed[cube,east,2027-01] - 9 serve[training,cube,east,2027-01]
    - 19 serve[chat,cube,east,2027-01] - 60 serve[training,rack,east,2027-01] - 70 serve[training,rack,west,2027-01]
    + hourly[2027-01] = 0
cash_balance[2025-01,months,running]: 7 installed[cube,east,2025-01] + monthly[2025-01] = 0
cash_balance[2026-01,months,running]: 7 installed[cube,east,2026-01] + 30 installed[rack,east,2026-01]
    + 6 installed[rack,west,2026-01] + monthly[2026-01] = 0
cash_balance[2027-01,months,running]: 7 installed[cube,east,2027-01] + 30 installed[rack,east,2027-01]
    + 6 installed[rack,west,2027-01] + monthly[2027-01] = 0
cash_balance[2025-01 start]: 100 order[builder,east,2025-01] + 100 order[builder,west,2025-01]
    + 110 order[maker,east,2025-01] + 20 expand[hall,2025-01] + cash[2025-01 start] = 1000
cash_balance[2025-01 end]: - 50 exit[cube,east,2024-01,2025-01] - 11 claim[fifth,maker,east,2025-01]
    - cash[2025-01 start] + cash[2025-01 end] - 0.0849315 hourly[2025-01] - 0.0833333 monthly[2025-01] = 0
cash_balance[2026-01 start]: 100 order[builder,east,2025-01] + 100 order[builder,east,2026-01]
    + 100 order[builder,west,2025-01] + 100 order[builder,west,2026-01] + 110 order[maker,east,2026-01]
    + 20 expand[hall,2025-01] + 20 expand[hall,2026-01] - cash[2025-12 end] + cash[2026-01 start] = -30
cash_balance[2026-01 end]: - 50 exit[cube,east,2024-01,2026-01] - 50 exit[cube,east,2025-01 maker,2026-01]
    - 50 claim[half,maker,east,2025-01] - 20 claim[fifth,builder,east,2025-01] - 20 claim[fifth,builder,west,2025-01]
    - 12 claim[halls,hall,west,2025-01] - cash[2026-01 start] + cash[2026-01 end]
    - 0.0849315 hourly[2026-01] - 0.0833333 monthly[2026-01] = 0
cash_balance[2026-05 start]: - cash[2026-04 end] + cash[2026-05 start] = 50
cash_balance[2027-01 start]: 100 order[builder,east,2026-01] + 100 order[builder,west,2026-01]
    + 110 order[maker,east,2027-01] + 20 expand[hall,2026-01] - cash[2026-12 end] + cash[2027-01 start] = 0
cash_balance[2027-01 end]: - 50 exit[cube,east,2025-01 maker,2027-01] - 50 exit[cube,east,2026-01,2027-01]
    - 50 exit[cube,east,2026-01 maker,2027-01]
    - 100 exit[rack,east,2026-01 builder,2027-01] - 100 exit[rack,west,2026-01 builder,2027-01]
    - 50 claim[half,maker,east,2026-01] - 12 claim[halls,hall,west,2026-01]
    - cash[2027-01 start] + cash[2027-01 end] - 0.0849315 hourly[2027-01] - 0.0833333 monthly[2027-01] = 0
""",
    # Of the limit of 2026, the contract signed before the plan takes 30.
    "capex_limit": """
capex_limit[FY2025]: 100 order[builder,east,2025-01] + 100 order[builder,west,2025-01]
    + 110 order[maker,east,2025-01] + 20 expand[hall,2025-01] <= 300
capex_limit[FY2026]: 100 order[builder,east,2025-01] + 100 order[builder,east,2026-01]
    + 100 order[builder,west,2025-01] + 100 order[builder,west,2026-01] + 110 order[maker,east,2026-01]
    + 20 expand[hall,2025-01] + 20 expand[hall,2026-01] <= 220
""",
}

BOOKS = {
    # Cubes of 2025 are paid for in 2026 and held until then; those of 2026 in 2027; those of 2027 too late.
    "claimed_exits": """
claimed_exits[cube,east,2025-01 maker,half,2026-01]: - exit[cube,east,2025-01 maker,2026-01]
    + claimed_exit[half,maker,east,2025-01,2026-01] <= 0
claimed_exits[cube,east,2025-01 maker,half,2027-01]: - exit[cube,east,2025-01 maker,2027-01]
    + claimed_exit[half,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2025-01 maker,half,stay]: - order[maker,east,2025-01]
    + exit[cube,east,2025-01 maker,2026-01] + exit[cube,east,2025-01 maker,2027-01]
    + claim[half,maker,east,2025-01] - claimed_exit[half,maker,east,2025-01,2026-01]
    - claimed_exit[half,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,half,2027-01]: - exit[cube,east,2026-01 maker,2027-01]
    + claimed_exit[half,maker,east,2026-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,half,stay]: - order[maker,east,2026-01]
    + exit[cube,east,2026-01 maker,2027-01] + claim[half,maker,east,2026-01]
    - claimed_exit[half,maker,east,2026-01,2027-01] <= 0
claimed_exits[half,maker,east,2025-01]: - claim[half,maker,east,2025-01] + claimed_exit[half,maker,east,2025-01,2026-01]
    + claimed_exit[half,maker,east,2025-01,2027-01] <= 0
claimed_exits[half,maker,east,2026-01]: - claim[half,maker,east,2026-01]
    + claimed_exit[half,maker,east,2026-01,2027-01] <= 0
""",
    # Nothing more is drawn from the bank in 2027.
    "loan_balance": """
loan_balance[bank,2025-01]: - draw[bank,2025-01] + repay[bank,2025-01] + owed[bank,2025-01] = 20
loan_balance[bank,2026-01]: - draw[bank,2026-01] + repay[bank,2026-01] - owed[bank,2025-01] + owed[bank,2026-01] = 0
loan_balance[bank,2027-01]: repay[bank,2027-01] - owed[bank,2026-01] + owed[bank,2027-01] = 0
loan_balance[line,2025-01]: - draw[line,2025-01] + repay[line,2025-01] + owed[line,2025-01] = 0
loan_balance[line,2026-01]: - draw[line,2026-01] + repay[line,2026-01] - owed[line,2025-01] + owed[line,2026-01] = 0
loan_balance[line,2027-01]: - draw[line,2027-01] + repay[line,2027-01] - owed[line,2026-01] + owed[line,2027-01] = 0
""",
    # Of the 60 of the bank 20 are owed already; half of a cube are 50.
    "loan_limit": """
loan_limit[line,2025-01]: draw[line,2025-01] <= 30
loan_limit[line,2026-01]: draw[line,2026-01] + owed[line,2025-01] <= 30
loan_limit[line,2027-01]: draw[line,2027-01] + owed[line,2026-01] <= 30
loan_limit[bank]: draw[bank,2025-01] + draw[bank,2026-01] <= 40
loan_limit[bank,2025-01,share]: - 50 order[maker,east,2025-01] + draw[bank,2025-01] <= 0
loan_limit[bank,2026-01,share]: - 50 order[maker,east,2025-01] - 50 order[maker,east,2026-01]
    + draw[bank,2025-01] + draw[bank,2026-01] <= 0
loan_limit[bank,2027-01,share]: - 50 order[maker,east,2025-01] - 50 order[maker,east,2026-01]
    - 50 order[maker,east,2027-01] + draw[bank,2025-01] + draw[bank,2026-01] <= 0
""",
    # What is drawn from the bank at the start of 2025 is due at the end of 2026; of the line, a quarter each year.
    "loan_term": """
loan_term[bank,2025-01]: repay[bank,2025-01] >= 0
loan_term[bank,2026-01]: - draw[bank,2025-01] + repay[bank,2025-01] + repay[bank,2026-01] >= 20
loan_term[bank,2027-01]: - draw[bank,2025-01] - draw[bank,2026-01] + repay[bank,2025-01] + repay[bank,2026-01]
    + repay[bank,2027-01] >= 20
loan_term[line,2025-01]: - 0.25 draw[line,2025-01] + repay[line,2025-01] >= 0
loan_term[line,2026-01]: - 0.5 draw[line,2025-01] - 0.25 draw[line,2026-01] + repay[line,2025-01]
    + repay[line,2026-01] >= 0
loan_term[line,2027-01]: - 0.75 draw[line,2025-01] - 0.5 draw[line,2026-01] - 0.25 draw[line,2027-01]
    + repay[line,2025-01] + repay[line,2026-01] + repay[line,2027-01] >= 0
""",
    # 20 of the bank and 2 of interest on them are sure. Nothing stands that costs anything, so operations take no more
    # than the highest tax, of a profit of 970: 291 in FY2026, 388 in FY2027. Largest service: twice the 80 and the 30
    # that can be owed, and 30 once more for each period of the line.
    "debt_service_cover": """
debt_service_cover[bank,FY2025,scheduled]: scheduled[bank,FY2025] >= 0
debt_service_cover[line,FY2025,scheduled]: - 0.25 draw[line,2025-01] + scheduled[line,FY2025] >= 0
debt_service_cover[FY2025]: 60 serve[training,cube,east,2025-01] - 0.12 draw[bank,2025-01] - 0.06 draw[line,2025-01] -
    1.2 scheduled[bank,FY2025] - 1.2 scheduled[line,FY2025] - cover_room[FY2025] >= 2.4
debt_service_cover[FY2025,kept]: cover_room[FY2025] >= 0
debt_service_cover[FY2025,none]: 0.1 draw[bank,2025-01] + 0.05 draw[line,2025-01] + scheduled[bank,FY2025] +
    scheduled[line,FY2025] - 250 serves_debt[FY2025] <= -2
debt_service_cover[bank,FY2026,scheduled]: - draw[bank,2025-01] + repay[bank,2025-01] + scheduled[bank,FY2026] >= 20
debt_service_cover[line,FY2026,scheduled]: - 0.5 draw[line,2025-01] - 0.25 draw[line,2026-01] + repay[line,2025-01] +
    scheduled[line,FY2026] >= 0
debt_service_cover[FY2026]: 60 serve[training,cube,east,2026-01] - 0.12 draw[bank,2026-01] - 0.06 draw[line,2026-01] -
    0.12 owed[bank,2025-01] - 0.06 owed[line,2025-01] - 1.2 scheduled[bank,FY2026] - 1.2 scheduled[line,FY2026] -
    cover_room[FY2026] - 0.3 gain[FY2025] + 0.3 loss_used[FY2025] >= 0
debt_service_cover[FY2026,kept]: cover_room[FY2026] - 291 serves_debt[FY2026] >= -291
debt_service_cover[FY2026,none]: 0.1 draw[bank,2026-01] + 0.05 draw[line,2026-01] + 0.1 owed[bank,2025-01] + 0.05
    owed[line,2025-01] + scheduled[bank,FY2026] + scheduled[line,FY2026] - 250 serves_debt[FY2026] <= 0
debt_service_cover[bank,FY2027,scheduled]: - draw[bank,2025-01] - draw[bank,2026-01] + repay[bank,2025-01] +
    repay[bank,2026-01] + scheduled[bank,FY2027] >= 20
debt_service_cover[line,FY2027,scheduled]: - 0.75 draw[line,2025-01] - 0.5 draw[line,2026-01] - 0.25
    draw[line,2027-01] + repay[line,2025-01] + repay[line,2026-01] + scheduled[line,FY2027] >= 0
debt_service_cover[FY2027]: 60 serve[training,cube,east,2027-01] - 0.06 draw[line,2027-01] - 0.12 owed[bank,2026-01] -
    0.06 owed[line,2026-01] - 1.2 scheduled[bank,FY2027] - 1.2 scheduled[line,FY2027] - cover_room[FY2027] - 0.4
    gain[FY2026] + 0.4 loss_used[FY2026] >= 0
debt_service_cover[FY2027,kept]: cover_room[FY2027] - 388 serves_debt[FY2027] >= -388
debt_service_cover[FY2027,none]: 0.05 draw[line,2027-01] + 0.1 owed[bank,2026-01] + 0.05 owed[line,2026-01] +
    scheduled[bank,FY2027] + scheduled[line,FY2027] - 250 serves_debt[FY2027] <= 0
""",
    # Of the line 30 less what is owed may be drawn. 80 % of 75, 50 and 25 that are left of a cube, less what its grant
    # takes off. Equity: 1000 of cash less the 20 that are owed, and profit less tax; twice that is 1956, without 2 of
    # sure interest. The books fall no further below nothing than twice the largest results, and the 980 again.
    "year_end_covenants": """
year_end_covenants[FY2025,liquidity]: - owed[line,2025-01] - 50 owes[FY2025] + cash[2025-12 end] >= -30
year_end_covenants[FY2025,value]: - 60 order[maker,east,2025-01] + owed[bank,2025-01] + owed[line,2025-01] +
    value_room[FY2025] <= 0
year_end_covenants[FY2025,value kept]: value_room[FY2025] - 2336 owes[FY2025] >= -2336
year_end_covenants[FY2025,equity]: 50 order[maker,east,2025-01] - 120 serve[training,cube,east,2025-01] + 0.2
    draw[bank,2025-01] + 0.1 draw[line,2025-01] + owed[bank,2025-01] + owed[line,2025-01] + equity_room[FY2025] + 0.6
    gain[FY2025] - 0.6 loss_used[FY2025] <= 1956
year_end_covenants[FY2025,equity kept]: equity_room[FY2025] - 5840 owes[FY2025] >= -5840
year_end_covenants[FY2025,none]: owed[bank,2025-01] + owed[line,2025-01] - 110 owes[FY2025] <= 0
year_end_covenants[FY2026,liquidity]: - owed[line,2026-01] - 50 owes[FY2026] + cash[2026-12 end] >= -30
year_end_covenants[FY2026,value]: - 40 order[maker,east,2025-01] - 60 order[maker,east,2026-01] + 40
    exit[cube,east,2025-01 maker,2026-01] + 20 claim[half,maker,east,2025-01] - 20
    claimed_exit[half,maker,east,2025-01,2026-01] + owed[bank,2026-01] + owed[line,2026-01] + value_room[FY2026] <= 0
year_end_covenants[FY2026,value kept]: value_room[FY2026] - 3888 owes[FY2026] >= -3888
year_end_covenants[FY2026,equity]: 100 order[maker,east,2025-01] + 50 order[maker,east,2026-01] + 100
    exit[cube,east,2025-01 maker,2026-01] - 120 serve[training,cube,east,2025-01] - 120
    serve[training,cube,east,2026-01] - 50 claim[half,maker,east,2025-01] - 50
    claimed_exit[half,maker,east,2025-01,2026-01] + 0.2 draw[bank,2025-01] + 0.2 draw[bank,2026-01] + 0.1
    draw[line,2025-01] + 0.1 draw[line,2026-01] + 0.2 owed[bank,2025-01] + owed[bank,2026-01] + 0.1 owed[line,2025-01]
    + owed[line,2026-01] + equity_room[FY2026] + 0.6 gain[FY2025] + 0.8 gain[FY2026] - 0.6 loss_used[FY2025] - 0.8
    loss_used[FY2026] <= 1956
year_end_covenants[FY2026,equity kept]: equity_room[FY2026] - 9720 owes[FY2026] >= -9720
year_end_covenants[FY2026,none]: owed[bank,2026-01] + owed[line,2026-01] - 110 owes[FY2026] <= 0
year_end_covenants[FY2027,liquidity]: - owed[line,2027-01] - 50 owes[FY2027] + cash[2027-12 end] >= -30
year_end_covenants[FY2027,value]: - 20 order[maker,east,2025-01] - 40 order[maker,east,2026-01] - 60
    order[maker,east,2027-01] + 20 exit[cube,east,2025-01 maker,2026-01] + 20 exit[cube,east,2025-01 maker,2027-01] +
    40 exit[cube,east,2026-01 maker,2027-01] + 10 claim[half,maker,east,2025-01] + 20 claim[half,maker,east,2026-01] -
    10 claimed_exit[half,maker,east,2025-01,2026-01] - 10 claimed_exit[half,maker,east,2025-01,2027-01] - 20
    claimed_exit[half,maker,east,2026-01,2027-01] + owed[bank,2027-01] + owed[line,2027-01] + value_room[FY2027] <= 0
year_end_covenants[FY2027,value kept]: value_room[FY2027] - 5440 owes[FY2027] >= -5440
year_end_covenants[FY2027,equity]: 150 order[maker,east,2025-01] + 100 order[maker,east,2026-01] + 50
    order[maker,east,2027-01] + 50 exit[cube,east,2025-01 maker,2026-01] + 50 exit[cube,east,2025-01 maker,2027-01] +
    100 exit[cube,east,2026-01 maker,2027-01] - 120 serve[training,cube,east,2025-01] - 120
    serve[training,cube,east,2026-01] - 120 serve[training,cube,east,2027-01] - 75 claim[half,maker,east,2025-01] - 50
    claim[half,maker,east,2026-01] - 25 claimed_exit[half,maker,east,2025-01,2026-01] - 25
    claimed_exit[half,maker,east,2025-01,2027-01] - 50 claimed_exit[half,maker,east,2026-01,2027-01] + 0.2
    draw[bank,2025-01] + 0.2 draw[bank,2026-01] + 0.1 draw[line,2025-01] + 0.1 draw[line,2026-01] + 0.1
    draw[line,2027-01] + 0.2 owed[bank,2025-01] + 0.2 owed[bank,2026-01] + owed[bank,2027-01] + 0.1 owed[line,2025-01]
    + 0.1 owed[line,2026-01] + owed[line,2027-01] + equity_room[FY2027] + 0.6 gain[FY2025] + 0.8 gain[FY2026] + 0.8
    gain[FY2027] - 0.6 loss_used[FY2025] - 0.8 loss_used[FY2026] - 0.8 loss_used[FY2027] <= 1956
year_end_covenants[FY2027,equity kept]: equity_room[FY2027] - 13600 owes[FY2027] >= -13600
year_end_covenants[FY2027,none]: owed[bank,2027-01] + owed[line,2027-01] - 110 owes[FY2027] <= 0
""",
    # A cube that leaves after a year is written off with 75, of which the year would have taken 25 anyway. Of a grant
    # of 50, a quarter is income when it comes a year late, 37.5 come off the book value, and depreciation falls by 12.5
    # a year. At the end 25, 50 and 75 of a cube are left, and would be set against what it fetches, taxed at 40 %.
    # Largest: four times two cubes of 100, the 110 that can be owed, and a year's work for 60.
    "taxable_profit": """
taxable_profit[FY2025]: 25 order[maker,east,2025-01] - 60 serve[training,cube,east,2025-01]
    + 0.1 draw[bank,2025-01] + 0.05 draw[line,2025-01] + gain[FY2025] - loss[FY2025] = -2
taxable_profit[FY2025,gain]: gain[FY2025] - 970 profitable[FY2025] <= 0
taxable_profit[FY2025,loss]: loss[FY2025] + 970 profitable[FY2025] <= 970
taxable_profit[FY2026]: 25 order[maker,east,2025-01] + 25 order[maker,east,2026-01]
    + 50 exit[cube,east,2025-01 maker,2026-01] - 60 serve[training,cube,east,2026-01]
    - 25 claim[half,maker,east,2025-01] - 25 claimed_exit[half,maker,east,2025-01,2026-01]
    + 0.1 draw[bank,2026-01] + 0.05 draw[line,2026-01] + 0.1 owed[bank,2025-01] + 0.05 owed[line,2025-01]
    + gain[FY2026] - loss[FY2026] = 0
taxable_profit[FY2026,gain]: gain[FY2026] - 970 profitable[FY2026] <= 0
taxable_profit[FY2026,loss]: loss[FY2026] + 970 profitable[FY2026] <= 970
taxable_profit[FY2027]: 25 order[maker,east,2025-01] + 25 order[maker,east,2026-01] + 25 order[maker,east,2027-01]
    - 25 exit[cube,east,2025-01 maker,2026-01] + 25 exit[cube,east,2025-01 maker,2027-01]
    + 50 exit[cube,east,2026-01 maker,2027-01] - 60 serve[training,cube,east,2027-01]
    - 12.5 claim[half,maker,east,2025-01] - 25 claim[half,maker,east,2026-01]
    + 12.5 claimed_exit[half,maker,east,2025-01,2026-01] - 12.5 claimed_exit[half,maker,east,2025-01,2027-01]
    - 25 claimed_exit[half,maker,east,2026-01,2027-01]
    + 0.05 draw[line,2027-01] + 0.1 owed[bank,2026-01] + 0.05 owed[line,2026-01]
    + gain[FY2027] - loss[FY2027] = 0
taxable_profit[FY2027,gain]: gain[FY2027] - 970 profitable[FY2027] <= 0
taxable_profit[FY2027,loss]: loss[FY2027] + 970 profitable[FY2027] <= 970
taxable_profit[2027-01,end]: 10 order[maker,east,2025-01] + 20 order[maker,east,2026-01]
    + 30 order[maker,east,2027-01] - 10 exit[cube,east,2025-01 maker,2026-01] - 10 exit[cube,east,2025-01 maker,2027-01]
    - 20 exit[cube,east,2026-01 maker,2027-01] - 5 claim[half,maker,east,2025-01] - 10 claim[half,maker,east,2026-01]
    + 5 claimed_exit[half,maker,east,2025-01,2026-01] + 5 claimed_exit[half,maker,east,2025-01,2027-01]
    + 10 claimed_exit[half,maker,east,2026-01,2027-01] + end_tax[2027-01] >= 0
taxable_profit[2027-01,end loss]: 0.4 gain[FY2027] - 0.4 loss_used[FY2027] + end_tax[2027-01] >= 0
""",
    "loss_carried": """
loss_carried[FY2025]: - loss[FY2025] + loss_used[FY2025] + loss_carried[FY2025] = 40
loss_carried[FY2025,losses]: loss_used[FY2025] <= 40
loss_carried[FY2025,profit]: - 0.5 gain[FY2025] + loss_used[FY2025] <= 0
loss_carried[FY2025,all losses]: loss_used[FY2025] - 40 exhausted[FY2025] >= 0
loss_carried[FY2025,all profit]: - 0.5 gain[FY2025] + loss_used[FY2025] + 970 exhausted[FY2025] >= 0
loss_carried[FY2026]: - loss[FY2026] + loss_used[FY2026] - loss_carried[FY2025] + loss_carried[FY2026] = 0
loss_carried[FY2026,losses]: loss_used[FY2026] - loss_carried[FY2025] <= 0
loss_carried[FY2026,profit]: - 0.5 gain[FY2026] + loss_used[FY2026] <= 0
loss_carried[FY2026,all losses]: loss_used[FY2026] - loss_carried[FY2025] - 1010 exhausted[FY2026] >= -1010
loss_carried[FY2026,all profit]: - 0.5 gain[FY2026] + loss_used[FY2026] + 970 exhausted[FY2026] >= 0
loss_carried[FY2027]: - loss[FY2027] + loss_used[FY2027] - loss_carried[FY2026] + loss_carried[FY2027] = 0
loss_carried[FY2027,losses]: loss_used[FY2027] - loss_carried[FY2026] <= 0
loss_carried[FY2027,profit]: - 0.5 gain[FY2027] + loss_used[FY2027] <= 0
loss_carried[FY2027,all losses]: loss_used[FY2027] - loss_carried[FY2026] - 1980 exhausted[FY2027] >= -1980
loss_carried[FY2027,all profit]: - 0.5 gain[FY2027] + loss_used[FY2027] + 970 exhausted[FY2027] >= 0
""",
    # Tax is paid at the end of the second month after the year; that of 2027 after the horizon. 2 of interest are sure.
    "cash_balance": """
cash_balance[2025-01,hours,running]: - 60 serve[training,cube,east,2025-01] + hourly[2025-01] = 0
cash_balance[2026-01,hours,running]: - 60 serve[training,cube,east,2026-01] + hourly[2026-01] = 0
cash_balance[2027-01,hours,running]: - 60 serve[training,cube,east,2027-01] + hourly[2027-01] = 0
cash_balance[2025-01,months,running]: 0.1 draw[bank,2025-01] + 0.05 draw[line,2025-01] + monthly[2025-01] = -2
cash_balance[2026-01,months,running]: 0.1 draw[bank,2026-01] + 0.05 draw[line,2026-01] + 0.1 owed[bank,2025-01]
    + 0.05 owed[line,2025-01] + monthly[2026-01] = 0
cash_balance[2027-01,months,running]: 0.05 draw[line,2027-01] + 0.1 owed[bank,2026-01] + 0.05 owed[line,2026-01]
    + monthly[2027-01] = 0
cash_balance[2025-01 start]: 100 order[maker,east,2025-01] - draw[bank,2025-01] - draw[line,2025-01]
    + cash[2025-01 start] = 1000
cash_balance[2025-12 end]: repay[bank,2025-01] + repay[line,2025-01] - cash[2025-12 start] + cash[2025-12 end]
    - 0.0849315 hourly[2025-01] - 0.0833333 monthly[2025-01] = 0
cash_balance[2026-01 start]: 100 order[maker,east,2026-01] - draw[bank,2026-01] - draw[line,2026-01]
    - cash[2025-12 end] + cash[2026-01 start] = 0
cash_balance[2026-01 end]: - 50 claim[half,maker,east,2025-01] - cash[2026-01 start] + cash[2026-01 end]
    - 0.0849315 hourly[2026-01] - 0.0833333 monthly[2026-01] = 0
cash_balance[2026-02 end]: 0.3 gain[FY2025] - 0.3 loss_used[FY2025] - cash[2026-02 start] + cash[2026-02 end]
    - 0.0767123 hourly[2026-01] - 0.0833333 monthly[2026-01] = 0
cash_balance[2026-12 end]: repay[bank,2026-01] + repay[line,2026-01] - cash[2026-12 start] + cash[2026-12 end]
    - 0.0849315 hourly[2026-01] - 0.0833333 monthly[2026-01] = 0
cash_balance[2027-01 start]: 100 order[maker,east,2027-01] - draw[line,2027-01]
    - cash[2026-12 end] + cash[2027-01 start] = 0
cash_balance[2027-01 end]: - 50 claim[half,maker,east,2026-01] - cash[2027-01 start] + cash[2027-01 end]
    - 0.0849315 hourly[2027-01] - 0.0833333 monthly[2027-01] = 0
cash_balance[2027-02 end]: 0.4 gain[FY2026] - 0.4 loss_used[FY2026] - cash[2027-02 start] + cash[2027-02 end]
    - 0.0767123 hourly[2027-01] - 0.0833333 monthly[2027-01] = 0
cash_balance[2027-12 end]: repay[bank,2027-01] + repay[line,2027-01] - cash[2027-12 start] + cash[2027-12 end]
    - 0.0849315 hourly[2027-01] - 0.0833333 monthly[2027-01] = 0
""",
    # At no discount: 20 were owed at the start, and cost 2 in the first year; draws cost a year's interest each year.
    "loan_cost": """
loan_cost[bank]: 0.9 draw[bank,2025-01] + 0.9 draw[bank,2026-01] - repay[bank,2025-01] - repay[bank,2026-01]
    - repay[bank,2027-01] - 0.1 owed[bank,2025-01] - 0.1 owed[bank,2026-01] - owed[bank,2027-01]
    + loan_cost[bank] >= -18
loan_cost[line]: 0.95 draw[line,2025-01] + 0.95 draw[line,2026-01] + 0.95 draw[line,2027-01] - repay[line,2025-01]
    - repay[line,2026-01] - repay[line,2027-01] - 0.05 owed[line,2025-01] - 0.05 owed[line,2026-01]
    - owed[line,2027-01] + loan_cost[line] >= 0
""",
}
"""Rows of the case ``cases/books.py``, and cash once more with the terms of loans and tax."""

AID = {
    # Cubes may leave in 2027 and 2028; to state it matters in 2027 alone, and so to town, which shares its cubes.
    "stacking_order": """
stacking_order[maker,east,2025-01,town,state]: order[maker,east,2025-01] - exit[cube,east,2026-01 maker,2027-01]
    - claim[state,maker,east,2025-01] - claim[town,maker,east,2025-01] + overlap[town,state,maker,east,2025-01]
    + claimed_exit[state,maker,east,2025-01,2027-01] + claimed_exit[town,maker,east,2025-01,2027-01]
    - overlap_exit[town,state,maker,east,2025-01,2027-01] >= 0
stacking_order[maker,east,2025-01,town,state,town]: - claim[town,maker,east,2025-01]
    + overlap[town,state,maker,east,2025-01] + claimed_exit[town,maker,east,2025-01,2027-01]
    - overlap_exit[town,state,maker,east,2025-01,2027-01] <= 0
stacking_order[maker,east,2025-01,town,state,state]: - claim[state,maker,east,2025-01]
    + overlap[town,state,maker,east,2025-01] + claimed_exit[state,maker,east,2025-01,2027-01]
    - overlap_exit[town,state,maker,east,2025-01,2027-01] <= 0
stacking_order[maker,east,2025-01,town,state,2027-01]: exit[cube,east,2026-01 maker,2027-01]
    - claimed_exit[state,maker,east,2025-01,2027-01] - claimed_exit[town,maker,east,2025-01,2027-01]
    + overlap_exit[town,state,maker,east,2025-01,2027-01] >= 0
stacking_order[maker,east,2025-01,town,state,2027-01,town]: - claimed_exit[town,maker,east,2025-01,2027-01]
    + overlap_exit[town,state,maker,east,2025-01,2027-01] <= 0
stacking_order[maker,east,2025-01,town,state,2027-01,state]: - claimed_exit[state,maker,east,2025-01,2027-01]
    + overlap_exit[town,state,maker,east,2025-01,2027-01] <= 0
stacking_order[maker,east,2025-01,town,state,leave]: - overlap[town,state,maker,east,2025-01]
    + overlap_exit[town,state,maker,east,2025-01,2027-01] <= 0
""",
    # Town pays 50, and 20 less where state pays 40; what is written off at once is no public money.
    "aid_intensity": """
aid_intensity[maker,east,2025-01]: - 60 order[maker,east,2025-01] + 40 claim[state,maker,east,2025-01]
    + 50 claim[town,maker,east,2025-01] + 10 claim[saving,maker,east,2025-01]
    - 20 overlap[town,state,maker,east,2025-01] <= 0
""",
    # All of the 40 of state count for its total, three quarters are paid in 2027; saving is earned on delivery.
    "programme_cap": """
programme_cap[state,total]: 40 claim[state,maker,east,2025-01] <= 100
programme_cap[state,FY2027]: 30 claim[state,maker,east,2025-01] <= 50
programme_cap[town,operator]: 50 claim[town,maker,east,2025-01] - 20 overlap[town,state,maker,east,2025-01] <= 90
programme_cap[saving,FY2026]: 10 claim[saving,maker,east,2025-01] <= 15
programme_cap[town,join]: 50 claim[town,maker,east,2025-01] - 20 overlap[town,state,maker,east,2025-01]
    - 90 join[town] <= 0
""",
    "minimum_investment": """
minimum_investment[town]: 100 claim[town,maker,east,2025-01] - 40 overlap[town,state,maker,east,2025-01]
    - 110 join[town] >= 0
""",
    # What was written off at once is still to be made up for in 2028.
    "claimed_exits": """
claimed_exits[cube,east,2026-01 maker,state,2027-01]: - exit[cube,east,2026-01 maker,2027-01]
    + claimed_exit[state,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,state,stay]: - order[maker,east,2025-01]
    + exit[cube,east,2026-01 maker,2027-01] + claim[state,maker,east,2025-01]
    - claimed_exit[state,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,town,2027-01]: - exit[cube,east,2026-01 maker,2027-01]
    + claimed_exit[town,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,town,stay]: - order[maker,east,2025-01]
    + exit[cube,east,2026-01 maker,2027-01] + claim[town,maker,east,2025-01]
    - claimed_exit[town,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,at-once,2027-01]: - exit[cube,east,2026-01 maker,2027-01]
    + claimed_exit[at-once,maker,east,2025-01,2027-01] <= 0
claimed_exits[cube,east,2026-01 maker,at-once,2028-01]: - exit[cube,east,2026-01 maker,2028-01]
    + claimed_exit[at-once,maker,east,2025-01,2028-01] <= 0
claimed_exits[cube,east,2026-01 maker,at-once,stay]: - order[maker,east,2025-01]
    + exit[cube,east,2026-01 maker,2027-01] + exit[cube,east,2026-01 maker,2028-01]
    + claim[at-once,maker,east,2025-01] - claimed_exit[at-once,maker,east,2025-01,2027-01]
    - claimed_exit[at-once,maker,east,2025-01,2028-01] <= 0
claimed_exits[state,maker,east,2025-01]: - claim[state,maker,east,2025-01]
    + claimed_exit[state,maker,east,2025-01,2027-01] <= 0
claimed_exits[town,maker,east,2025-01]: - claim[town,maker,east,2025-01]
    + claimed_exit[town,maker,east,2025-01,2027-01] <= 0
claimed_exits[at-once,maker,east,2025-01]: - claim[at-once,maker,east,2025-01]
    + claimed_exit[at-once,maker,east,2025-01,2027-01] + claimed_exit[at-once,maker,east,2025-01,2028-01] <= 0
""",
    # 30 of a cube are written off at once and 7.5 a year less from 2026 on; of what is left of them when it leaves,
    # 22.5 or 15, the year would have made up for 7.5 anyway. Half of the 40 of state go back after one of two years.
    # Largest: four times two cubes of 100, once more for at-once and twice for state, a year's work for 60, and twice
    # the 20 or 60 that state pays for two cubes in a year.
    "taxable_profit": """
taxable_profit[FY2025]: - 10 claim[state,maker,east,2025-01] + gain[FY2025] - loss[FY2025] = 0
taxable_profit[FY2025,gain]: gain[FY2025] - 1500 profitable[FY2025] <= 0
taxable_profit[FY2025,loss]: loss[FY2025] + 1500 profitable[FY2025] <= 1500
taxable_profit[FY2026]: 25 order[maker,east,2025-01] - 60 serve[training,cube,east,2026-01]
    - 50 claim[town,maker,east,2025-01] + 22.5 claim[at-once,maker,east,2025-01]
    + 20 overlap[town,state,maker,east,2025-01] + gain[FY2026] - loss[FY2026] = 0
taxable_profit[FY2026,gain]: gain[FY2026] - 1460 profitable[FY2026] <= 0
taxable_profit[FY2026,loss]: loss[FY2026] + 1460 profitable[FY2026] <= 1460
taxable_profit[FY2027]: 25 order[maker,east,2025-01] + 50 exit[cube,east,2026-01 maker,2027-01]
    - 60 serve[training,cube,east,2027-01] - 30 claim[state,maker,east,2025-01]
    - 7.5 claim[at-once,maker,east,2025-01] + 20 claimed_exit[state,maker,east,2025-01,2027-01]
    - 15 claimed_exit[at-once,maker,east,2025-01,2027-01] + gain[FY2027] - loss[FY2027] = 0
taxable_profit[FY2027,gain]: gain[FY2027] - 1580 profitable[FY2027] <= 0
taxable_profit[FY2027,loss]: loss[FY2027] + 1580 profitable[FY2027] <= 1580
taxable_profit[FY2028]: 25 order[maker,east,2025-01] - 25 exit[cube,east,2026-01 maker,2027-01]
    + 25 exit[cube,east,2026-01 maker,2028-01] - 7.5 claim[at-once,maker,east,2025-01]
    + 7.5 claimed_exit[at-once,maker,east,2025-01,2027-01] - 7.5 claimed_exit[at-once,maker,east,2025-01,2028-01]
    + gain[FY2028] - loss[FY2028] = 0
taxable_profit[FY2028,gain]: gain[FY2028] - 1400 profitable[FY2028] <= 0
taxable_profit[FY2028,loss]: loss[FY2028] + 1400 profitable[FY2028] <= 1400
""",
    # Earned in 2026, used by 2027. What is used up to 2028 was earned from 2026 on, what is used in 2028 from 2027 on.
    "tax_credit": """
tax_credit[saving,FY2026]: - 10 claim[saving,maker,east,2025-01] + earned[saving,FY2026] = 0
tax_credit[saving,FY2026,limit]: - 0.06 gain[FY2026] + 0.06 loss_used[FY2026] + credit[saving,FY2026] <= 0
tax_credit[saving,FY2027]: earned[saving,FY2027] = 0
tax_credit[saving,FY2027,limit]: - 0.06 gain[FY2027] + 0.06 loss_used[FY2027] + credit[saving,FY2027] <= 0
tax_credit[saving,FY2028]: earned[saving,FY2028] = 0
tax_credit[saving,FY2028,limit]: - 0.06 gain[FY2028] + 0.06 loss_used[FY2028] + credit[saving,FY2028] <= 0
tax_credit[saving,FY2026,FY2026]: - earned[saving,FY2026] + credit[saving,FY2026] <= 0
tax_credit[saving,FY2026,FY2027]: - earned[saving,FY2026] - earned[saving,FY2027] + credit[saving,FY2026]
    + credit[saving,FY2027] <= 0
tax_credit[saving,FY2026,FY2028]: - earned[saving,FY2026] - earned[saving,FY2027] - earned[saving,FY2028]
    + credit[saving,FY2026] + credit[saving,FY2027] + credit[saving,FY2028] <= 0
tax_credit[saving,FY2028,FY2028]: - earned[saving,FY2027] - earned[saving,FY2028] + credit[saving,FY2028] <= 0
tax_credit[FY2026]: - 0.3 gain[FY2026] + 0.3 loss_used[FY2026] + credit[saving,FY2026] <= 0
tax_credit[FY2027]: - 0.3 gain[FY2027] + 0.3 loss_used[FY2027] + credit[saving,FY2027] <= 0
tax_credit[FY2028]: - 0.3 gain[FY2028] + 0.3 loss_used[FY2028] + credit[saving,FY2028] <= 0
""",
    "cash_balance": """
cash_balance[2025-01,hours,running]: hourly[2025-01] = 0
cash_balance[2026-01,hours,running]: - 60 serve[training,cube,east,2026-01] + hourly[2026-01] = 0
cash_balance[2027-01,hours,running]: - 60 serve[training,cube,east,2027-01] + hourly[2027-01] = 0
cash_balance[2028-01,hours,running]: hourly[2028-01] = 0
cash_balance[2025-01,months,running]: monthly[2025-01] = 0
cash_balance[2026-01,months,running]: monthly[2026-01] = 0
cash_balance[2027-01,months,running]: monthly[2027-01] = 0
cash_balance[2028-01,months,running]: monthly[2028-01] = 0
cash_balance[2025-01 start]: cash[2025-01 start] = 1000
cash_balance[2025-01 end]: - 10 claim[state,maker,east,2025-01] - cash[2025-01 start] + cash[2025-01 end]
    - 0.0849315 hourly[2025-01] - 0.0833333 monthly[2025-01] = 0
cash_balance[2025-12 end]: 0.3 gain[FY2025] - 0.3 loss_used[FY2025] - cash[2025-12 start] + cash[2025-12 end]
    - 0.0849315 hourly[2025-01] - 0.0833333 monthly[2025-01] = 0
cash_balance[2026-01 start]: 100 order[maker,east,2025-01] - cash[2025-12 end] + cash[2026-01 start] = 0
cash_balance[2026-01 end]: - 50 claim[town,maker,east,2025-01] + 20 overlap[town,state,maker,east,2025-01]
    - cash[2026-01 start] + cash[2026-01 end] - 0.0849315 hourly[2026-01] - 0.0833333 monthly[2026-01] = 0
cash_balance[2026-12 end]: 0.3 gain[FY2026] - 0.3 loss_used[FY2026] - credit[saving,FY2026]
    - cash[2026-12 start] + cash[2026-12 end] - 0.0849315 hourly[2026-01] - 0.0833333 monthly[2026-01] = 0
cash_balance[2027-01 end]: - 30 claim[state,maker,east,2025-01] + 20 claimed_exit[state,maker,east,2025-01,2027-01]
    - cash[2027-01 start] + cash[2027-01 end] - 0.0849315 hourly[2027-01] - 0.0833333 monthly[2027-01] = 0
cash_balance[2027-12 end]: 0.3 gain[FY2027] - 0.3 loss_used[FY2027] - credit[saving,FY2027]
    - cash[2027-12 start] + cash[2027-12 end] - 0.0849315 hourly[2027-01] - 0.0833333 monthly[2027-01] = 0
cash_balance[2028-12 end]: 0.3 gain[FY2028] - 0.3 loss_used[FY2028] - credit[saving,FY2028]
    - cash[2028-12 start] + cash[2028-12 end] - 0.0846995 hourly[2028-01] - 0.0833333 monthly[2028-01] = 0
""",
}
"""Rows of the case ``cases/aid.py`` in which programmes of every kind have a part."""


@pytest.fixture(scope="module")
def model() -> Model:
    return build(coefficients_of(rows_case()))


@pytest.fixture(scope="module")
def books() -> Model:
    return build(coefficients_of(books_case()))


@pytest.fixture(scope="module")
def aid() -> Model:
    return build(coefficients_of(aid_case()))


def lines(text: str) -> list[str]:
    """The rows of a text, in one order; a row may go on in the next line, indented."""
    return in_one_order(re.sub(r"\n +", " ", text.strip()).split("\n"))


CARRIED = re.compile(
    r"cash_balance\[[\d-]+ (?:start|end)\]: - cash\[[^]]+\] \+ cash\[[^]]+\]"
    r"(?: - \S+ hourly\[[^]]+\] - \S+ monthly\[[^]]+\])? = 0"
)


def told(model: Model, rule: str) -> list[str]:
    """The rows of a rule, of cash only those that say more than that it carries over and has a floor."""
    texts = model.text(rule)
    return [one for one in texts if not (rule == "cash_balance" and (CARRIED.fullmatch(one) or "minimum]" in one))]


def in_one_order(rows: list[str]) -> list[str]:
    """Rows, their terms and the programmes of a set in the order of the alphabet: what comes first says nothing."""
    return sorted(_in_one_order(row) for row in rows)


def _in_one_order(row: str) -> str:
    name, rest = row.split(": ", 1)
    left, sense, right = re.fullmatch(r"(.*) (<=|>=|=) (\S+)", rest).groups()
    terms = re.split(r" (?=[+-] )", left if left[0] in "+-" else f"+ {left}")
    keys = name.rstrip("]").split("[", 1)
    sets = ["+".join(sorted(key.split("+"))) for key in "".join(keys[1:]).split(",")]
    return f"{keys[0]}[{','.join(sets)}]: {' '.join(sorted(terms))} {sense} {right}"


@pytest.mark.parametrize("rule", TEXTS)
def test_rows_of(rule: str, model: Model) -> None:
    assert in_one_order(told(model, rule)) == lines(TEXTS[rule])


@pytest.mark.parametrize("rule", BOOKS)
def test_rows_with_loans_and_tax_of(rule: str, books: Model) -> None:
    assert in_one_order(told(books, rule)) == lines(BOOKS[rule])


def test_rows_of_a_loan_with_level_payments_a_grace_period_and_a_balloon() -> None:
    # At 50 % payments of 0.9 for two years: 0.4 beside an interest of 0.5, then 0.6 beside 0.3; and half of that where
    # half is left for the end. What is owed at the start counts as drawn in the first year.
    terms = {"limit": mn(100), "rate": "50 %", "repayment": "level_payment", "draw_window": {"to": "2026-12"}}
    level = {**terms, "term": "2 years"}
    later = {**terms, "term": "3 years", "grace": "1 year", "balloon": "50 %", "outstanding": mn(20)}
    lent = build(coefficients_of(toy(finance__loans={"bank": level, "fund": later})))
    assert in_one_order(told(lent, "loan_term")) == lines("""
loan_term[bank,2025-01]: - 0.4 draw[bank,2025-01] + repay[bank,2025-01] >= 0
loan_term[bank,2026-01]: - draw[bank,2025-01] - 0.4 draw[bank,2026-01] + repay[bank,2025-01] + repay[bank,2026-01] >= 0
loan_term[bank,2027-01]: - draw[bank,2025-01] - draw[bank,2026-01] + repay[bank,2025-01] + repay[bank,2026-01]
    + repay[bank,2027-01] >= 0
loan_term[fund,2025-01]: repay[fund,2025-01] >= 0
loan_term[fund,2026-01]: - 0.2 draw[fund,2025-01] + repay[fund,2025-01] + repay[fund,2026-01] >= 4
loan_term[fund,2027-01]: - draw[fund,2025-01] - 0.2 draw[fund,2026-01] + repay[fund,2025-01] + repay[fund,2026-01]
    + repay[fund,2027-01] >= 20
""")


def test_rows_of_loans_with_fees() -> None:
    # 10 % of interest, 2 % with a draw, and 1.2 % a year on the 80 and 100 that may still be drawn, until June 2026.
    terms = {"limit": mn(100), "rate": "10 %", "term": "3 years", "draw_window": {"to": "2026-06"}}
    terms |= {"arrangement_fee": "2 %", "commitment_fee": "1.2 %"}
    loans = {"bank": terms | {"outstanding": mn(20)}, "line": terms | {"revolving": True}}
    lent = build(coefficients_of(toy(finance__loans=loans)))
    rows = [*told(lent, "cash_balance"), *told(lent, "loan_cost")]
    kept = ("months,running", "-01 start", "loan_cost")
    assert in_one_order([row for row in rows if any(part in row for part in kept)]) == lines("""
cash_balance[2025-01 start]: 100 order[maker,east,2025-01] - 0.98 draw[bank,2025-01] - 0.98 draw[line,2025-01]
    + cash[2025-01 start] = 1000
cash_balance[2026-01 start]: 100 order[maker,east,2026-01] - 0.98 draw[bank,2026-01] - 0.98 draw[line,2026-01]
    - cash[2025-12 end] + cash[2026-01 start] = 0
cash_balance[2027-01 start]: 100 order[maker,east,2027-01] - cash[2026-12 end] + cash[2027-01 start] = 0
cash_balance[2025-01,months,running]: 0.088 draw[bank,2025-01] + 0.088 draw[line,2025-01] + monthly[2025-01] = -4.16
cash_balance[2026-01,months,running]: - 0.006 draw[bank,2025-01] + 0.094 draw[bank,2026-01] + 0.094 draw[line,2026-01]
    + 0.1 owed[bank,2025-01] + 0.094 owed[line,2025-01] + monthly[2026-01] = -1.08
cash_balance[2027-01,months,running]: 0.1 owed[bank,2026-01] + 0.1 owed[line,2026-01] + monthly[2027-01] = 0
loan_cost[bank]: 0.898 draw[bank,2025-01] + 0.886 draw[bank,2026-01] - repay[bank,2025-01] - repay[bank,2026-01]
    - repay[bank,2027-01] - 0.1 owed[bank,2025-01] - 0.1 owed[bank,2026-01] - owed[bank,2027-01]
    + loan_cost[bank] >= -16.56
loan_cost[line]: 0.892 draw[line,2025-01] + 0.886 draw[line,2026-01] - repay[line,2025-01] - repay[line,2026-01]
    - repay[line,2027-01] - 0.094 owed[line,2025-01] - 0.1 owed[line,2026-01] - owed[line,2027-01]
    + loan_cost[line] >= 1.8
""")


def test_rows_of_loans_whose_interest_is_added_to_what_is_owed() -> None:
    # All 20 % of 2025 and half of those of 2026 are added: by the end 1.32 for one of 2025, and 1.1 for one of 2026.
    # The bank is repaid at once after three years, the line in two parts after two.
    terms = {"limit": mn(100), "rate": "20 %", "draw_window": {"to": "2026-12"}, "commitment_fee": "1 %"}
    terms |= {"interest_capitalised_until": "2026-06"}
    bank = terms | {"term": "3 years", "outstanding": mn(20)}
    line = terms | {"term": "4 years", "grace": "2 years", "repayment": "equal_parts", "revolving": True}
    lent = build(coefficients_of(toy(finance__loans={"bank": bank, "line": line})))
    assert in_one_order([*told(lent, "loan_balance"), *told(lent, "loan_limit"), *told(lent, "loan_term")]) == lines("""
loan_balance[bank,2025-01]: - 1.2 draw[bank,2025-01] + repay[bank,2025-01] + owed[bank,2025-01] = 24
loan_balance[bank,2026-01]: - 1.1 draw[bank,2026-01] + repay[bank,2026-01] - 1.1 owed[bank,2025-01]
    + owed[bank,2026-01] = 0
loan_balance[bank,2027-01]: repay[bank,2027-01] - owed[bank,2026-01] + owed[bank,2027-01] = 0
loan_balance[line,2025-01]: - 1.2 draw[line,2025-01] + repay[line,2025-01] + owed[line,2025-01] = 0
loan_balance[line,2026-01]: - 1.1 draw[line,2026-01] + repay[line,2026-01] - 1.1 owed[line,2025-01]
    + owed[line,2026-01] = 0
loan_balance[line,2027-01]: repay[line,2027-01] - owed[line,2026-01] + owed[line,2027-01] = 0
loan_limit[bank]: 1.2 draw[bank,2025-01] + 1.1 draw[bank,2026-01] + 0.1 owed[bank,2025-01] <= 76
loan_limit[line,2025-01]: 1.2 draw[line,2025-01] <= 100
loan_limit[line,2026-01]: 1.1 draw[line,2026-01] + 1.1 owed[line,2025-01] <= 100
loan_limit[line,2027-01]: owed[line,2026-01] <= 100
loan_term[bank,2025-01]: 1.1 repay[bank,2025-01] >= 0
loan_term[bank,2026-01]: 1.1 repay[bank,2025-01] + repay[bank,2026-01] >= 0
loan_term[bank,2027-01]: - 1.32 draw[bank,2025-01] + 1.1 repay[bank,2025-01] + repay[bank,2026-01]
    + repay[bank,2027-01] >= 26.4
loan_term[line,2025-01]: 1.1 repay[line,2025-01] >= 0
loan_term[line,2026-01]: 1.1 repay[line,2025-01] + repay[line,2026-01] >= 0
loan_term[line,2027-01]: - 0.66 draw[line,2025-01] + 1.1 repay[line,2025-01] + repay[line,2026-01]
    + repay[line,2027-01] >= 0
""")
    running = [row for row in told(lent, "cash_balance") if "months,running" in row]
    assert in_one_order(running) == lines("""
cash_balance[2025-01,months,running]: - 0.01 draw[bank,2025-01] - 0.01 draw[line,2025-01] + monthly[2025-01] = -1.8
cash_balance[2026-01,months,running]: - 0.012 draw[bank,2025-01] + 0.09 draw[bank,2026-01] + 0.09 draw[line,2026-01]
    + 0.1 owed[bank,2025-01] + 0.09 owed[line,2025-01] + monthly[2026-01] = -1.76
cash_balance[2027-01,months,running]: 0.2 owed[bank,2026-01] + 0.2 owed[line,2026-01] + monthly[2027-01] = 0
""")


@pytest.mark.parametrize("rule", AID)
def test_rows_with_programmes_of_every_kind_of(rule: str, aid: Model) -> None:
    assert in_one_order(told(aid, rule)) == lines(AID[rule])


ON_CREDIT = """
cash_balance[customers after 45 days, by hours,2025-01,on credit]: - 60 serve[training,cube,east,2025-01]
    + on_credit[customers after 45 days, by hours,2025-01] = 0
cash_balance[suppliers after 30 days, by months,2027-01,on credit]: - 12 installed[cube,east,2027-01]
    + on_credit[suppliers after 30 days, by months,2027-01] = 0
cash_balance[2025-01 end]: - 0.0849315 hourly[2025-01] - 0.0833333 monthly[2025-01]
    + 0.0849315 on_credit[customers after 45 days, by hours,2025-01]
    - 0.0833333 on_credit[suppliers after 30 days, by months,2025-01] - cash[2025-01 start] + cash[2025-01 end] = 0
cash_balance[2025-03 end]: - 0.0849315 hourly[2025-01] - 0.0833333 monthly[2025-01]
    + 0.00410959 on_credit[customers after 45 days, by hours,2025-01] - cash[2025-03 start] + cash[2025-03 end] = 7
cash_balance[2026-02 end]: - 0.0767123 hourly[2026-01] - 0.0833333 monthly[2026-01]
    - 0.0424658 on_credit[customers after 45 days, by hours,2025-01]
    + 0.0342466 on_credit[customers after 45 days, by hours,2026-01] - cash[2026-02 start] + cash[2026-02 end] = 0
"""
"""In January 2025 all 31 days of work become open, and one twelfth of the rent. In March 31 days become open, and half
of January and half of February are paid, 29.5 days; 7 come of what was open before. In February 2026 half of
December and half of January are paid, of which the December part, 15.5 days, belongs to the year before."""


def test_rows_of_what_is_paid_later() -> None:
    """Rent is paid after 30 days, so from the second month on as much is paid as becomes open; operations at once."""
    model = build(coefficients_of(on_credit_case()))
    wanted = lines(ON_CREDIT)
    names = {row.partition(": ")[0] for row in wanted}
    assert [row for row in in_one_order(told(model, "cash_balance")) if row.partition(": ")[0] in names] == wanted
    assert model.sums.end_value.constant == pytest.approx(5)
    last = OnCredit(PaidLater("receivables_increase", "hours", 45.0), 2)
    open_at_end = {model.columns[index].key: share for index, share in model.sums.end_value.terms.items() if share}
    # All of December's 31 days but none of its pay, and half of November's 30.
    assert open_at_end.pop(last) == pytest.approx(46 / 365)
    assert open_at_end == {OnCredit(PaidLater("payables_increase", "months", 30.0), 2): pytest.approx(-1 / 12)}


PASSED_ON = """
cash_balance[2025-01,hours,consumption tax]: - 6 serve[training,cube,east,2025-01] + taxed_hourly[2025-01] = 0
cash_balance[2025-01,months,consumption tax]: 1.2 installed[cube,east,2025-01] + taxed_monthly[2025-01] = 0
cash_balance[2025-01,hours,running]: - 66 serve[training,cube,east,2025-01] + hourly[2025-01] = 0
cash_balance[2025-01,months,running]: 13.2 installed[cube,east,2025-01] + monthly[2025-01] = 0
cash_balance[customers after 60 days, by hours,2025-01,on credit]: - 66 serve[training,cube,east,2025-01]
    + on_credit[customers after 60 days, by hours,2025-01] = 0
cash_balance[2025-01 start]: 110 order[maker,east,2025-01] + cash[2025-01 start] = 150
cash_balance[2026-02 end]: - 10 order[maker,east,2025-01] - 0.0767123 hourly[2026-01] - 0.0833333 monthly[2026-01]
    + taxed_hourly[2025-01] + taxed_monthly[2025-01]
    - 0.0849315 on_credit[customers after 60 days, by hours,2025-01]
    + 0.0767123 on_credit[customers after 60 days, by hours,2026-01] - cash[2026-02 start] + cash[2026-02 end] = 0
"""
"""In February 2026 the tax of 2025 is settled, with the 10 on an order of its January; December's 31 days are paid."""


def test_rows_of_consumption_tax() -> None:
    model = build(coefficients_of(passed_on_case()))
    wanted = lines(PASSED_ON)
    names = {row.partition(": ")[0] for row in wanted}
    assert [row for row in in_one_order(told(model, "cash_balance")) if row.partition(": ")[0] in names] == wanted


@pytest.mark.parametrize("case", ["model", "books", "aid"])
def test_cash_carries_over_from_month_to_month_and_has_its_floor(case: str, request: pytest.FixtureRequest) -> None:
    found: Model = request.getfixturevalue(case)
    calendar, texts = found.coefficients.calendar, found.text("cash_balance")
    floor = found.coefficients.budget.minimum_cash[0]
    for number, month in enumerate(calendar.months):
        year, before = f"{month.year}-01", calendar.months[number - 1]
        days = (
            29
            if (month.year % 4, month.month) == (0, 2)
            else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month.month - 1]
        )
        share = f"{days / (366 if month.year % 4 == 0 else 365):.6g}"
        came = f"- cash[{month} start] + cash[{month} end] - {share} hourly[{year}] - 0.0833333 monthly[{year}] = 0"
        (end,) = [one for one in texts if one.startswith(f"cash_balance[{month} end]: ")]
        assert end.endswith(came)
        (start,) = [one for one in texts if one.startswith(f"cash_balance[{month} start]: ")]
        assert f"{f'- cash[{before} end] + ' if number else ''}cash[{month} start] = " in start
        for point in ("start", "end"):
            assert f"cash_balance[{month} {point},minimum]: cash[{month} {point}] >= {floor:.6g}" in texts


def test_money_is_counted_in_millions(model: Model, books: Model, aid: Model) -> None:
    # The texts above stand on it: 200 million, the upper of two prices, over 64 is nearest to one million.
    assert model.coefficients.money_unit == 1e6
    assert books.coefficients.money_unit == 1e6
    assert aid.coefficients.money_unit == 1e6


def test_no_rule_escapes_the_register() -> None:
    names = [rule.__name__ for rule in RULES]
    assert len(names) == len(set(names))
    written = [name for name in names if name in {**TEXTS, **BOOKS, **AID, **TAXED, **LOST, **PAYING, **LISTED}]
    assert written == names, "a rule without a text of its rows"
    assert sorted(AUDITED_RULES) == sorted(names), "a rule that the audit does not recompute, or recomputes alone"
    files = {path.stem for path in Path(inspect.getfile(rules)).parent.glob("*.py")} - {"__init__"}
    assert files == set(names), "a file of a rule that is not in RULES"


def test_every_row_belongs_to_a_rule(model: Model, books: Model, aid: Model) -> None:
    assert {row.rule for row in model.rows} == set(TEXTS)
    assert {row.rule for row in books.rows} >= set(BOOKS)
    assert {row.rule for row in aid.rows} >= set(AID)
    assert sum(len(lines(text)) for text in TEXTS.values()) == sum(len(told(model, rule)) for rule in TEXTS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_has_one_name_and_says_its_equation(rule: Rule, model: Model, books: Model, aid: Model) -> None:
    assert Path(inspect.getfile(rule)).stem == rule.__name__ == rule.__module__.rpartition(".")[2]
    texts = [text for case in (model, books, aid) for text in case.text(rule.__name__)]
    assert all(text.startswith(f"{rule.__name__}[") for text in texts)
    text = inspect.getdoc(rule) or ""
    assert re.search(r"``[^`]*(<=|>=| = )[^`]*``", text, re.DOTALL), "the docstring has no equation"
    first = text.partition("\n\n")[0].replace("\n", " ")
    assert re.search(r"; by \w+", first), "the docstring does not say what the rows go by"
    assert re.search(r"; by [^;]+; [^;]+\.$", first) or "\nUnit: " in text, "the docstring does not say the unit"
    assert inspect.getdoc(inspect.getmodule(rule)), "the file does not say what it is about"
