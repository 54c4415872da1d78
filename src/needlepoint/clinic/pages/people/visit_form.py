"""A visit to be: for what, when, where, with whom."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from needlepoint.clinic.access.rights import Right, has
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.models import Clinic, Course, Member, Person

#: The value that means: a complaint that was not treated here before.
NEW = "new"
#: Farther away than this a date is a slip of the hand.
_AHEAD, _BACK = timedelta(days=730), timedelta(days=31)


class VisitForm(forms.Form):
    """A visit. Asks only for what is not known: with one clinic, or one course, that one is chosen already."""

    course = forms.ChoiceField(label=gettext_lazy("For what"), widget=forms.RadioSelect)
    complaint = forms.CharField(
        label=gettext_lazy("Complaint"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("In a few words, such as neck pain on the left. It may be told later."),
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    clinic = forms.ModelChoiceField(label=gettext_lazy("Clinic"), queryset=Clinic.everywhere.none(), empty_label=None)
    clinician = forms.ModelChoiceField(
        label=gettext_lazy("Clinician"), queryset=Member.everywhere.none(), empty_label=None
    )

    def __init__(self, *args: Any, person: Person, member: Member, **kwargs: Any) -> None:
        self.courses = {str(one.pk): one for one in _open_courses(person)}
        treating = _treating()
        now = timezone.localtime()
        kwargs.setdefault(
            "initial",
            {
                "course": next(iter(self.courses), NEW),
                "day": now.date(),
                "time": time(now.hour, now.minute - now.minute % 5),
                "clinic": member.clinic_id,
                "clinician": member.pk if has(member, Right.TREAT) else None,
            },
        )
        super().__init__(*args, **kwargs)
        course, clinic, clinician = self.fields["course"], self.fields["clinic"], self.fields["clinician"]
        assert isinstance(course, forms.ChoiceField)
        assert isinstance(clinic, forms.ModelChoiceField)
        assert isinstance(clinician, forms.ModelChoiceField)
        course.choices = [(key, _course(one)) for key, one in self.courses.items()] + [(NEW, _("A new complaint"))]
        clinic.queryset = Clinic.objects.order_by("name", "pk")
        clinician.queryset = treating

    def clean_course(self) -> Course | None:
        """The course that goes on; None for a new one."""
        return self.courses.get(self.cleaned_data["course"])

    def clean(self) -> dict[str, Any]:
        """The moment, in the clinic's time zone."""
        told = super().clean() or self.cleaned_data
        if "day" in told and "time" in told:
            at = (
                timezone.make_aware(datetime.combine(told["day"], told["time"]))
                if 1 < told["day"].year < 9999
                else None
            )
            now = timezone.now()
            if at is None or not now - _BACK <= at <= now + _AHEAD:
                self.add_error("day", ValidationError(_("A day from last month to two years ahead.")))
            else:
                told["planned_at"] = at
        return told


def _open_courses(person: Person) -> list[Course]:
    return list(Course.objects.filter(person=person, closed_on=None).order_by("-opened_on", "pk")[:20])


def _treating() -> Any:
    from needlepoint.clinic.access.rights import RIGHTS

    roles = [role for role, rights in RIGHTS.items() if Right.TREAT in rights]
    return Member.objects.filter(active=True, role__in=roles).order_by("name", "pk")


def _course(course: Course) -> str:
    words = course.complaint or _("complaint not told")
    return _("%(words)s, since %(day)s") % {"words": words, "day": saying.short_day(course.opened_on)}
