"""The command ``plan``: verbs and exit statuses, no arithmetic. Heavy libraries load when a verb needs them."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from planner.defaults import GAP, TIME_LIMIT
from planner.errors import EXIT_ANSWER_IS_NO, EXIT_NO_PROOF, EXIT_STOPPED
from planner.watch import stops, streams
from planner.watch.telling import tell

if TYPE_CHECKING:
    from rich.console import Console

    from planner.studies.tasks import Engine, Told

PLAN = "run"
_debug = False
"""Whether details of a defect are asked for."""


class PlanGroup(TyperGroup):
    """A group whose own argument is a budget file: ``plan budget.yaml`` means ``plan run budget.yaml``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - click's context
        """Puts the verb in front of what is not one."""
        asks_for_group = not args or args[0] in {*self.commands, "--help", "--version"}
        return super().parse_args(ctx, args if asks_for_group else [PLAN, *args])


app = typer.Typer(
    cls=PlanGroup,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


class Objective(StrEnum):
    """What the plan makes as good as it can."""

    NPV = "npv"
    COMPUTE = "compute"
    COST = "cost"


class Language(StrEnum):
    """Languages of the workbook."""

    ENGLISH = "en"
    JAPANESE = "ja"


def _version(asked: bool) -> None:
    if asked:
        import planner  # noqa: PLC0415

        typer.echo(planner.__version__)
        raise typer.Exit


@app.callback(
    epilog="`plan BUDGET` is short for `plan run BUDGET`; `plan run --help` lists its options. "
    "Exit status: 0 a verified plan; 1 an answer that is not a plan, with the reason; 2 bad input, nothing written; "
    "3 no proof within the time limit; 4 could not write; 130 stopped by Ctrl-C, "
    "143 by SIGTERM. --debug shows the details of a defect of the program."
)
def plan(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Plan GPU capacity: what to buy, from whom, when, for which site, under which subsidy, and whether cash holds out.

    plan BUDGET reads a case file (start with `plan init`) or the plan.xlsx of an earlier run, finds the best plan that
    budget, power, supply and subsidies allow, rechecks every limit and every unit of money, and writes plan.xlsx and
    plan.json.
    """


@app.command(PLAN)
def run(
    budget: Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Folder for the results; without it outputs/CASE, or outputs/CASE/SCENARIO."
        ),
    ] = None,
    objective: Annotated[Objective | None, typer.Option(help="Replaces the objective of the case.")] = None,
    gap: Annotated[
        float, typer.Option(help="How far from the best plan the search may stop, as a share.", min=0.0, max=1.0)
    ] = GAP,
    time_limit: Annotated[float, typer.Option(help="Seconds after which the search stops.", min=0.0)] = TIME_LIMIT,
    scenario: Annotated[str | None, typer.Option(help="A scenario of the case file.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the summary as JSON instead of text.")] = False,
    language: Annotated[Language, typer.Option(help="Language of plan.xlsx.")] = Language.ENGLISH,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Plan a case: the best plan, proved, in the terminal, as plan.xlsx and as plan.json."""
    from planner.session.options import Options  # noqa: PLC0415
    from planner.session.session import run as run_watched  # noqa: PLC0415

    options = Options(
        budget=budget,
        output=output,
        objective=None if objective is None else objective.value,
        gap=gap,
        time_limit=time_limit,
        scenario=scenario,
        json=json_,
        language=language.value,
        quiet=quiet,
        debug=_debug,
    )
    status = run_watched(options)
    if status:
        raise typer.Exit(status)


@app.command()
def check(
    budget: Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")],
    scenario: Annotated[str | None, typer.Option(help="A scenario of the case file.")] = None,
) -> None:
    """Check a case file without solving: every mistake at once, each with its line and its remedy."""
    from planner.reading.budget import read_budget  # noqa: PLC0415

    reading = read_budget(budget, scenario=scenario)
    case, calendar = reading.case, reading.case.calendar
    last = calendar.label(calendar.periods - 1)
    typer.echo(
        f"{budget}: no mistakes found. {case.name}: {calendar.periods} periods, {calendar.label(0)} to {last}; "
        f"{len(case.offers)} offers of {len(case.systems)} systems, {len(case.sites)} sites, "
        f"{len(case.expansions)} expansions, {len(case.workloads)} workloads, {len(case.programmes)} programmes, "
        f"{len(case.scenarios)} scenarios"
    )


@app.command()
def verify(
    workbook: Annotated[Path, typer.Argument(help="A plan.xlsx.", metavar="PLAN.XLSX")],
) -> None:
    """Work the plan of a workbook out again: do its limits hold, does its value agree, was an input changed since?"""
    from planner.verify import verify_workbook  # noqa: PLC0415

    verdict = verify_workbook(workbook)
    typer.echo("\n".join(verdict.words))
    if not verdict.holds:
        raise typer.Exit(EXIT_ANSWER_IS_NO)


@app.command()
def export(
    workbook: Annotated[Path, typer.Argument(help="A plan.xlsx, or a case file.", metavar="PLAN.XLSX")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The new case file; the screen without it.")
    ] = None,
) -> None:
    """Write the case of a workbook, with what was changed on Inputs, as a case file that needs no catalogue."""
    from planner.reading.budget import read_budget  # noqa: PLC0415
    from planner.reading.case_text import case_text  # noqa: PLC0415
    from planner.report.files import replace_content  # noqa: PLC0415

    reading = read_budget(workbook)
    text = case_text(reading.case, reading.provenance)
    if output is None:
        typer.echo(text, nl=False)
        return
    replace_content(output, text.encode())
    typer.echo(f"wrote {output}")


@app.command()
def explain(
    budget: Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")],
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", help="A system or an offer and a site, such as gb200@tokyo.", metavar="NAME@SITE"),
    ] = None,
    confirm: Annotated[
        int, typer.Option(help="How many prices to confirm by planning again with one unit more.", min=0)
    ] = 3,
    scenario: Annotated[str | None, typer.Option(help="A scenario of the case file.")] = None,
    gap: Annotated[
        float, typer.Option(help="How far from the best plan the search may stop, as a share.", min=0.0, max=1.0)
    ] = GAP,
    time_limit: Annotated[float, typer.Option(help="Seconds after which the search of one plan stops.", min=0.0)] = (
        TIME_LIMIT
    ),
) -> None:
    """Explain a plan: which limits bind, what one unit more is worth, and why a system was bought or not."""
    from planner.explain.answers import asked_why_not, explained  # noqa: PLC0415
    from planner.plan import plan_case, plan_file  # noqa: PLC0415

    outcome = plan_file(budget, scenario=scenario, gap=gap, time_limit=time_limit)
    if why_not is None:
        lines = explained(outcome, plan_case, confirm=confirm, gap=gap, seconds=time_limit)
    else:
        lines = asked_why_not(outcome, why_not, gap=gap, seconds=time_limit)
    for line in lines:
        typer.echo(line)


@app.command()
def alternatives(
    budget: Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")],
    within: Annotated[
        str, typer.Option(help="How much worse a plan may be, as a share of the objective.", metavar="SHARE")
    ] = "1%",
    tag: Annotated[str | None, typer.Option(help="The dependence to avoid; without it the one with most spend.")] = (
        None
    ),
    seconds: Annotated[float, typer.Option(help="Seconds for each of the searches.", min=1.0)] = 30.0,
    scenario: Annotated[str | None, typer.Option(help="A scenario of the case file.")] = None,
    gap: Annotated[
        float, typer.Option(help="How far from the best plan the search may stop, as a share.", min=0.0, max=1.0)
    ] = GAP,
    time_limit: Annotated[
        float, typer.Option(help="Seconds after which the search of the best plan stops.", min=0.0)
    ] = (TIME_LIMIT),
) -> None:
    """Show plans almost as good that differ most, what every good plan buys, and what none does."""
    from planner.explain.answers import room_to_choose, share_of  # noqa: PLC0415
    from planner.plan import plan_file  # noqa: PLC0415

    share = share_of(within)
    outcome = plan_file(budget, scenario=scenario, gap=gap, time_limit=time_limit)
    for line in room_to_choose(outcome, within=share, tag=tag, seconds=seconds):
        typer.echo(line)


@app.command()
def template(
    workbook: Annotated[Path, typer.Argument(help="The new workbook.", metavar="BUDGET.XLSX")],
    case: Annotated[
        Path | None, typer.Option("--case", help="Fill it with the figures of this case file or workbook.")
    ] = None,
) -> None:
    """Write an empty input workbook: fill it in with a spreadsheet program, then: plan BUDGET.XLSX."""
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415
    from planner.reading.budget import read_budget  # noqa: PLC0415
    from planner.report.template.book import write_template  # noqa: PLC0415

    if workbook.suffix.lower() != ".xlsx":
        found = f"a name that ends in '{workbook.suffix}'"
        raise InputError([Fault(Place(str(workbook)), "", found, "a name that ends in .xlsx")])
    if workbook.exists():
        remedy = "name a new file, or move this one away"
        raise InputError([Fault(Place(str(workbook)), "", "stands there already", "a new file", remedy)])
    write_template(workbook, None if case is None else read_budget(case))
    typer.echo(f"wrote {workbook}")
    typer.echo(f"next: fill it in, then run: plan check {workbook}")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Folder for the starter case.", metavar="DIR")],
) -> None:
    """Write a commented starter case and the hardware catalogue into a folder."""
    from planner.starter import write_starter  # noqa: PLC0415

    files = write_starter(folder)
    for file in files:
        typer.echo(f"wrote {file}")
    typer.echo(f"next: edit {files[0]}, then run: plan {files[0]}")


@app.command(
    epilog="Exit status: 0 all planned; 1 a scenario has no plan; 3 a plan is not proven within the gap; 5 a condition "
    "of --fail-on holds. In all of these the results are written. 2 bad input, nothing written; 4 could not write."
)
def compare(
    budget: Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")],
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(help="Scenarios of the file; all of them without any.", metavar="[SCENARIO]..."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/compare.")
    ] = None,
    additionality: Annotated[
        bool, typer.Option("--additionality", help="Also plan without each programme: what does it bring about?")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="Fail where a plan meets this, such as 'npv < 0'.", metavar="CONDITION"),
    ] = None,
    gap: Annotated[
        float, typer.Option(help="How far from the best plan the search may stop, as a share.", min=0.0, max=1.0)
    ] = GAP,
    time_limit: Annotated[float, typer.Option(help="Seconds after which the search of one plan stops.", min=0.0)] = (
        TIME_LIMIT
    ),
    workers: Annotated[int | None, typer.Option(help="Plans made at the same time; one a core without it.", min=1)] = (
        None
    ),
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a pull request.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print compare.json instead of text.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Compare scenarios with the base: what changes, what binds, and why one is worth more, in compare.xlsx and .json.

    Stopped and started again, it goes on where it was.
    """
    from planner.report.compare import comparison as report  # noqa: PLC0415
    from planner.report.compare import terminal  # noqa: PLC0415
    from planner.report.compare.comparison_file import comparison_text  # noqa: PLC0415
    from planner.report.compare.conditions import Conditions  # noqa: PLC0415
    from planner.report.compare.markdown import markdown as as_markdown  # noqa: PLC0415
    from planner.report.compare.workbook import write_sections  # noqa: PLC0415
    from planner.report.files import folder_for, replace_content  # noqa: PLC0415
    from planner.studies.compare import compare_tasks, read_all  # noqa: PLC0415

    tasks, titles = read_all(budget, scenarios or [])
    case = tasks[0].case
    conditions = Conditions.of(fail_on or [], case)
    folder = folder_for(output or Path("outputs") / case.name / "compare", case.name, tasks[0].name)
    with terminal.live_runs(_console(stderr=True, quiet=quiet)) as told:
        engine = _engine(folder, gap, time_limit, workers, told)
        comparison = compare_tasks(tasks, engine, titles=titles, with_additionality=additionality)
    sections, met = report.sections(comparison), conditions.met(comparison)
    text = comparison_text(comparison, met)
    replace_content(folder / "compare.json", text.encode())
    currency, run = case.finance.currency, comparison.base.input_hash[:12]
    write_sections(sections, folder / "compare.xlsx", title=f"{case.name} compared", currency=currency, run_id=run)
    if json_ or markdown:
        page = text if json_ else as_markdown(f"{case.name} compared", sections, currency)
        sys.stdout.buffer.write(page.encode())
    elif not quiet:
        terminal.show(sections, currency, _console(), [folder / "compare.xlsx", folder / "compare.json"])
    conditions.raise_for(met)
    if any(one.run.outcome is None and one.run.proven for one in comparison.scenarios):
        raise typer.Exit(EXIT_ANSWER_IS_NO)
    if not comparison.all_proven:
        raise typer.Exit(EXIT_NO_PROOF)


@app.command(
    epilog="Exit status: 0 all turns narrowed down; 3 the search was stopped before, what was found is written; 2 bad "
    "input, nothing written; 4 could not write."
)
def frontier(
    budget: Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")],
    vary: Annotated[
        list[str], typer.Option("--vary", help="Input by path, such as programmes.meti.rate; twice for a map.")
    ],
    from_: Annotated[list[str], typer.Option("--from", help="First value, such as '20 %'; one for each --vary.")],
    to: Annotated[list[str], typer.Option("--to", help="Last value; one for each --vary.")],
    event: Annotated[
        str,
        typer.Option(
            help="What counts as a turn: 'decisions' (any whole decision), 'choices' (what is chosen at all), "
            "'NAME opens|joined|bought|built', or a condition such as 'npv > 0'."
        ),
    ] = "decisions",
    scenario: Annotated[str | None, typer.Option(help="A scenario of the case file.")] = None,
    points: Annotated[int, typer.Option(help="Plans to begin with, at equal distances.", min=2)] = 9,
    lines: Annotated[int, typer.Option(help="Values of the second input of a map.", min=2)] = 7,
    most_runs: Annotated[int, typer.Option("--most-runs", help="Plans after which the search stops.", min=2)] = 300,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/frontier.")
    ] = None,
    gap: Annotated[
        float, typer.Option(help="How far from the best plan the search may stop, as a share.", min=0.0, max=1.0)
    ] = GAP,
    time_limit: Annotated[float, typer.Option(help="Seconds after which the search of one plan stops.", min=0.0)] = (
        TIME_LIMIT
    ),
    workers: Annotated[int | None, typer.Option(help="Plans made at the same time; one a core without it.", min=1)] = (
        None
    ),
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a pull request.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print frontier.json instead of text.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Find the values of an input at which the plan turns, such as the smallest rate at which a site opens.

    Every turn is narrowed down and planned on both sides. Stopped and started again, the search goes on where it was.
    """
    from planner.report.compare import frontier as report  # noqa: PLC0415
    from planner.report.compare import terminal  # noqa: PLC0415
    from planner.report.compare.figures import figure_names, figures_of  # noqa: PLC0415
    from planner.report.compare.markdown import markdown as as_markdown  # noqa: PLC0415
    from planner.report.compare.workbook import write_sections  # noqa: PLC0415
    from planner.report.files import folder_for, replace_content  # noqa: PLC0415
    from planner.studies.frontier.events import event_of  # noqa: PLC0415
    from planner.studies.frontier.frontier import frontier as search  # noqa: PLC0415
    from planner.studies.frontier.parameter import parameters_of, reader_of  # noqa: PLC0415

    reader = reader_of(budget, scenario)
    case = reader({}).case
    turn = event_of(event, case, figure_names(), figures_of)
    parameters = parameters_of(vary, from_, to, reader)
    folder = folder_for(output or Path("outputs") / case.name / "frontier", case.name, scenario or "")
    with terminal.live_runs(_console(stderr=True, quiet=quiet)) as told:
        engine = _engine(folder, gap, time_limit, workers, told)
        found = search(reader, parameters, turn, engine, points=points, lines=lines, most_runs=most_runs)
    sections, text = report.sections(found), report.frontier_text(found)
    replace_content(folder / "frontier.json", text.encode())
    title, currency = f"{case.name}: frontier", case.finance.currency
    run = found.base.input_hash[:12]
    write_sections(sections, folder / "frontier.xlsx", title=title, currency=currency, run_id=run)
    if json_ or markdown:
        sys.stdout.buffer.write((text if json_ else as_markdown(title, sections, currency)).encode())
    elif not quiet:
        terminal.show(sections[:1], currency, _console(), [folder / "frontier.xlsx", folder / "frontier.json"])
    if not found.narrowed_down:
        raise typer.Exit(EXIT_NO_PROOF)


def _engine(folder: Path, gap: float, time_limit: float, workers: int | None, told: Told | None) -> Engine:
    """How the runs of a study are made; its journal stands beside its results."""
    from planner.plan import plan_case, versions  # noqa: PLC0415
    from planner.report.files import clear_temporaries, make_folder, replace_content  # noqa: PLC0415
    from planner.studies.lanes import cores  # noqa: PLC0415
    from planner.studies.tasks import Engine  # noqa: PLC0415

    journal = make_folder(folder / "journal")
    for place in (folder, journal):
        clear_temporaries(place)
    return Engine(
        plan=plan_case,
        put=replace_content,
        versions=versions(),
        gap=gap,
        time_limit=time_limit,
        workers=workers or cores(),
        apart=True,
        journal=journal,
        told=told,
    )


def _console(*, stderr: bool = False, quiet: bool = False) -> Console:
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=stderr, quiet=quiet, highlight=False)


def main() -> None:
    """Runs the command; every error is one message and an exit status, a traceback only with ``--debug``."""
    global _debug  # noqa: PLW0603 - for whichever verb hands it on
    streams.prepare()
    stops.raise_stopped()
    _debug = "--debug" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--debug"]
    try:
        status = _status()
        sys.stdout.flush()
    except OSError as error:
        status = tell(error, debug=_debug)
    except stops.Stopped as asked:
        status = stops.exit_status(asked.number)
    stops.ignore()  # what is left to do takes no time
    sys.exit(status)


def _status() -> int:
    try:
        return int(app(standalone_mode=False) or 0)
    except TyperException as error:
        error.show()  # type: ignore[attr-defined]  # every usage error has it
        return int(error.exit_code)
    except typer.Abort as error:
        sys.stderr.write("stopped before it was ready; what stands from earlier runs is as it was\n")
        asked = error.__cause__
        return stops.exit_status(asked.number) if isinstance(asked, stops.Stopped) else EXIT_STOPPED
    except Exception as error:
        return tell(error, debug=_debug)


if __name__ == "__main__":
    main()
