"""The health questions: some to tick on each page, in plain words. What was not answered is never taken for a *no*."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.patient.mine import Mine, mine, over
from needlepoint.clinic.pages.patient.present_questions import group_page, look_over, single_page
from needlepoint.clinic.pages.patient.steps import AT_ONCE, Question, Step, questions_of
from needlepoint.clinic.pages.patient.telling import NotTold, is_open, listed, singly, ticked
from needlepoint.clinic.pages.patient.writing import NotKept, write
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned


@patient_page
@require_safe
def questions(request: PatientRequest) -> HttpResponse:
    """Goes on where the person stopped; once all is answered, the answers to look over."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    if here.open_step or here.last:
        return redirect(here.after(None))
    leave_trail(request, "looked over the own answers", request.patient.pk)
    return render(request, "patient/look_over.html", here.context(page=look_over(here.steps, here.read.written)))


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def question_group(request: PatientRequest, group: str) -> HttpResponse:
    """One page of questions."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    step, wrong = here.step(group), ""
    if request.method == "POST":
        try:
            tell = listed(step, request.POST) if step.group.asks else ticked(step, here.read.written, request.POST)
            write(request, here.read.written, tell)
            return _go_on(request, step)
        except NotTold as error:
            wrong = str(error)
        except NotKept as error:
            wrong = error.words(_("Some of this cannot be kept as it stands. Please look at it again."))
        except (VisitIsSigned, VisitIsCancelled):
            return over(request, here)
    page = group_page(step, here.read.written, request.POST if wrong else None, wrong, here.before(step))
    return render(
        request,
        "patient/list.html" if step.group.asks else "patient/group.html",
        here.context(page=page, has_errors=bool(wrong), progress=here.progress(step)),
        status=422 if wrong else 200,
    )


def _go_on(request: PatientRequest, step: Step) -> HttpResponse:
    here = mine(request)
    ticked_now = set(request.POST.getlist("so"))
    for n, item in enumerate(here.step(step.group.id).items):
        if str(n) in ticked_now and is_open(item, here.read.written):
            return redirect("my-detail", group=step.group.id)
    return redirect(here.after(step))


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def in_detail(request: PatientRequest, group: str) -> HttpResponse:
    """What was ticked for several things at once, asked one by one."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    step = here.step(group)
    facts = tuple(fact for item in step.items if is_open(item, here.read.written) for fact in item.facts)
    if not facts:
        return redirect(here.after(step))
    return _singly(request, here, questions_of(facts), _("Which of these is it?"), step)


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: PatientRequest) -> HttpResponse:
    """The last questions: those that only now could change the answer."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    if not here.last:
        return redirect("my-questions")
    return _singly(request, here, here.last[:AT_ONCE], _("A few last questions"), None)


def _singly(
    request: PatientRequest, here: Mine, asked: tuple[Question, ...], title: str, step: Step | None
) -> HttpResponse:
    missing: tuple[str, ...] = ()
    if request.method == "POST":
        # A page that was left open may ask what is asked no more: what it tells is still an answer.
        values, missing = singly(tuple(one.fact for one in asked), request.POST)
        if not missing:
            try:
                write(request, here.read.written, values)
            except (VisitIsSigned, VisitIsCancelled):
                return over(request, here)
            return redirect(mine(request).after(step))
    back = here.before(step) if step else ""
    page = single_page(asked, here.read.written, request.POST, missing, title, back)
    return render(
        request,
        "patient/singly.html",
        here.context(page=page, has_errors=bool(missing), progress=here.progress(step)),
        status=422 if missing else 200,
    )
