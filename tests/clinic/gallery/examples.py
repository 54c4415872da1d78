"""Every part of the design system in every state, with people who do not exist."""

from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import override_settings

CLINIC = Path(__file__).parents[3] / "src/needlepoint/clinic"
PAGES = (
    "index",
    "today",
    "screen",
    "plan",
    "capture",
    "emergency",
    "patient",
    "sign_in",
    "lead",
    "person",
    "confirm",
    "consent",
    "wrong",
)

YES_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Not sure")]


class Filled(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Full name", initial="Anna Berg")
    height = forms.IntegerField(label="Height", initial=170, help_text="Without shoes.")
    born = forms.DateField(label="Date of birth", widget=forms.DateInput(attrs={"type": "date"}), initial="1992-04-11")
    side = forms.ChoiceField(label="Writing hand", choices=[("", "Choose"), ("left", "Left"), ("right", "Right")])
    words = forms.CharField(
        label="In your own words",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="When it began, what makes it worse.",
    )
    photo = forms.FileField(label="A picture", required=False)
    pregnant = forms.ChoiceField(label="Could you be pregnant?", choices=YES_NO, widget=forms.RadioSelect, initial="no")
    role = forms.ChoiceField(
        label="Role",
        choices=[
            ("clinician", "Clinician: treats and signs"),
            ("assistant", "Assistant: prepares"),
            ("reader", "Reader: reads only"),
        ],
        widget=forms.RadioSelect,
        initial="clinician",
    )
    pain = forms.ChoiceField(
        label="Pain now", choices=[(str(n), str(n)) for n in range(11)], widget=forms.RadioSelect, initial="6"
    )
    agrees = forms.BooleanField(label="I have read this and agree", initial=True)


class Wrong(forms.Form):
    """What it looks like when something is missing."""

    born = forms.DateField(
        label="Date of birth",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Write your date of birth."},
    )
    needled = forms.ChoiceField(
        label="Have you been needled before?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    agrees = forms.BooleanField(
        label="I have read this and agree", error_messages={"required": "Tick the box, or go back."}
    )


class Reason(forms.Form):
    """Why a record is deleted; the reason stays."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 2}))


class SignIn(forms.Form):
    """The door."""

    login = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


FINDINGS = [
    {
        "title": "A blood thinner is taken now",
        "level": "weigh",
        "because": "apixaban 5 mg, taken now (medicines, first line)",
        "advice": "Talk it over with the patient. Thin needles, superficial muscles first, press two minutes after each needle.",
        "where": "Whole body",
        "sources": ["Example source one, 2019 (full text read)", "Example source two, 2021 (abstract read)"],
        "disagreement": "One of the two allows deep muscles, the other does not.",
    },
    {
        "title": "Lung beneath the upper trapezius",
        "level": "adapt",
        "because": "the plan goes into the upper trapezius, left",
        "advice": "Lift the muscle between two fingers and needle towards your own finger.",
        "where": "Upper trapezius, left",
        "sources": ["Example source three, 2015 (full text read)"],
    },
    {
        "title": "Fever today",
        "level": "stop",
        "because": "temperature 38.6 °C (measured today)",
        "advice": "No needling today. Look for the cause.",
        "sources": ["Example source four (full text read)"],
    },
    {
        "title": "First time with needles",
        "level": "note",
        "because": "answered by the patient",
        "advice": "Treat lying down.",
    },
]

QUESTIONS = [
    {
        "id": "could-be-pregnant",
        "name": "answers.could-be-pregnant",
        "text": "Could you be pregnant?",
        "value": "",
        "matters": "Yes would make it: weigh",
    },
    {
        "id": "bleeds-or-bruises-easily",
        "name": "answers.bleeds-or-bruises-easily",
        "text": "Do you bruise easily, or bleed for long after a small cut?",
        "value": "no",
        "before": "no, on 12 November",
    },
    {
        "id": "intoxicated-today",
        "name": "answers.intoxicated-today",
        "text": "Have you had alcohol today, or drugs other than your medicines?",
        "hint": "Not the medicines that you told us about.",
        "value": "unknown",
    },
]

CHECKLIST = {
    "id": "conditions",
    "name": "conditions",
    "legend": "Do you have or have you had any of these?",
    "hint": "Tick all that are true.",
    "items_listed": [
        {"value": "diabetes", "word": "Diabetes", "checked": True},
        {"value": "epilepsy", "word": "Epilepsy", "more": "fits, with or without fainting"},
        {"value": "lung", "word": "A lung illness", "more": "asthma, COPD, a collapsed lung"},
        {"value": "heart", "word": "A heart illness"},
        {"value": "immune", "word": "Weak defences against infection"},
    ],
}

LINES: list[dict[str, Any]] = [
    {
        "time": "09:00",
        "name": "Anna Berg",
        "href": "#",
        "about": "34, neck and temple, 3rd visit",
        "level": "clear",
        "complete": True,
        "signed": True,
        "changed": [],
    },
    {
        "time": "09:40",
        "name": "Tomasz Kowalczyk",
        "href": "#",
        "about": "51, shoulder, 5th visit",
        "level": "weigh",
        "complete": True,
        "late": True,
        "needles": "1 needle still in, overdue 04:12",
        "changed": ["apixaban is new"],
    },
    {
        "time": "10:15",
        "name": "Maria del Carmen Fernández-Rodríguez",
        "href": "#",
        "about": "28, calf, 2nd visit",
        "level": "adapt",
        "complete": True,
        "now": True,
        "needles": "2 needles in, 02:10",
        "draft": "Draft, saved 10:31",
        "changed": ["pain 6 → 3"],
    },
    {
        "time": "11:00",
        "name": "Jonas Lind",
        "href": "#",
        "about": "19, thigh, first visit",
        "level": "",
        "complete": False,
        "changed": [],
        "draft": "Patient's form: 7 of 12",
    },
    {
        "time": "11:30",
        "name": "Olivia Okafor",
        "href": "#",
        "about": "62, low back, 8th visit",
        "level": "stop",
        "complete": True,
        "changed": ["fever since yesterday"],
        "check_in": "Check-in: bruise, day 2",
    },
]

RAIL = [
    {"word": "Screen", "href": "#", "state": "done"},
    {"word": "Locate", "href": "#", "state": "done"},
    {"word": "Plan", "href": "#", "state": "missing", "says": "2 depths to confirm", "current": True},
    {"word": "Consent", "href": "#", "state": "open"},
    {"word": "Treat", "href": "#", "state": "blocked", "says": "after consent"},
    {"word": "Recover", "href": "#", "state": "open"},
    {"word": "Sign", "href": "#", "state": "open"},
]

SITES = [
    {
        "number": 1,
        "title": "Upper trapezius",
        "side": "left",
        "level": "adapt",
        "complete": True,
        "needle": "30 × 0.25 mm",
        "stop": "12 mm",
        "stop_words": "from the skin, at the latest",
        "basis_kind": "Published",
        "basis": "Measured in 50 adults of this build; the shallowest counts.",
        "before": "as on 12 November",
        "lines": [
            {"name": "Position", "words": "Prone, forehead on the hands"},
            {"name": "Way in", "words": "Pincer grip, towards your own finger, never towards the rib"},
            {"name": "Dose", "words": "Up to 6 insertions, no needle left in"},
        ],
        "warnings": ["The thin layer over the lung is less than 15 mm here."],
        "hazards": [
            {
                "title": "Lung",
                "why": "beneath the first rib",
                "avoid_by": "Lift the muscle; the needle stays between your fingers.",
                "vital": True,
            },
            {
                "title": "Accessory nerve",
                "why": "along the front edge",
                "avoid_by": "Stay behind the front edge.",
                "vital": False,
            },
        ],
        "sources": ["Example source three, 2015 (full text read)"],
    },
    {
        "number": 2,
        "title": "Longus colli",
        "side": "left",
        "level": "stop",
        "complete": True,
        "declined": "Nothing sound is published for a safe way through the front of the neck.",
        "instead": "Upper trapezius and suboccipitals for the same pain.",
        "sources": [],
    },
]

NEEDLES = [
    {
        "id": "a",
        "number": 1,
        "place": "Upper trapezius, left",
        "about": "30 × 0.25 mm",
        "state": "in",
        "says": "in",
        "minutes": "02:10",
        "since": "2026-11-26T10:10:00Z",
        "twitches": 3,
        "action": "#",
    },
    {
        "id": "b",
        "number": 2,
        "place": "Infraspinatus, left",
        "about": "40 × 0.30 mm",
        "state": "due",
        "says": "take it out",
        "minutes": "10:00",
        "since": "2026-11-26T10:02:00Z",
        "twitches": 0,
        "action": "#",
    },
    {
        "id": "c",
        "number": 3,
        "place": "Infraspinatus, left",
        "about": "40 × 0.30 mm",
        "state": "late",
        "says": "overdue",
        "minutes": "+04:12",
        "since": "2026-11-26T09:50:00Z",
        "twitches": 1,
        "action": "#",
    },
    {
        "id": "d",
        "number": 4,
        "place": "Levator scapulae, left",
        "about": "30 × 0.25 mm, 2 twitches",
        "state": "out",
        "says": "out",
        "minutes": "after 01:30",
        "twitches": 2,
        "action": "#",
    },
]

UNDO = {"words": "Needle 4 out, levator scapulae left", "at": "10:12", "action": "#", "entry": "9b2e"}

CONFLICT = {
    "field": "pain.before",
    "title": "Pain before the session",
    "action": "#",
    "sides": [
        {"entry": "1", "value": "6 of 10", "who": "Dr Mara Stein", "at": "10:02", "device": "tablet"},
        {"entry": "2", "value": "4 of 10", "who": "Ben Ode", "at": "10:03", "device": "desk"},
    ],
}

EMERGENCY = {
    "title": "Suspected pneumothorax",
    "says": "Sudden chest pain or short breath after a needle near the chest.",
    "since": "2026-11-26T10:12:00Z",
    "minutes": "01:24",
    "call": "Call 112",
    "call_href": "tel:112",
    "next": "Then write the report",
    "next_href": "#",
    "steps": [
        {"id": "out", "words": "All needles out", "done": True, "at": "10:12"},
        {"id": "sit", "words": "Let the person sit upright", "more": "Lying flat makes breathing harder."},
        {"id": "call", "words": "Call the ambulance", "more": "Say: suspected pneumothorax after dry needling."},
        {"id": "stay", "words": "Stay with the person", "more": "Breathing rate and pulse every two minutes."},
    ],
}

NOTE = {
    "parts": [
        {
            "title": "What was done",
            "words": "Upper trapezius left: 2 needles, 5 twitches.\nInfraspinatus left: 1 needle, 1 twitch.",
        },
        {"title": "Reaction", "words": "Pain 6 before, 3 after. Slight ache, expected."},
    ],
    "signed_by": "Dr Mara Stein",
    "signed_at": "26 November 2026, 10:41",
    "hash": "9f2c41d80e5b7a6600c1f2ab34de5f6789a0b1c2d3e4f5061728394a5b6c7d8e",
    "before": "51aa0b9c8d7e6f50413223140516f7e8d9cabbac9d8e7f6051423324151607f8",
    "addenda": [
        {
            "by": "Dr Mara Stein",
            "at": "27 November 2026, 08:15",
            "words": "The lot of the needles is A-2291, not A-2219.",
            "hash": "1c3e…77ab",
        }
    ],
}

COURSE = [
    {
        "date": "26 November 2026",
        "href": "#",
        "title": "Upper trapezius and infraspinatus, left",
        "what": "3 needles, 6 twitches, no reaction beyond a slight ache.",
        "before": 6,
        "after": 3,
        "level": "adapt",
        "complete": True,
        "now": True,
    },
    {
        "date": "12 November 2026",
        "href": "#",
        "title": "Upper trapezius, left",
        "what": "2 needles, 2 twitches.",
        "before": 7,
        "after": 5,
        "level": "clear",
        "complete": True,
    },
    {
        "date": "5 November 2026",
        "href": "#",
        "title": "First visit",
        "what": "Screened, nothing needled.",
        "before": 8,
        "after": None,
        "level": "weigh",
        "complete": False,
        "event": "Fainted while the blood pressure was taken; mild.",
    },
]

RATES = [
    {
        "muscle": "Upper trapezius",
        "sessions": "1,204",
        "insertions": "3,312",
        "events": "7",
        "rate": "2.1",
        "interval": {"words": "0.9 to 4.4", "low": 18, "point": 42, "high": 88},
    },
    {
        "muscle": "Infraspinatus",
        "sessions": "640",
        "insertions": "1,508",
        "events": "1",
        "rate": "0.7",
        "interval": {"words": "0.0 to 3.7", "low": 0, "point": 13, "high": 74},
    },
    {
        "muscle": "Gastrocnemius",
        "sessions": "87",
        "insertions": "190",
        "events": "0",
        "rate": "0.0",
        "interval": {"words": "0.0 to 19.2", "low": 0, "point": 0, "high": 100},
    },
]

STATISTICS = [
    {"name": "Sessions", "number": "1,931", "of": "this year, 412 people", "href": "#"},
    {"name": "Insertions", "number": "5,010", "of": "in 1,931 sessions"},
    {"name": "Events per 1,000 insertions", "number": "1.6", "of": "8 of 5,010; 0.7 to 3.1"},
    {"name": "Notes not signed", "number": "3", "of": "the oldest of 24 November", "href": "#"},
]

AUDIT = [
    {
        "at": "26 Nov 2026, 10:41",
        "who": "Dr Mara Stein",
        "what": "signed the note of 26 November",
        "from": "192.0.2.10",
    },
    {"at": "26 Nov 2026, 10:02", "who": "Ben Ode", "what": "wrote the answers of the screen", "from": "192.0.2.22"},
    {"at": "25 Nov 2026, 16:30", "who": "Lea Roth", "what": "read the course", "from": "192.0.2.10"},
]

CONFIRM = {
    "title": "Delete the record of Anna Berg?",
    "says": "Everything about this person goes: visits, notes, pictures. It cannot be taken back.",
    "stays": "That a record was deleted, by whom, when and why.",
    "act": "Delete the whole record",
    "danger": True,
    "back": "#",
}


def frame() -> dict[str, Any]:
    """Whose clinic it is."""
    ways = [
        {"text": text, "href": f"#{text}", "here": text == "Today"} for text in ("Today", "People", "Lead", "Settings")
    ]
    return {
        "organisation": "Northside Physiotherapy",
        "clinic": "Harbour clinic",
        "member": "Dr Mara Stein",
        "role": "Clinician",
        "ways": ways,
        "demo": True,
    }


def context() -> dict[str, Any]:
    """All examples by name."""
    wrong = Wrong(data={})
    wrong.is_valid()
    return {
        "frame": frame(),
        "filled": Filled(auto_id="filled_%s"),
        "wrong": wrong,
        "levels": [
            ("clear", True),
            ("adapt", True),
            ("weigh", True),
            ("stop", True),
            ("clear", False),
            ("weigh", False),
            ("", False),
        ],
        "answers": [
            {
                "level": "clear",
                "word": "Clear",
                "sentence": "Nothing that is known speaks against needling today.",
                "complete": True,
            },
            {
                "level": "adapt",
                "word": "Adapt",
                "sentence": "Needle, but differently: thin needles near the chest.",
                "complete": True,
            },
            {
                "level": "weigh",
                "word": "Weigh",
                "sentence": "A blood thinner is taken now.",
                "complete": False,
                "missing": "2 questions could still change this",
            },
            {"level": "stop", "word": "Stop", "sentence": "No needling today: fever of 38.6 °C.", "complete": True},
            {
                "level": "clear",
                "word": "Clear",
                "sentence": "Nothing speaks against it so far.",
                "complete": False,
                "missing": "5 questions are open",
            },
        ],
        "findings": FINDINGS,
        "questions": QUESTIONS,
        "checklist": CHECKLIST,
        "lines": LINES,
        "rail": RAIL,
        "sites": SITES,
        "needles": NEEDLES,
        "undo": UNDO,
        "no_undo": None,
        "conflict": CONFLICT,
        "emergency": EMERGENCY,
        "note": NOTE,
        "course": COURSE,
        "rates": RATES,
        "statistics": STATISTICS,
        "audit": AUDIT,
        "confirm": {**CONFIRM, "form": Reason(auto_id="reason_%s")},
        "sign_in": SignIn(auto_id="sign_in_%s"),
        "page_of": Paginator(range(60), 20).page(2),
        "saved": [
            {"state": "kept", "words": "Kept 10:12"},
            {"state": "waiting", "words": "3 waiting to be kept"},
            {"state": "not-kept", "words": "Not kept: the disk is full. This device keeps it for now."},
        ],
        "still_in": [
            {
                "words": "2 needles in: Maria Fernández, calf",
                "minutes": "02:10",
                "late": False,
                "href": "#",
                "act": "To the session",
            },
            {
                "words": "A needle is still in: Tomasz Kowalczyk, infraspinatus left",
                "minutes": "+04:12",
                "late": True,
                "href": "#",
                "act": "To the session",
            },
        ],
        "missing": [
            {"words": "Needle 3 is still in", "href": "#needle-c"},
            {"words": "Pain after the session", "href": "#"},
        ],
        "progress": {"now": 3, "of": 12, "words": "Question 3 of about 12"},
        "clinic": "Harbour clinic",
        "scale_ends": ["no pain", "worst imaginable"],
    }


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(CLINIC / "templates")],
        libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"},
        autoescape=True,
    )


def page(name: str, theme: str = "") -> str:
    """One page of the gallery as HTML: with the frame of the clinic, but without its records, views and addresses."""
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    shown = {**context(), "theme": theme, "csrf_token": "invented", "has_errors": name == "wrong"}
    with override_settings(ROOT_URLCONF="tests.clinic.gallery.urls", STORAGES=plain):
        return _engine().get_template(f"gallery/{name}.html").render(Context(shown))
