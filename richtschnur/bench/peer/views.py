"""Two views: hello, and a remark kept by a form behind the protection against forged posts."""

from __future__ import annotations

import threading

from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from richtschnur.bench.peer.models import Remark


class RemarkForm(forms.ModelForm):
    class Meta:
        model = Remark
        fields = ("text",)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@csrf_protect
def remark(request: HttpRequest) -> HttpResponse:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    form.save()
    return HttpResponseRedirect("/", status=303)


@csrf_protect
def hasty(request: HttpRequest) -> HttpResponse:
    """What a fault must find: acknowledged first, written later, with no key against repeats."""
    text = request.POST["text"]
    threading.Timer(0.3, _write, [text]).start()
    return HttpResponseRedirect(f"/#{text}", status=303)


def _write(text: str) -> None:
    try:
        Remark(text=text).save()
    finally:
        connection.close()


urlpatterns = [path("hello", hello), path("remark", remark), path("hasty", hasty)]
