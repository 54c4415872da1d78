"""How long one ranking takes once everything is loaded, beside scikit-learn's naive Bayes over the same table of zones.

Usage: locate.py RESULT.json PEER_PYTHON     (the peer runs in the bench's own environment; without scikit-learn there it is left out)
"""

import json
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.accuracy.cases import read_cases
from tools.accuracy.rank import Ranker

from needlepoint.locate.find import Weighed, find

PEER = """
import json, sys, time
import numpy as np
from sklearn.naive_bayes import MultinomialNB
kept = np.load(sys.argv[1]); zones, drawings = kept['zones'], kept['drawings']
model = MultinomialNB(alpha=0.05).fit(zones, np.arange(len(zones)))
for row in drawings: model.predict_proba(row[None])
times = []
for row in drawings:
    started = time.perf_counter(); model.predict_proba(row[None]).argsort(); times.append((time.perf_counter() - started) * 1000)
print(json.dumps(times))
"""
TIMES = 5


def spread(milliseconds: list[float]) -> dict[str, float]:
    """Half of them took less than p50, nineteen of twenty less than p95."""
    ordered = sorted(milliseconds)
    return {"p50_ms": ordered[len(ordered) // 2], "p95_ms": ordered[int(len(ordered) * 0.95)]}


def timed(job, values) -> dict[str, float]:
    """Each value so many times, after one that does not count."""
    times = []
    for n in range(TIMES + 1):
        for value in values:
            started = time.perf_counter()
            job(value)
            if n:
                times.append((time.perf_counter() - started) * 1000)
    return spread(times)


def main(out: Path, peer: Path | None) -> None:
    """Time both and write it down."""
    ranker = Ranker()
    knowledge = ranker.knowledge
    cases = read_cases()
    told = [ranker.told(case)[0] for case in cases]
    rows = {
        "whole answer (reasons, dangers, questions, what to palpate)": timed(lambda one: find(one, knowledge), told),
        "ranking alone (all muscles, both sides)": timed(
            lambda one: Weighed(one, knowledge).probability.argsort(), told
        ),
    }
    drawings = np.zeros((len(told), len(knowledge.skin.cells)))
    for n, one in enumerate(told):
        for cell, share in ranker.locator.drawn(one).items():
            drawings[n, cell] = share
    if peer is not None:
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "zones.npz"
            np.savez(kept, zones=knowledge.zones, drawings=drawings)
            came = subprocess.run([peer, "-c", PEER, kept], capture_output=True, text=True, check=False)
        if came.returncode == 0:
            rows["scikit-learn MultinomialNB, ranking alone"] = spread(json.loads(came.stdout))
        else:
            print("  left out: scikit-learn is not in the bench's environment", file=sys.stderr)
    out.write_text(
        json.dumps(
            {"cases": len(told), "classes": len(knowledge.zones), "machine": platform.platform(), "rows": rows},
            indent=1,
        )
    )
    alone = rows["ranking alone (all muscles, both sides)"]["p50_ms"]
    print(f"### Locate: {len(told)} published cases, {len(knowledge.zones)} muscles and sides\n")
    print("| what | p50 | p95 | x ranking alone |\n|---|---:|---:|---:|")
    for name, found in rows.items():
        print(f"| {name} | {found['p50_ms']:.2f} ms | {found['p95_ms']:.2f} ms | {found['p50_ms'] / alone:.2f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
