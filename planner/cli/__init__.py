"""The command ``plan``: verbs and exit statuses, no arithmetic. Heavy libraries load when a verb needs them."""

from planner.cli.command import main

__all__ = ["main"]
