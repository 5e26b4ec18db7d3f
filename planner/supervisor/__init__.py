"""Work in a process of its own, and somebody outside who sees to it that it ends: by itself, on request, or in time."""
