"""What problem reports give the whole platform."""

from edem.foundation.catalog.manifest import Manifest
from edem.foundation.discussions.judging import comment_kind
from edem.foundation.intake.acts import MassAct
from edem.kernel.ukrainian import N_
from edem.services.reports import cards
from edem.services.reports.actions.answering_by_mail import take_author_answer, take_official_answer
from edem.services.reports.actions.categories import plant_categories
from edem.services.reports.actions.judging import KINDS
from edem.services.reports.actions.parcels import take_parcels
from edem.services.reports.actions.voicing import add_voices, voice_from_intake
from edem.services.reports.api import router
from edem.services.reports.charter import ReportCharter
from edem.services.reports.queries.charters import CODE
from edem.services.reports.queries.followable import followable
from edem.services.reports.queries.open_data import DATASETS
from edem.services.reports.queries.personal import held_about
from edem.services.reports.web.open311_door import SCOPES
from edem.services.reports.web.parcels import ACT, LARGEST, parcel_from_intake
from edem.services.reports.web.widget import PANELS

MANIFEST = Manifest(
    code=CODE,
    title=N_("Відкрите місто"),
    verb=N_("Повідомити про проблему"),
    summary=N_("Покажіть, що не так у громаді, і стежте, хто й коли це виправить."),
    icon="report",
    prefix="reports",
    urls="edem.services.reports.web.urls",
    start_url="reports:start",
    standard_urls="edem.services.reports.web.open311_urls",
    scopes=SCOPES,
    standards={"Open311 GeoReport v2": "/open311/v2/discovery.xml"},
    begin=plant_categories,
    api=router,
    charter=ReportCharter,
    charter_impact=cards.charter_impact,
    door=cards.door,
    happenings=cards.happenings,
    needs_me=cards.needs_me,
    cabinet=cards.cabinet,
    personal=held_about,
    mass_acts=(
        MassAct(
            name="reports.voice",
            make=voice_from_intake,
            act=add_voices,
            thanks=N_("Дякуємо! Ваш голос додано."),
        ),
        MassAct(
            name=ACT,
            make=parcel_from_intake,
            act=take_parcels,
            thanks=N_("Повідомлення прийнято. Номер буде за хвилину."),
            largest_form=LARGEST,
        ),
    ),
    desk_queues=cards.DESK_QUEUES,
    desk_pages=cards.DESK_PAGES,
    datasets=DATASETS,
    indicators=cards.INDICATORS,
    followable=followable,
    feed_url="reports:feed",
    widget_panels=PANELS,
    topics={
        "reports.mine": N_("Що відбувається з моїми повідомленнями про проблеми"),
        "reports.followed": N_("Що відбувається з повідомленнями, за якими я стежу"),
        "reports.official": N_("Повідомлення про проблеми: листи організаціям"),
    },
    moderated=(*KINDS, comment_kind()),
    answered={"reports.official": take_official_answer, "reports.mine": take_author_answer},
)
