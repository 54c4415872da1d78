"""Pictures and documents of a person: added, and opened."""

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_person
from needlepoint.clinic.pages.people.present_person import document
from needlepoint.clinic.pages.people.upload import ENDINGS, MOST_BYTES, PDF, Refused, Upload, read_upload
from needlepoint.clinic.records.models import Attachment, AttachmentContent, Person
from needlepoint.clinic.records.papers import keep_attachment

#: The parts of the form around the file.
_AROUND = 100_000


class DocumentForm(forms.Form):
    """A picture or a document."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        max_length=None,
        help_text=gettext_lazy("A picture (JPEG, PNG, WebP) or a PDF, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        widget=forms.RadioSelect,
        choices=[
            ("photo", gettext_lazy("photo")),
            ("ultrasound", gettext_lazy("ultrasound picture")),
            ("document", gettext_lazy("document")),
        ],
        initial="photo",
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Without one, the name of the file is taken."),
    )

    def clean_file(self) -> Upload:
        """The bytes, looked at."""
        told = self.cleaned_data["file"]
        if told.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."))
        try:
            return read_upload(told.read())
        except Refused as why:
            raise ValidationError(str(why)) from None

    def clean(self) -> dict[str, Any]:
        """A title that is never empty."""
        told = super().clean() or self.cleaned_data
        if not told.get("title", "").strip():
            name = getattr(self.files.get("file"), "name", "") or ""
            stem = "".join(one for one in PurePath(name).stem if one.isprintable()).strip()
            told["title"] = stem[:200] or _("without title")
        return told


@csrf_exempt  # Only so that a body that is too large is refused before anything reads it; below it is protected like every form.
@may(Right.WRITE)
@require_http_methods(["GET", "POST"])
def attachments(request: MemberRequest, id_: UUID) -> HttpResponse:
    """The pictures and documents of a person. Posted: add one."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and not (told.isdigit() and int(told) <= MOST_BYTES + _AROUND):
        return HttpResponse(_("The file is larger than 10 MB."), status=413, content_type="text/plain; charset=utf-8")
    return _protected(request, id_)


@csrf_protect
def _protected(request: MemberRequest, id_: UUID) -> HttpResponse:
    person = open_person(request, id_, "opened the documents of a person")
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            _add(request, person, form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("attachments", id_)
    rows = Attachment.objects.filter(person=person).select_related("by").order_by("-at", "pk")[:500]
    context = {
        "form": form,
        "person": person,
        "papers": [document(one) for one in rows],
        "has_errors": bool(form.errors),
        "main_class": "page--reading",
    }
    return render(request, "people/documents.html", context)


def _add(request: MemberRequest, person: Person, told: dict[str, Any]) -> None:
    upload: Upload = told["file"]
    with transaction.atomic():
        # The same file sent twice, as by a double click, is kept once.
        if Attachment.objects.filter(person=person, sha256=upload.sha256, title=told["title"]).exists():
            return
        keep_attachment(
            upload.content, person=person, kind=told["kind"], title=told["title"], media_type=upload.media_type,
            size=len(upload.content), sha256=upload.sha256, by=request.member,
        )  # fmt: skip
        leave_trail(request, "added a document", person.pk, changed=True)


@may(Right.SEE)
@require_safe
def attachment(request: MemberRequest, id_: UUID) -> HttpResponse:
    """One picture or document. A browser shows a picture and saves a PDF; it runs neither."""
    found = Attachment.objects.filter(pk=id_).first()
    if found is None or found.media_type not in ENDINGS:
        raise Http404("there is no such record here")
    leave_trail(request, "opened a document", found.person_id)
    content = bytes(AttachmentContent.objects.get(attachment=found).content)
    response = HttpResponse(content, content_type=found.media_type)
    name = f"{slugify(found.title)[:60] or 'document'}.{ENDINGS[found.media_type]}"
    response.headers["Content-Disposition"] = content_disposition_header(found.media_type == PDF, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
