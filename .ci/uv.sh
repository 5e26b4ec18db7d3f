# Makes `uv` a command of the script that reads this file; needs Python 3.12 or later and pip. Shells have no modules:
# this is where both scripts of this folder find it.

# uv runs as a module of whichever Python has it, so that no folder of scripts has to be on the path.
python=$(command -v python3 || command -v python)
if "$python" -m uv --version >/dev/null 2>&1; then
  uv() { "$python" -m uv "$@"; }
elif ! command -v uv >/dev/null || ! uv --version >/dev/null 2>&1; then
  printf '\n== installing uv\n'
  # A system Python that is managed from outside refuses pip; a virtual environment is always allowed.
  if ! "$python" -m pip install --quiet uv; then
    "$python" -m venv .venv-uv
    python=$PWD/.venv-uv/bin/python
    "$python" -m pip install --quiet uv
  fi
  uv() { "$python" -m uv "$@"; }
fi
