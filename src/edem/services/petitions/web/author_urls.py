"""Addresses of what an author adds to a petition, and of how it is passed on and talked about."""

from django.urls import path

from edem.services.petitions.web import attachments, authoring, discussing, placing, reading, sharing, updates

urlpatterns = [
    path("<int:petition_id>/attachments/", attachments.attachments, name="attachments"),
    path("<int:petition_id>/attachments/<int:attachment_id>/", attachments.rename, name="attachment_rename"),
    path("<int:petition_id>/attachments/<int:attachment_id>/up/", attachments.put_higher, name="attachment_higher"),
    path("<int:petition_id>/attachments/<int:attachment_id>/remove/", attachments.remove, name="attachment_remove"),
    path("<int:petition_id>/places/", placing.places, name="places"),
    path("<int:petition_id>/places/<int:number>/remove/", placing.remove, name="place_remove"),
    path("<int:petition_id>/news/", updates.updates, name="updates"),
    path("<int:petition_id>/correct/", authoring.correct, name="correct"),
    path("<int:petition_id>/editions/", reading.editions, name="editions"),
    path("<int:petition_id>/comments/", discussing.comments, name="comments"),
    path("<int:petition_id>/comments/add/", discussing.comment, name="comment"),
    path("<int:petition_id>/share/", sharing.share, name="share"),
    path("<int:petition_id>/share.png", sharing.picture, name="picture"),
    path("<int:petition_id>/poster-<slug:paper>.pdf", sharing.poster, name="poster"),
    path("<int:petition_id>/flyer.pdf", sharing.flyer, name="flyer"),
    path("<int:petition_id>/poster.txt", sharing.poster_words, name="poster_words"),
]
