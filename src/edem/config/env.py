"""The environment, read once and typed. Nothing else reads os.environ."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

ROOT = Path(__file__).resolve().parents[3]
STATE = ROOT / ".edem"

Words = Annotated[list[str], BeforeValidator(lambda text: text.split(",") if isinstance(text, str) else text)]


class Environment(BaseModel):
    """Every setting that an operator may give, with the values a developer's machine gets by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    # Django's settings look for this name on every value they give out; pydantic is slow to say that it is absent.
    _mask_wrapped: ClassVar[bool] = True

    database_url: str = ""
    """postgresql://…; without it the embedded server's address is read from the project's state folder."""
    secret_key: str = "demo-secret-key-not-for-production"  # noqa: S105 - check-deploy refuses it
    vault_key: str = "00" * 32
    """Hex, 32 bytes: encrypts what identifies a person. Kept outside the database."""
    mark_key: str = "11" * 32
    """Hex, 32 bytes: the root of the keyed hashes that tell people apart."""
    allowed_hosts: Words = ["localhost", "127.0.0.1", "[::1]"]
    trusted_proxies: Words = ["127.0.0.1", "::1"]
    """Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed; others' are taken off."""
    base_url: str = "http://localhost:8000"
    """The platform's own address, as residents see it."""
    state_dir: Path = STATE
    """What a process may write for itself; every machine has its own."""
    static_dir: Path | None = None
    """Where the gathered styles and scripts lie; without it, in the state folder."""
    media_dir: Path = STATE / "media"
    """Uploaded files; several machines must see the same folder."""
    smtp_url: str = "smtp://127.0.0.1:8025"
    mail_from: str = "e-DEM <no-reply@localhost>"
    bounces_address: str = ""
    """Where letters that could not be delivered come back: a mailbox that takes «name+anything@» too."""
    bounces_url: str = ""
    """How that mailbox is read: imaps://name:password@host/INBOX, imap+starttls://…, or maildir:///folder."""
    sms_url: str = ""
    """The gateway of SMS (docs/guides/messages.md); empty: none are sent and no page offers them."""
    sms_key: str = ""
    sms_sender: str = "e-DEM"
    """The name that the gateway has registered for this installation."""
    push_key: str = ""
    """Hex, 32 bytes: signs messages to browsers (VAPID, RFC 8292); empty: none are sent and no page offers them."""
    push_contact: str = ""
    """Whom a push service may write to about them: mailto:… or https://…; without it, the platform's own address."""
    push_networks: Words = []
    """Networks inside ours where a push service may be too, such as 127.0.0.0/8 for simulators; else only outside."""
    id_gov_ua_url: str = "http://localhost:8100"
    id_gov_ua_client_id: str = "edem-demo"
    id_gov_ua_client_secret: str = "edem-demo-secret"  # noqa: S105 - check-deploy refuses it
    id_gov_ua_encrypted: bool = False
    """Ask id.gov.ua for data encrypted to this installation's certificate; needs a crypto service or program."""
    bank_id_url: str = ""
    """https://id.bank.gov.ua, or https://testid.bank.gov.ua while trying; empty: there is no BankID of our own."""
    bank_id_client_id: str = ""
    bank_id_client_secret: str = ""
    crypto_service_url: str = ""
    """Where the service answers that holds this installation's decryption key (docs/guides/sign-in.md)."""
    crypto_service_token: str = ""
    crypto_program: str = ""
    """Instead of a service: a program on this machine, with its arguments, that reads and writes by its own pipes."""
    sandbox_decryption_key: Path | None = None
    """A file with a key for our own code to decrypt with: never in production, where it refuses to."""
    mobile_id_url: str = ""
    """The mobile signature service asked directly (ETSI TS 102 204); empty: MobileID only through id.gov.ua."""
    mobile_id_ap_id: str = ""
    mobile_id_ap_password: str = ""
    mobile_id_profile: str = "http://uri.etsi.org/TS102204/v1.1.2#digitalSignature"
    """SignatureProfile by which the service knows what kind of signature is wanted."""
    mobile_id_mode: Literal["asynchClientServer", "synch"] = "asynchClientServer"
    """Asked again and again, or the answer awaited on one connection."""
    sign_widget_url: str = ""
    """The page of the signing widget, e.g. https://id.gov.ua/sign-widget/v20240301/; empty: there is none."""
    kep_needs_qualified: bool = True
    """Only a qualified certificate of a natural person signs in and signs petitions by КЕП."""
    trembita_url: str = ""
    """This organisation's security server of «Трембіта»; empty: registers are not asked."""
    trembita_client: str = ""
    """Who asks, as instance/class/code/subsystem, e.g. SEVDEIR/GOV/04060772/EDEM."""
    trembita_service: str = ""
    """The register's service, as instance/class/code/subsystem/service[/version]."""
    trust_dir: Path | None = None
    """Certificates of the trusted roots (*.cer, *.crt, *.der, *.pem), and of the authorities below them."""
    kep_online: bool = False
    """Ask the issuers of certificates for revocation (OCSP, CRL) at the addresses that certificates name."""
    kep_online_networks: Words = []
    """Networks inside ours where issuers may be asked too, such as 127.0.0.0/8 for simulators; else only outside."""
    kep_workers: int = 2
    """Processes of each web process that check signatures."""
    kep_largest_mb: int = 5
    """The largest signature, and the largest signed file beside it, that a page takes."""
    map_raster_url: str = ""
    """The base map as pictures: https://…/{z}/{x}/{y}.png; empty: maps are drawn on plain paper."""
    map_style_url: str = ""
    """Instead of pictures: the address of a MapLibre style of vector tiles; it wins."""
    map_archive: Path | None = None
    """Or a file of our own: a PMTiles archive of pictures, or of vector tiles in the layers of Protomaps."""
    map_hosts: Words = []
    """Other hosts that the style takes its tiles, letters and signs from: https://tiles.example.org."""
    map_credit: str = ""
    """Whose map it is, as its licence asks: © OpenStreetMap."""
    sandbox: bool = False
    """The sandbox sign-in and the sample accounts are on; production refuses to start with it."""
    distributed: bool = False
    """The great tables lie on several servers (docs/guides/scale-out.md)."""
    counting_seconds: float = 5
    """How old a count on a visitor's page may be, in seconds."""
    metrics_networks: Words = ["127.0.0.0/8", "::1/128"]
    """From where /metrics may be read; a forwarded request counts by its true sender."""
    metrics_token: str = ""
    """When set, /metrics asks for «Authorization: Bearer …» and the networks do not matter."""
    log_format: Literal["", "json", "plain"] = ""
    """One JSON object per line, or lines for people; production writes JSON unless told otherwise."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """From which level on our own code speaks; libraries speak from WARNING on."""


def _found(name: str) -> str | None:
    """The variable itself, or what the file says that NAME_FILE names: so secrets come from containers and systemd."""
    variable = "DATABASE_URL" if name == "database_url" else f"EDEM_{name.upper()}"
    file = os.environ.get(f"{variable}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get(variable)


@cache
def environment() -> Environment:
    given = {name: value for name in Environment.model_fields if (value := _found(name)) is not None}
    return Environment.model_validate(given)


def database_url() -> str:
    """The server that was given, or the embedded one that the launcher started."""
    if environment().database_url:
        return environment().database_url
    written = environment().state_dir / "database_url"
    return written.read_text(encoding="utf-8").strip() if written.exists() else "postgresql:///edem"
