"""The matrix, the organisation's cabinet, its executors and contractors."""

from django.urls import path

from edem.services.reports.web import answer_templates, matrix, organisation, replying, tasks

urlpatterns = [
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/add/", matrix.add_rule, name="matrix_add"),
    path("matrix/<int:rule_id>/", matrix.change_rule, name="matrix_change"),
    path("matrix/<int:rule_id>/<slug:way>/", matrix.move_rule, name="matrix_move"),
    path("organisation/", organisation.queue, name="organisation"),
    path("organisation/<int:organisation_id>/bulk/", organisation.in_bulk, name="organisation_bulk"),
    path("organisation/<int:organisation_id>/templates/", answer_templates.templates, name="answer_templates"),
    path("organisation/<int:organisation_id>/templates/add/", answer_templates.template, name="answer_template_add"),
    path(
        "organisation/<int:organisation_id>/templates/<int:template_id>/",
        answer_templates.template,
        name="answer_template",
    ),
    path(
        "organisation/<int:organisation_id>/templates/<int:template_id>/remove/",
        answer_templates.remove,
        name="answer_template_remove",
    ),
    path("tasks/", tasks.tasks, name="tasks"),
    path("task/<str:token>/", tasks.task_by_address, name="task_by_link"),
    path("<int:report_id>/reply/", replying.reply, name="reply"),
    path("<int:report_id>/task/", tasks.task, name="task"),
    path("<int:report_id>/job/", organisation.case, name="work"),
    path("<int:report_id>/job/link/<uuid:link_id>/cancel/", organisation.cancel_link, name="cancel_link"),
    path("<int:report_id>/job/<slug:act>/", organisation.act, name="work_act"),
]
