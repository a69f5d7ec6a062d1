"""Addresses of the administrator's tree."""

from django.urls import path

from edem.services.reports.web import categories

urlpatterns = [
    path("categories/", categories.tree, name="categories"),
    path("categories/add/", categories.add, name="category_add"),
    path("categories/<int:parent_id>/add/", categories.add, name="category_add_under"),
    path("categories/<int:category_id>/", categories.category, name="category"),
    path("categories/<int:category_id>/questions/add/", categories.ask, name="category_ask"),
    path("categories/<int:category_id>/questions/<slug:code>/remove/", categories.stop_asking, name="category_stop"),
]
