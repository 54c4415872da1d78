"""What this person has to be told before they go: what everybody is told, and the warning signs of what lies beneath their needles."""

from needlepoint.treat.knowledge import Advice, TreatKnowledge
from needlepoint.treat.session import Session


def advice_for(session: Session, knowledge: TreatKnowledge) -> tuple[Advice, ...]:
    """What is to be told after these needles? Where the muscle is not known, everything that may matter."""
    beneath: set[str] = set()
    for site in session.sites:
        muscle = knowledge.atlas.muscles.get(site.muscle) if site.muscle else None
        beneath |= set(muscle.beneath if muscle else knowledge.atlas.structures)
    return tuple(one for one in knowledge.advice if not one.structures or one.structures & beneath)
