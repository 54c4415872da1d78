"""The words in which a clinician says how a needle is planned, and what each comes to."""

from collections.abc import Mapping

TECHNIQUES: Mapping[str, str] = {
    "deep": "deep",
    "deep dry needling": "deep",
    "intramuscular": "deep",
    "pistoning": "deep",
    "fast in fast out": "deep",
    "superficial": "superficial",
    "superficial dry needling": "superficial",
    "subcutaneous": "superficial",
    "threaded": "threaded",
    "threading": "threaded",
}
STIMULATIONS: Mapping[str, str] = {
    "none": "none",
    "no": "none",
    "electrical": "electrical",
    "electric": "electrical",
    "electro": "electrical",
    "electroacupuncture": "electrical",
    "e stim": "electrical",
    "estim": "electrical",
    "ea": "electrical",
    "pens": "electrical",
    "tens": "electrical",
    "manual": "manual",
    "winding": "manual",
    "heat": "heat",
    "moxa": "heat",
}
GUIDANCES: Mapping[str, str] = {
    "none": "none",
    "no": "none",
    "palpation": "none",
    "landmark": "none",
    "ultrasound": "ultrasound",
    "us": "ultrasound",
    "usg": "ultrasound",
    "ultrasound guided": "ultrasound",
}
POSITIONS: Mapping[str, str] = {
    "prone": "prone",
    "supine": "supine",
    "side lying": "side-lying",
    "sidelying": "side-lying",
    "lateral": "side-lying",
    "sitting": "sitting",
    "seated": "sitting",
    "standing": "standing",
}
PLAN_WORDS: Mapping[str, Mapping[str, str]] = {
    "technique": TECHNIQUES,
    "stimulation": STIMULATIONS,
    "guidance": GUIDANCES,
    "position": POSITIONS,
}


def plan_word(key: str, told: str | bool | None) -> tuple[str | None, bool]:
    """What a word of the plan comes to, and whether it was understood. Nothing told is understood, and not known."""
    if told is None:
        return None, True
    if isinstance(told, bool):
        return ("none", True) if told is False and key in ("stimulation", "guidance") else (None, False)
    word = " ".join(told.lower().replace("-", " ").replace("_", " ").split())
    if word in ("unknown", ""):
        return None, True
    known = PLAN_WORDS[key].get(word)
    return known, known is not None
