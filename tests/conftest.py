"""What all tests share."""

import os

from hypothesis import settings

# On a desk every run tries new examples. The pipeline tries as many, but the same ones each time, so that a change is judged by itself
# and not by the luck of the day.
# No example has to be quick: how long something takes is measured in bench/, and a busy machine is no fault of the code.
settings.register_profile("desk", deadline=None)
settings.register_profile("pipeline", derandomize=True, deadline=None)
settings.load_profile("pipeline" if os.environ.get("CI") else "desk")
