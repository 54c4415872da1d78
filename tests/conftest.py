"""What all tests share."""

import os

from hypothesis import settings

# On a desk every run tries new examples. The pipeline tries as many, but the same ones each time, so that a change is judged by itself
# and not by the luck of the day.
settings.register_profile("pipeline", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("pipeline")
