"""An application that is never asked: its server gives out files by itself."""

from starlette.types import Receive, Scope, Send


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("This server gives out files; nobody may ask its application.")
