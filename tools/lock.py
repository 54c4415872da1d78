"""Renews requirements.lock: every package with version and hashes, and no address of any index.

What is pinned already keeps its version, so that a new dependency changes nothing else; ``--upgrade`` takes the newest of all.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"


def main() -> None:
    """Resolve beside the project, export, and look that no address came along."""
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder)
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        if "--upgrade" not in sys.argv:
            kept = ",\n".join(f"  {pin!r}" for pin in pinned(LOCK.read_text(encoding="utf-8")))
            project = project.replace("[tool.uv]\n", f"[tool.uv]\nconstraint-dependencies = [\n{kept}\n]\n")
        (beside / "pyproject.toml").write_text(project, encoding="utf-8")
        for name in ("README.md", "LICENSE", "NOTICE"):
            shutil.copy(ROOT / name, beside)
        run = ["uv", "export", "--quiet", "--no-emit-project", "--no-header", "--group", "dev", "--group", "spark"]
        subprocess.run([*run, "-o", str(LOCK)], cwd=beside, check=True)  # noqa: S603
    if "://" in LOCK.read_text(encoding="utf-8"):
        sys.exit("an address came into requirements.lock; look at it before you commit")


def pinned(lock: str) -> list[str]:
    """Every ``name==version`` of a lock, with the Pythons it holds for."""
    lines = (line for line in lock.splitlines() if line and not line.startswith((" ", "#")))
    return [line.rstrip(" \\").replace("'", '"') for line in lines]


if __name__ == "__main__":
    main()
