"""Sign a note, read it, write an addendum, print it."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail, open_visit
from needlepoint.clinic.pages.entries.sent import number_of
from needlepoint.clinic.pages.note.present import present_note
from needlepoint.clinic.records.keeping import VisitIsCancelled
from needlepoint.clinic.records.models import Note
from needlepoint.clinic.records.signing import AlreadySigned, NotReady, SeenEarlier, add_addendum
from needlepoint.clinic.records.signing import sign as sign_visit


@may(Right.TREAT)
@require_POST
def sign(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Sign the note of a visit; when something is missing, say what."""
    visit = open_visit(request, id_, "asked to sign the note")
    # A form without a number has seen nothing.
    seen, device = number_of(request.POST.get("head")) or 0, request.POST.get("device", "")
    try:
        with transaction.atomic():
            note = sign_visit(visit.pk, request.member, now=datetime.now(UTC), seen_head=seen, device=device)
            leave_trail(request, "signed the note", visit.person_id, changed=True)
    except NotReady:
        messages.error(request, _("It is not signed yet: see what is missing."))
        return redirect("visit-step", visit.pk, "sign")
    except SeenEarlier:
        messages.warning(request, _("Something was written since you looked: read it, then sign."))
        told = urlencode({"seen": seen, "device": device})
        return redirect(f"{reverse('visit-step', args=[visit.pk, 'sign'])}?{told}")
    except VisitIsCancelled:
        messages.error(request, _("The visit was cancelled."))
        return redirect("visit-step", visit.pk, "sign")
    except AlreadySigned as signed:
        messages.info(request, _("It was signed already: this is the note."))
        return redirect("note", signed.note.pk)
    except DatabaseError:
        messages.error(request, _("It could not be kept just now, and is not signed. Try again in a moment."))
        return redirect("visit-step", visit.pk, "sign")
    messages.success(request, _("Signed and sealed."))
    return redirect("note", note.pk)


@may(Right.SEE)
@require_safe
def note(request: MemberRequest, id_: UUID) -> HttpResponse:
    """The signed note with its addenda and hashes."""
    found = _open(request, id_, "read a note")
    return render(
        request,
        "note/note.html",
        {
            "note": present_note(found),
            "signed": found,
            "may_write": has(request.member, Right.TREAT),
            "main_class": "page--reading",
        },
    )


@may(Right.TREAT)
@require_POST
def addendum(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Write a correction or a later word beside a signed note."""
    found = _open(request, id_, "asked to write an addendum")
    try:
        with transaction.atomic():
            add_addendum(found, request.POST.get("text", "").replace("\x00", ""), request.member, now=datetime.now(UTC))
            leave_trail(request, "wrote an addendum", found.person_id, changed=True)
    except ValueError:
        messages.error(request, _("Write what the addendum says."))
    else:
        messages.success(request, _("The addendum was added and sealed."))
    return redirect("note", found.pk)


@may(Right.SEE)
@require_safe
def note_pdf(request: MemberRequest, id_: UUID) -> HttpResponse:
    """The note on paper."""
    from needlepoint.clinic.pages.note.paper import note_as_pdf

    found = _open(request, id_, "printed a note")
    response = HttpResponse(note_as_pdf(present_note(found), found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="note-{found.signed_at:%Y-%m-%d}.pdf"'
    return response


def _open(request: MemberRequest, id_: UUID, action: str) -> Note:
    found = (
        Note.objects.select_related("seal", "visit", "person", "clinic")
        .prefetch_related("addenda__seal")
        .filter(pk=id_)
        .first()
    )
    if found is None:
        raise Http404
    leave_trail(request, action, found.person_id)
    return found
