"""Addresses of the list, of the map, and of the same for programs."""

from django.urls import URLPattern, path

from edem.services.reports.web import feed, listing, map_windows, mapping, watching

urlpatterns: list[URLPattern] = [
    path("", listing.report_list, name="list"),
    path("feed.atom", feed.feed, name="feed"),
    path("reports.geojson", feed.geojson, name="geojson"),
    path("watch/", watching.watch, name="watch"),
    path("map/", mapping.report_map, name="map"),
    path("map/cards/", mapping.cards, name="map_cards"),
    path("map/<slug:version>/points.json", mapping.points, name="map_points"),
    path("map/<slug:version>/<int:z>/<slug:places>.tiles", map_windows.window, name="map_window"),
    path("map/<slug:version>/<int:z>/<int:x>/<int:y>.mvt", mapping.tile, name="map_tile"),
]
