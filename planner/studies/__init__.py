"""Studies: many plans of one case, side by side; how one case is planned is handed to them by the command."""
