"""Runs benchmarks and writes what they print into docs/measured.md, each in its own section.

    python benchmarks/page.py NAME...

Sections of other benchmarks stay as they are. Exits 1 when one of the benchmarks does.
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "measured.md"


def renewed(page: str, name: str, printed: str) -> str:
    """The page with one section's output exchanged, or with that section at its end."""
    block = f"```\n$ python benchmarks/{name}.py\n{printed.rstrip()}\n```\n"
    found = re.search(rf"```\n\$ python benchmarks/{name}\.py\n.*?\n```\n", page, re.DOTALL)
    if found is None:
        return f"{page.rstrip()}\n\n{block}"
    return page[: found.start()] + block + page[found.end() :]


def main() -> None:
    code = 0
    for name in sys.argv[1:]:
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], stdout=subprocess.PIPE, text=True)
        code = max(code, done.returncode)
        print(done.stdout, end="", flush=True)
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), name, done.stdout), "utf-8")
    sys.exit(code)


if __name__ == "__main__":
    main()
