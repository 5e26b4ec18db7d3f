"""Holds what a file says of its proof against the plan: what can be worked out again has to agree, the rest is read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planner.audit.objective ...
