"""Builds the demo clinic in its folder, with a bar that shows how far it is. Run as a process of its own, before the server starts.

python -m needlepoint.clinic.demo.main
"""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from needlepoint.clinic.keep.preparing import say, set_up_django


def main() -> None:
    """Build it when the folder is empty; leave it as it is when it is there."""
    set_up_django()
    from django.conf import settings
    from rich.console import Console
    from rich.progress import Progress

    from needlepoint.clinic import asking
    from needlepoint.clinic.demo.build import PASSWORD, build, email
    from needlepoint.clinic.demo.stories import STORIES
    from needlepoint.clinic.records.models import Organisation

    if not Organisation.objects.exists():
        console = Console(file=sys.stderr)
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("reading the knowledge", total=len(STORIES) + 1)
            asking.known()

            def step(name: str) -> None:
                progress.update(task, advance=1, description=f"inventing Demo {name}, visit by visit")

            build(today=datetime.now(ZoneInfo(settings.TIME_ZONE)).date(), say=step)
    say(f"a demo with invented people; nothing in it is real. Sign in as {email('clinician')} with {PASSWORD}")
    say(f"(the lead is {email('owner')}, the assistant {email('assistant')}, with the same password)")


if __name__ == "__main__":
    main()
