"""One comment's address, within a community."""

from django.urls import path

from edem.foundation.discussions import views

app_name = "discussions"

urlpatterns = [
    path("comments/<int:comment_id>/", views.comment, name="comment"),
    path("comments/<int:comment_id>/delete/", views.delete, name="delete"),
]
