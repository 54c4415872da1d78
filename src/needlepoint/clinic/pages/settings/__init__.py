"""Settings: clinics, members, stock, words for notes; the own account; the first run."""

from django.urls import URLPattern, URLResolver, include, path

from needlepoint.clinic.pages.settings import account, clinics, first_run, members, password, start, stock, words

urls: list[URLPattern | URLResolver] = [
    path("settings/", start.start, name="settings"),
    path("settings/clinics/", clinics.clinics, name="settings-clinics"),
    path("settings/clinics/<uuid:id_>/", clinics.clinic, name="settings-clinic"),
    path("settings/members/", members.members, name="settings-members"),
    path("settings/members/new/", members.new_member, name="new-member"),
    path("settings/members/<uuid:id_>/", members.member, name="settings-member"),
    path("settings/members/<uuid:id_>/link/", members.member_link, name="member-link"),
    path("settings/members/<uuid:id_>/second-factor/", members.member_factors, name="member-factors"),
    path("settings/stock/", stock.stock, name="settings-stock"),
    path("settings/stock/new/", stock.new_lot, name="new-lot"),
    path("settings/stock/<uuid:id_>/", stock.count_lot, name="count-lot"),
    path("settings/words/", words.templates, name="settings-words"),
    path("settings/words/new/", words.new_template, name="new-words"),
    path("settings/words/<uuid:id_>/", words.template, name="edit-words"),
    path("settings/words/<uuid:id_>/remove/", words.remove_template, name="remove-words"),
    path("account/", account.account, name="account"),
    path("password/<str:uid>/<str:token>/", password.set_password, name="set-password"),
    path("setup/", first_run.set_up, name="set-up"),
    path("accounts/", include("needlepoint.clinic.access.addresses")),
]
