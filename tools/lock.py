"""Renews requirements.lock: every package with version and hashes, and no address of any index."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"


def main() -> None:
    """Resolve, export, and look that no address came along."""
    subprocess.run(["uv", "lock", "--quiet"], cwd=ROOT, check=True)  # noqa: S607
    subprocess.run(  # noqa: S603
        [  # noqa: S607
            "uv", "export", "--quiet", "--frozen", "--no-emit-project", "--no-header", "--group", "dev", "--group", "spark",
            "-o", str(LOCK),
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip
    if "://" in LOCK.read_text(encoding="utf-8"):
        sys.exit("an address came into requirements.lock; look at it before you commit")


if __name__ == "__main__":
    main()
