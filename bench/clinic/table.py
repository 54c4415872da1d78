"""The results of load.py side by side, as a table. Usage: table.py RESULT.json …"""

import json
import sys
from pathlib import Path


def main() -> None:
    told = {Path(one).stem.removeprefix("clinic-"): json.loads(Path(one).read_text("utf-8")) for one in sys.argv[1:]}
    kinds = dict.fromkeys(kind for one in told.values() for kind in one["by_kind"])
    print("| " + " | ".join(["", *(f"{name}: p50 | {name}: p95" for name in told)]) + " |")
    print("|---" * (1 + 2 * len(told)) + "|")
    for kind in kinds:
        cells = [one["by_kind"].get(kind, {}) for one in told.values()]
        print(f"| {kind} | " + " | ".join(f"{c.get('p50_ms', '')} ms | {c.get('p95_ms', '')} ms" for c in cells) + " |")
    print(
        "| **all but signing in** | "
        + " | ".join(
            f"{one['p50_ms_all_but_sign_in']} ms | {one['p95_ms_all_but_sign_in']} ms" for one in told.values()
        )
        + " |"
    )
    for name, one in told.items():
        warm, idle = one["memory_warm_and_idle_ms"]
        print(
            f"\n{name}: {one['people']} people, {one['requests']} requests in {one['seconds']} s, {one['wrong']} went wrong; the server worked"
            f" {one['server_processor_ms_per_request']} ms for each. This machine's memory takes {warm} ms when it is in use, {idle} ms after two idle"
            f" seconds. {one['machine']}, {one['day']}"
        )


if __name__ == "__main__":
    main()
