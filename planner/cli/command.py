"""The verbs, what holds for all of them, and how every error ends."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from planner.cli.explaining import alternatives, explain
from planner.cli.files import export, init, template
from planner.cli.opening import open_page
from planner.cli.planning import check, run, verify
from planner.cli.pooling import pool
from planner.cli.replanning import replan
from planner.cli.robustly import robust
from planner.cli.stopped import StoppedError
from planner.cli.stressing import stress
from planner.cli.studying import compare, frontier
from planner.cli.usage import refuse_what_is_no_verb, wrong_usage
from planner.errors import EXIT_BAD_INPUT, EXIT_STOPPED
from planner.supervisor import stops, streams, surroundings
from planner.supervisor.telling import tell

PLAN = "run"
OF_THE_GROUP = ("--help", "-h", "--version", "--install-completion", "--show-completion")
"""Options of the command itself."""


class PlanGroup(TyperGroup):
    """A group whose own argument is a budget file: ``plan budget.yaml`` means ``plan run budget.yaml``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - click's context
        """Puts the verb in front of what is not one; a shell that completes half a line is refused nothing."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(EXIT_BAD_INPUT)
        asks_for_group = not args or args[0] in {*self.commands, *OF_THE_GROUP}
        if not asks_for_group and not ctx.resilient_parsing:
            refuse_what_is_no_verb(args[0], list(self.commands))
        return super().parse_args(ctx, args if asks_for_group else [PLAN, *args])

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - click's context
        """Runs a verb; a request to end that nothing else answers is told too, and not by its exit status alone."""
        surroundings.require_memory()
        try:
            return super().invoke(ctx)
        except stops.Stopped as asked:
            raise StoppedError(asked.number, "it was not ready, and no file is left half written") from None


def _version(asked: bool) -> None:
    if asked:
        from planner.version import __version__  # noqa: PLC0415

        typer.echo(__version__)
        raise typer.Exit


def plan(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Plan GPU capacity: what to buy, from whom, when, for which site, under which subsidy, and whether cash holds out.

    plan BUDGET reads a case file (start with `plan init`) or the plan.xlsx of an earlier run, finds the best plan that
    budget, power, supply and subsidies allow, rechecks every limit and every unit of money, and writes plan.xlsx,
    plan.json and plan.html.
    """


app = typer.Typer(
    cls=PlanGroup,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.callback(
    epilog="`plan BUDGET` is short for `plan run BUDGET`; `plan run --help` lists its options. "
    "Exit status: 0 a verified plan; 1 an answer that is not a plan, with the reason; 2 bad input, nothing written; "
    "3 no proof within the time limit; 4 could not write; 130 stopped by Ctrl-C, "
    "143 by SIGTERM. --debug shows the details of a defect of the program."
)(plan)
IN_SHORT: dict[str, str] = {
    PLAN: "Plan a case: the best plan, proved and audited.",
    "check": "Find every mistake of a case file, without planning.",
    "verify": "Work a finished plan out again: does it hold?",
    "export": "Write the case of a workbook as a case file.",
    "explain": "What each limit costs, and why not that system.",
    "alternatives": "Plans almost as good that differ most.",
    "template": "Write an input workbook to fill in.",
    "init": "Write a commented case to begin with.",
    "pool": "Plan several operators that share a programme.",
    "replan": "Plan again half-way, after what happened.",
    "open": "Show the page of a plan in the browser.",
    "compare": "Compare scenarios with the base, and say why.",
    "frontier": "Find where the plan turns as an input varies.",
    "stress": "Hold the plan in many futures: what breaks?",
    "robust": "Decide now what is right for many futures.",
}
"""What the list of verbs says of each, within the narrowest terminal."""

app.command(PLAN, short_help=IN_SHORT[PLAN])(run)
for verb in (check, verify, export, explain, alternatives, template, init, pool, replan):
    app.command(short_help=IN_SHORT[verb.__name__])(verb)
app.command("open", short_help=IN_SHORT["open"])(open_page)
app.command(
    short_help=IN_SHORT["compare"],
    epilog="Exit status: 0 all planned; 1 a scenario has no plan; 3 a plan is not proven within the gap; 5 a condition "
    "of --fail-on holds. In all of these the results are written. 2 bad input, nothing written; 4 could not write.",
)(compare)
app.command(
    short_help=IN_SHORT["frontier"],
    epilog="Exit status: 0 all turns narrowed down; 3 the search was stopped before, what was found is written; 2 bad "
    "input, nothing written; 4 could not write.",
)(frontier)
app.command(
    short_help=IN_SHORT["stress"],
    epilog="Exit status: 0 it is known what the plan comes to in every future; 3 in some it was not found out in time, "
    "and the results are written; 1 there is no plan to hold; 2 bad input, nothing written; 4 could not write.",
)(stress)
app.command(
    short_help=IN_SHORT["robust"],
    epilog="Exit status: 0 the first stage is proven within the gap; 3 it is not, what was found is written; 1 no "
    "first stage leaves a plan in every future, or one has none; 2 bad input, nothing written; 4 could not write.",
)(robust)


def main() -> None:
    """Runs the command; every error is one message and an exit status, a traceback only with ``--debug``."""
    streams.prepare()
    surroundings.prepare()
    stops.raise_stopped()
    debug = "--debug" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--debug"]
    try:
        status = _status(debug)
        sys.stdout.flush()
    except OSError as error:
        status = tell(error, debug=debug)
    except stops.Stopped as asked:
        status = stops.exit_status(asked.number)
    stops.ignore()  # what is left to do takes no time
    sys.exit(status)


def _status(debug: bool) -> int:
    try:
        return int(app(standalone_mode=False, prog_name="plan", obj=debug) or 0)
    except TyperException as error:
        return tell(wrong_usage(error), debug=False)
    except typer.Abort as error:
        sys.stderr.write("stopped before it was ready; what stands from earlier runs is as it was\n")
        asked = error.__cause__
        return stops.exit_status(asked.number) if isinstance(asked, stops.Stopped) else EXIT_STOPPED
    except Exception as error:
        return tell(error, debug=debug)
