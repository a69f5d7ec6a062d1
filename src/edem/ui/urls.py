from django.urls import path

from edem.ui.gallery import gallery

app_name = "ui"
urlpatterns = [path("_ui/", gallery, name="gallery")]
