"""The page ``lead``: what was done, what went wrong, with which needles, and who saw what."""

from django.urls import URLPattern, path

from needlepoint.clinic.pages.lead.events import lead_event, lead_events
from needlepoint.clinic.pages.lead.late_event import late_event
from needlepoint.clinic.pages.lead.lots import lead_lot, lead_lot_list, lead_stock
from needlepoint.clinic.pages.lead.overview import lead
from needlepoint.clinic.pages.lead.trail import lead_trail

urls: list[URLPattern] = [
    path("lead/", lead, name="lead"),
    path("lead/events/", lead_events, name="lead-events"),
    path("lead/events/<uuid:id_>/", lead_event, name="lead-event"),
    path("lead/stock/", lead_stock, name="lead-stock"),
    path("lead/stock/<uuid:id_>/", lead_lot, name="lead-lot"),
    path("lead/stock/<uuid:id_>/everyone.csv", lead_lot_list, name="lead-lot-list"),
    path("lead/trail/", lead_trail, name="lead-trail"),
    path("visits/<uuid:id_>/late-event/", late_event, name="late-event"),
]
