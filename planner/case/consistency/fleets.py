"""What stands at sites before anything is bought, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.site import Fleet, Site


def fleets(draft: Draft) -> Iterator[tuple[Path, Site, Fleet]]:
    """What stands at sites already, with its path and its site."""
    for name, site in draft.sites.items():
        with as_far_as_known():
            for number, fleet in enumerate(site.fleet):
                with as_far_as_known():
                    yield ("sites", name, "fleet", str(number)), site, fleet
