"""A group or list that is still being read."""

from __future__ import annotations

from planner.reading.tree.nodes import Node, path_text


class OpenGroup:
    """A group or list that is being read; in a group, also the key that waits for its value."""

    def __init__(self, node: Node, path: str) -> None:
        self.node = node
        self.path = path
        self.key: str | None = None
        self.lines: dict[str, int] = {}

    @property
    def wants_key(self) -> bool:
        """Whether what comes next is a key."""
        return isinstance(self.node.value, dict) and self.key is None

    @property
    def path_of_next(self) -> str:
        """The path of what comes next, as messages show it."""
        key = str(len(self.node.value)) if isinstance(self.node.value, list) else self.key or ""
        return f"{self.path}.{path_text((key,))}" if self.path else path_text((key,))

    def put(self, child: Node) -> None:
        """Takes in what came."""
        if isinstance(self.node.value, list):
            self.node.value.append(child)
        elif isinstance(self.node.value, dict) and self.key is not None:
            self.node.value[self.key] = child
            self.key = None
