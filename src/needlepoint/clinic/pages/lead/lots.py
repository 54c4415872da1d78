"""Stock, one lot, and its recall."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from needlepoint.clinic.access.address import where_from
from needlepoint.clinic.access.refused import refused
from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.lead.present_stock import (
    beyond_rows,
    lot_row,
    needle,
    place_words,
    reach_words,
    touched_rows,
)
from needlepoint.clinic.pages.lead.recall import Beyond, Told, beyond
from needlepoint.clinic.pages.lead.stock import A_PAGE, Touched, reach, stocked, touched
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.models import AuditEntry, Clinic, NeedleLot, Person, StockChange
from needlepoint.clinic.spreadsheet import plain_cell

#: A lot has some thousand needles; a list that would be longer says so.
_MOST_LISTED = 50_000


@may(Right.LEAD)
@require_safe
def lead_stock(request: MemberRequest) -> HttpResponse:
    """All lots with what is left of them."""
    clinics = list(Clinic.objects.order_by("name", "pk"))
    clinic = next((one for one in clinics if str(one.pk) == request.GET.get("clinic")), None)
    lots, more = stocked(clinic.pk if clinic else None)
    today = timezone.localdate()
    context = {
        "lots": [lot_row(one, today) for one in lots],
        "more": more,
        "clinics": [(str(one.pk), one.name, one == clinic) for one in clinics],
        "may_stock": has(request.member, Right.SETTINGS),
    }
    return render(request, "lead/stock.html", context)


@may(Right.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def lead_lot(request: MemberRequest, id_: UUID) -> HttpResponse:
    """One lot: how far it reached, and everyone it touched. Posted: it is recalled, or the recall is taken back."""
    lot = _lot(id_)
    if request.method == "POST":
        return _recall(request, lot)
    names = has(request.member, Right.SEE)
    people, more = touched(lot, _after(request)) if names else ([], False)
    # Whom the number reached beyond the linked needles is sought among all entries: only when it matters.
    more_told = beyond(lot) if lot.recalled else Beyond()
    if names:
        shown: tuple[Touched | Told, ...] = (*people, *more_told.unsigned[:A_PAGE], *more_told.perhaps[:A_PAGE])
        _leave_trails(request, (one.person for one in shown))
    today = timezone.localdate()
    changes = StockChange.objects.filter(lot=lot).select_related("by").order_by("-at")[:100]
    context = {
        "lot": lot_row(stocked(None, id_)[0][0], today),
        "id": id_,
        "recalled": lot.recalled,
        "reach": reach_words(**reach(lot)),
        "people": touched_rows(people, names),
        "beyond": beyond_rows(more_told, names),
        "names": names,
        "further": people[-1].person.pk if more else "",
        "changes": [
            (saying.moment(one.at), f"{one.needles:+d}" if one.needles else "", one.reason, one.by.name)
            for one in changes
        ],
        "may_recall": has(request.member, Right.TREAT),
        "may_take_back": has(request.member, Right.SETTINGS),
        "may_hand_out": names and has(request.member, Right.HAND_OUT),
    }
    return render(request, "lead/lot.html", context)


def _recall(request: MemberRequest, lot: NeedleLot) -> HttpResponse:
    """Whoever treats may recall at once; only who keeps the stock takes it back. Who, when and why stay among the changes of the lot."""
    back = request.POST.get("act") == "take-back"
    if not has(request.member, Right.SETTINGS if back else Right.TREAT):
        raise refused(request, "take back a recall" if back else "recall a lot")
    told = " ".join(request.POST.get("why", "").replace("\x00", " ").split())
    reason = (_("recall taken back: %(why)s") if back else _("recalled: %(why)s")) % {
        "why": told or _("no reason told")
    }
    with transaction.atomic():
        changed = NeedleLot.objects.filter(pk=lot.pk, recalled=back).update(recalled=not back)
        if changed:
            StockChange.objects.create(lot=lot, needles=0, reason=reason[:200], by=request.member)
            leave_trail(request, "took back a recall" if back else "recalled a lot", None, changed=True)
    if changed:
        messages.warning(
            request, _("The recall is taken back.") if back else _("Recalled. Everyone it touched is listed below.")
        )
    return redirect("lead-lot", lot.pk)


@may(Right.HAND_OUT)
@require_safe
def lead_lot_list(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Everyone whom a lot touched, to call them: as CSV."""
    lot = _lot(id_)
    people, _more = touched(lot, most=_MOST_LISTED)
    more_told = beyond(lot)
    everybody: tuple[Touched | Told, ...] = (*people, *more_told.unsigned, *more_told.perhaps)
    _leave_trails(request, (one.person for one in everybody), "listed everyone a lot touched")
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow([_("family name"), _("given names"), _("date of birth"), _("number"), _("telephone"), _("e-mail"),
                   _("needles"), _("days"), _("places"), _("lot"), _("needle"), _("how it is known")])  # fmt: skip
    rows.writerows(_row(one, lot, _("signed with this lot")) for one in people)
    rows.writerows(_row(one, lot, "; ".join(one.why)) for one in more_told.unsigned)
    rows.writerows(
        _row(one, lot, _("may also have had it: %(why)s") % {"why": "; ".join(one.why)}) for one in more_told.perhaps
    )
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="lot-{datetime.now(UTC):%Y-%m-%d}.csv"'
    return response


def _row(one: Touched | Told, lot: NeedleLot, how: str) -> list[str]:
    person = one.person
    return [
        *map(plain_cell, (person.family, person.given)),
        person.birth_date.isoformat(),
        *map(plain_cell, (person.number, person.phone, person.email)),
        str(one.needles),
        " ".join(day.isoformat() for day in one.days),
        plain_cell(place_words(one.places)),
        plain_cell(f"{lot.maker} {lot.number}"),
        needle(lot),
        plain_cell(how),
    ]


def _leave_trails(request: MemberRequest, people: Iterable[Person], action: str = "was listed under a lot") -> None:
    """Everybody on the list was seen: that stands in the trail of each."""
    who = request.member
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                organisation_id=who.organisation_id, member=who, who=who.name, person=id_, action=action,
                where=where_from(request),
            )
            for id_ in dict.fromkeys(one.pk for one in people)
        ],
        batch_size=500,
    )  # fmt: skip


def _lot(id_: UUID) -> NeedleLot:
    found: NeedleLot | None = NeedleLot.objects.select_related("clinic").filter(pk=id_).first()
    if found is None:
        raise Http404("there is no such record here")
    return found


def _after(request: HttpRequest) -> Person | None:
    try:
        id_ = UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    found: Person | None = Person.objects.filter(pk=id_).first()
    return found
