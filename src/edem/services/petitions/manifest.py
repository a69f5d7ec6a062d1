"""What petitions give the whole platform."""

from edem.foundation.catalog.manifest import Manifest
from edem.foundation.discussions.judging import comment_kind
from edem.foundation.intake.acts import MassAct
from edem.foundation.live.counters import LiveCounter
from edem.kernel.ukrainian import N_
from edem.services.petitions import cards
from edem.services.petitions.actions.judging import KINDS
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.wishes import wish_from_intake
from edem.services.petitions.api import router
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.queries.counting import counts_of
from edem.services.petitions.queries.followable import followable
from edem.services.petitions.queries.key_versions import marked_by
from edem.services.petitions.queries.open_data import DATASETS
from edem.services.petitions.queries.personal import held_about
from edem.services.petitions.web.widget import PANELS

MANIFEST = Manifest(
    code=CODE,
    title=N_("Петиції"),
    verb=N_("Створити петицію"),
    summary=N_("Запропонуйте зміни, зберіть підписи — і голова громади дасть відповідь."),
    icon="petition",
    prefix="petitions",
    urls="edem.services.petitions.web.urls",
    start_url="petitions:start",
    charter=PetitionCharter,
    charter_impact=cards.charter_impact,
    door=cards.door,
    happenings=cards.happenings,
    going_on=cards.going_on,
    needs_me=cards.needs_me,
    cabinet=cards.cabinet,
    personal=held_about,
    marked_by=marked_by,
    desk_queues=cards.DESK_QUEUES,
    desk_pages=cards.DESK_PAGES,
    datasets=DATASETS,
    indicators=cards.INDICATORS,
    topics={
        "petitions.mine": N_("Що відбувається з моїми петиціями"),
        "petitions.milestones": N_("Скільки підписів уже зібрали мої петиції"),
        "petitions.followed": N_("Що відбувається з петиціями, за якими я стежу"),
    },
    texted={
        "petitions.mine": (
            "petitions/mail/answered.html",
            "petitions/mail/hearing/appointed.html",
            "petitions/mail/hearing/moved.html",
            "petitions/mail/hearing/cancelled.html",
        ),
    },
    followable=followable,
    moderated=(*KINDS, comment_kind()),
    mass_acts=(
        MassAct(
            name="petitions.signature",
            make=wish_from_intake,
            act=add_signatures,
            thanks=N_("Дякуємо! Ваш підпис зараховано."),
        ),
    ),
    live_counters=(LiveCounter(name="signatures", read=counts_of),),
    api=router,
    widget_panels=PANELS,
)
