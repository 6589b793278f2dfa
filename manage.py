#!/usr/bin/env python3
"""Django's commands, run with the project's own environment and services wherever they are typed."""

import os
import sys
from pathlib import Path

PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main():
    if sys.prefix == sys.base_prefix and PYTHON.exists():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])
    try:
        from probation.local import run_command
    except ModuleNotFoundError as missing:
        sys.exit(f"{missing}. Run `make setup` first.")
    run_command(sys.argv)


if __name__ == "__main__":
    main()
