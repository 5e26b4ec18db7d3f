"""Whether the parts of a case fit together: names, currencies, months, hardware; each check is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.case.consistency.currencies import (
    currencies_have_a_rate,
    figures_keep_their_currency,
    rates_are_in_the_currency_of_results,
    rates_cover_the_horizon,
)
from planner.case.consistency.depreciation import depreciation_has_what_its_method_needs
from planner.case.consistency.dividends import (
    a_lock_up_has_a_loan,
    dividends_have_one_set_of_books,
    stated_dividends_are_paid_in_the_horizon,
)
from planner.case.consistency.draft import Draft, Finding
from planner.case.consistency.frozen import (
    frozen_blocks_can_be_started,
    frozen_claims_can_be,
    frozen_exits_can_be,
    frozen_loans_are_there,
    frozen_months_can_be,
    frozen_once_each,
    frozen_orders_are_supplied,
    frozen_orders_can_be_placed,
    frozen_programmes_are_entered,
)
from planner.case.consistency.futures import (
    correlations_can_be,
    distributions_fit_what_they_change,
    drivers_have_one_distribution,
    events_may_happen,
    futures_begin_in_the_horizon,
    futures_move_something,
    outcomes_are_all_there_is,
    scenarios_leave_the_case_its_weight,
)
from planner.case.consistency.hardware import offered_systems_are_described, shares_of_power_are_ordered
from planner.case.consistency.instalments import instalments_make_up_the_price
from planner.case.consistency.loans import (
    covenants_have_a_loan,
    covenants_on_balances_have_one_set_of_books,
    debt_stays_within_its_limit,
    interest_is_capitalised_before_anything_falls_due,
    loans_are_repaid_within_their_term,
    value_to_the_owners_has_a_rate,
)
from planner.case.consistency.months import (
    date_of_installation_fits_the_objective,
    deliveries_can_still_count,
    figures_cover_their_months,
    fiscal_years_begin_with_a_period,
    fiscal_years_lie_in_the_horizon,
    months_lie_in_the_horizon,
    obligations_end_after_they_begin,
    windows_hold_a_period,
)
from planner.case.consistency.plausible import (
    figures_are_plausible,
    hardware_is_plausible,
    prices_are_plausible,
    reasons_are_given,
)
from planner.case.consistency.programmes import (
    a_lower_basis_has_books_of_tax,
    credits_are_kept_for_whole_years,
    early_exit_has_an_end,
    parts_make_up_the_grant,
    programmes_can_pay,
    programmes_stand_in_one_order,
    tax_is_there_to_be_saved,
    terms_fit_the_kind,
)
from planner.case.consistency.property_taxes import (
    property_taxes_are_named_and_described,
    property_taxes_are_whole,
    relief_of_programmes_can_be_given,
    taxed_fleets_have_a_cost,
)
from planner.case.consistency.references import (
    case_is_not_empty,
    investments_have_one_name_each,
    names_are_declared,
    names_differ_by_more_than_case,
    regions_are_declared,
    tags_are_declared,
)
from planner.case.consistency.standing import (
    blocks_add_to_what_is_limited,
    blocks_keep_their_value_while_they_serve,
    fleet_is_in_use,
    fleet_with_money_has_systems,
    sites_can_host_their_fleet,
    sites_state_their_liquid_cooling,
)
from planner.case.consistency.taken_off import order_does_not_decide_what_is_left
from planner.case.consistency.taxes import (
    interim_tax_falls_into_its_year,
    losses_can_be_used,
    losses_that_lapse_say_when_they_were_made,
    tax_periods_fill_the_year,
)
from planner.case.consistency.terms import (
    a_factor_has_a_curve,
    customers_pay_before_or_after_the_work,
    maintenance_steps_rise_in_age,
    resale_falls_with_age,
    retention_ends_within_useful_life,
    work_that_survives_has_where_to_go,
    workloads_have_one_price,
)
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.written_off import no_cost_is_written_off_twice

CHECKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    names_are_declared,
    names_differ_by_more_than_case,
    regions_are_declared,
    tags_are_declared,
    investments_have_one_name_each,
    case_is_not_empty,
    currencies_have_a_rate,
    figures_keep_their_currency,
    rates_are_in_the_currency_of_results,
    rates_cover_the_horizon,
    fiscal_years_begin_with_a_period,
    fiscal_years_lie_in_the_horizon,
    months_lie_in_the_horizon,
    date_of_installation_fits_the_objective,
    deliveries_can_still_count,
    windows_hold_a_period,
    obligations_end_after_they_begin,
    figures_cover_their_months,
    offered_systems_are_described,
    shares_of_power_are_ordered,
    fleet_is_in_use,
    fleet_with_money_has_systems,
    sites_can_host_their_fleet,
    sites_state_their_liquid_cooling,
    blocks_add_to_what_is_limited,
    blocks_keep_their_value_while_they_serve,
    resale_falls_with_age,
    a_factor_has_a_curve,
    instalments_make_up_the_price,
    maintenance_steps_rise_in_age,
    retention_ends_within_useful_life,
    programmes_can_pay,
    programmes_stand_in_one_order,
    parts_make_up_the_grant,
    terms_fit_the_kind,
    tax_is_there_to_be_saved,
    a_lower_basis_has_books_of_tax,
    credits_are_kept_for_whole_years,
    early_exit_has_an_end,
    no_cost_is_written_off_twice,
    order_does_not_decide_what_is_left,
    work_that_survives_has_where_to_go,
    workloads_have_one_price,
    customers_pay_before_or_after_the_work,
    debt_stays_within_its_limit,
    interest_is_capitalised_before_anything_falls_due,
    loans_are_repaid_within_their_term,
    covenants_have_a_loan,
    covenants_on_balances_have_one_set_of_books,
    dividends_have_one_set_of_books,
    stated_dividends_are_paid_in_the_horizon,
    a_lock_up_has_a_loan,
    losses_can_be_used,
    losses_that_lapse_say_when_they_were_made,
    interim_tax_falls_into_its_year,
    property_taxes_are_named_and_described,
    property_taxes_are_whole,
    relief_of_programmes_can_be_given,
    taxed_fleets_have_a_cost,
    tax_periods_fill_the_year,
    value_to_the_owners_has_a_rate,
    depreciation_has_what_its_method_needs,
    frozen_months_can_be,
    frozen_once_each,
    frozen_orders_can_be_placed,
    frozen_blocks_can_be_started,
    frozen_orders_are_supplied,
    frozen_exits_can_be,
    frozen_claims_can_be,
    frozen_loans_are_there,
    frozen_programmes_are_entered,
    figures_are_plausible,
    hardware_is_plausible,
    prices_are_plausible,
    reasons_are_given,
    futures_move_something,
    drivers_have_one_distribution,
    distributions_fit_what_they_change,
    outcomes_are_all_there_is,
    events_may_happen,
    futures_begin_in_the_horizon,
    correlations_can_be,
    scenarios_leave_the_case_its_weight,
)

__all__ = ["CHECKS", "Draft", "Finding", "findings"]


def findings(draft: Draft) -> Iterator[Finding]:
    """Everything in a draft that does not fit together."""
    for check in CHECKS:
        with as_far_as_known():
            yield from check(draft)
