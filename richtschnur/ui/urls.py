from django.urls import path

from richtschnur.ui import views

app_name = "ui"
urlpatterns = [
    path("colours.css", views.colours, name="colours"),
    path("coat-of-arms", views.coat_of_arms, name="coat_of_arms"),
    path("theme", views.choose_theme, name="theme"),
]
