"""The whole problem in one object: everything that a case file says, read and checked."""

from __future__ import annotations

from typing import Literal

from planner.case.calendar import Calendar
from planner.case.finance import Finance
from planner.case.frozen import Frozen
from planner.case.futures import Futures
from planner.case.offer import Offer
from planner.case.programme import Programme
from planner.case.quantities import FileName, Month, Name, Noun, Share, Text
from planner.case.scenario import Scenario
from planner.case.site import Expansion, Site
from planner.case.system import System
from planner.case.workload import Workload

ObjectiveKind = Literal["npv", "equity", "compute", "cost"]


class Objective(Noun):
    """What the plan should make as good as it can."""

    kind: ObjectiveKind = "npv"
    """npv: highest net present value. equity: highest value to the owners, at the cost of equity. compute: most
    dense-BF16 PFLOPS-hours. cost: least present cost of the demand."""
    installed_by: Month | None = None
    """With compute: count the dense-BF16 PFLOPS installed in this month, instead of the PFLOPS-hours served."""


class Case(Noun):
    """A planning problem."""

    name: FileName
    """Names the case and the folder of its results."""
    title: Text = ""
    """One line that says what the case is."""
    catalogue: Text = "hardware.yaml"
    """The hardware catalogue, beside the case file; the one that comes with the program where there is none."""
    calendar: Calendar
    """Horizon and periods."""
    finance: Finance
    """Budget and its terms."""
    systems: dict[Name, System] = {}
    """Systems; a figure given here replaces the one of the catalogue."""
    offers: dict[Name, Offer] = {}
    """Ways to buy systems."""
    sites: dict[Name, Site]
    """Places that host systems."""
    expansions: dict[Name, Expansion] = {}
    """Blocks that enlarge sites."""
    workloads: dict[Name, Workload]
    """Demand."""
    programmes: dict[Name, Programme] = {}
    """Subsidies."""
    frozen: Frozen | None = None
    """Decisions that are made already, and planned around; without it all are free."""
    supply_chain_limits: dict[Name, Share] = {}
    """Most of all spend on offers that may go to offers with a tag."""
    unusual: dict[str, Text] = {}
    """Why a figure outside of what is plausible is right all the same, by its path, such as offers.maker.price."""
    objective: Objective = Objective()
    """What to make best."""
    scenarios: dict[FileName, Scenario] = {}
    """Named changes of this case."""
    futures: Futures | None = None
    """What may turn out otherwise than stated; a plan does not read it."""
