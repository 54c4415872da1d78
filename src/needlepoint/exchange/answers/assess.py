"""The answer of ``assess`` as JSON: the answers of the steps beside each other, and whether the first candidates may be needled."""

from typing import Literal

from pydantic import ConfigDict

from needlepoint.exchange.answers.locate import LocateAnswer, SideWord, locate_answer
from needlepoint.exchange.answers.plan import PlanAnswer
from needlepoint.exchange.answers.screen import Answer, LevelWord, ScreenAnswer, screen_answer
from needlepoint.exchange.assessing import Assessment


class ThereAnswer(Answer):
    """Whether one candidate may be needled: the level there, whether everything is known, and the findings of this place."""

    muscle: str
    side: SideWord
    clearance: LevelWord
    complete: bool
    findings: list[str]


class AssessAnswer(Answer):
    """Everything about one person on one day."""

    model_config = ConfigDict(extra="forbid", title="Needlepoint assess answer")

    step: Literal["assess"]
    screen: ScreenAnswer
    locate: LocateAnswer
    needled_there: list[ThereAnswer]
    plan: PlanAnswer | None


def assess_answer(
    assessment: Assessment, notes: tuple[str, ...] = (), plan: dict[str, object] | None = None
) -> dict[str, object]:
    """The assessment as plain JSON values. ``plan``: the answer of the plan step, where one was made."""
    return {
        "step": "assess",
        "screen": screen_answer(assessment.clearance, notes),
        "locate": locate_answer(assessment.located),
        "needled_there": [
            {
                "muscle": muscle,
                "side": side.value,
                "clearance": site.clearance.word,
                "complete": site.complete,
                "findings": list(site.findings),
            }
            for (muscle, side), site in assessment.needled_there.items()
        ],
        "plan": plan,
    }
