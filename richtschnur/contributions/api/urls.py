from django.urls import URLPattern, path

from richtschnur.contributions.api import reading, submitting

urlpatterns: list[URLPattern] = [
    path("openapi.json", reading.openapi),
    path("consultations", reading.consultations),
    path("consultations/<slug:slug>", reading.consultation),
    path("consultations/<slug:slug>/passages", reading.passages),
    path("consultations/<slug:slug>/comments", reading.comments),
    path("consultations/<slug:slug>/contributions", submitting.contributions),
    path("receipts/<slug:secret>", reading.receipt),
]
