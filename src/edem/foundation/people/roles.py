"""The jobs people hold, by the names of the acts (002 §2, 003 §4). Pure."""

from enum import StrEnum

from edem.kernel.ukrainian import N_


class Role(StrEnum):
    RESIDENT = "resident"
    MODERATOR = "moderator"
    OFFICER = "officer"
    MAYOR = "mayor"
    CLERK = "cnap_clerk"
    CONTROL = "control_body"
    AUDITOR = "auditor"
    HEAD = "head_of_organisation"
    WORKER = "responsible_worker"
    EXECUTOR = "executor"
    OPERATOR = "contact_operator"
    REVIEWER = "reviewer"
    DEPUTY = "deputy"
    CHAIR = "chair"
    SECRETARY = "secretary"
    ON_CALL = "on_call"
    COMMUNITY_ADMIN = "community_admin"
    PLATFORM_OPERATOR = "platform_operator"


LABELS = {
    Role.RESIDENT: N_("мешканець"),
    Role.MODERATOR: N_("модератор"),
    Role.OFFICER: N_("уповноважений спеціаліст"),
    Role.MAYOR: N_("голова громади"),
    Role.CLERK: N_("адміністратор ЦНАП"),
    Role.CONTROL: N_("орган контролю"),
    Role.AUDITOR: N_("аудитор"),
    Role.HEAD: N_("керівник організації"),
    Role.WORKER: N_("відповідальний працівник"),
    Role.EXECUTOR: N_("виконавець"),
    Role.OPERATOR: N_("оператор контакт-центру"),
    Role.REVIEWER: N_("експерт підрозділу"),
    Role.DEPUTY: N_("депутат"),
    Role.CHAIR: N_("голова"),
    Role.SECRETARY: N_("секретар"),
    Role.ON_CALL: N_("черговий з правом аварійного доступу"),
    Role.COMMUNITY_ADMIN: N_("адміністратор громади"),
    Role.PLATFORM_OPERATOR: N_("технологічний оператор"),
}

IN_EMERGENCY = frozenset({Role.MODERATOR, Role.OFFICER, Role.CLERK, Role.COMMUNITY_ADMIN})
"""What one may take for hours in an emergency; nobody becomes the mayor, the control body or the operator so."""
