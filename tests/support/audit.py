"""Audits the locked dependencies: against the advisory database where it can be reached.

`pip-audit` says "no known vulnerabilities" even when it could ask about none, so it runs strictly,
and what is checked everywhere is that every locked requirement carries its hashes.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LOCKS = ("requirements.lock", "requirements-tracing.lock", "requirements-dev.lock")


def unhashed(lock: str) -> list[str]:
    """The requirements of a lock file that carry no hash."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)
    pinned = [entry for entry in entries if "==" in entry.splitlines()[0]]
    return [entry.split("==")[0] for entry in pinned if "--hash=sha256:" not in entry]


def main() -> int:
    """0 when nothing is amiss; what could not be asked is said aloud."""
    for name in LOCKS:
        bare = unhashed((ROOT / name).read_text("utf-8"))
        if bare:
            sys.stdout.write(f"{name}: without hashes: {', '.join(bare)}\n")
            return 1
    command = [sys.executable, "-m", "pip_audit", "--strict", "--require-hashes", "--no-deps"]
    audit = subprocess.run(
        [*command, "--progress-spinner=off", "-r", str(ROOT / "requirements.lock")],
        capture_output=True,
        text=True,
        check=False,
    )
    if audit.returncode == 0:
        sys.stdout.write("dependencies: no known vulnerability\n")
        return 0
    if "could not be audited" in audit.stderr or "ServiceError" in audit.stderr:
        sys.stdout.write("dependencies: SKIPPED, the advisory database does not answer here\n")
        return 0
    sys.stdout.write(audit.stdout + audit.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
