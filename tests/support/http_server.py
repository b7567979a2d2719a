"""Serves an application over real HTTP on loopback, in a thread, for the length of a ``with`` statement."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from app.server.patience import Patience, patient_protocol


@contextmanager
def serving(application: Any, patience: Patience = Patience()) -> Iterator[str]:  # noqa: B008  frozen
    """Serve the application on a free port of 127.0.0.1 and give its address."""
    # With the protocol named asyncio sends small answers at once, as for the program's own server; otherwise
    # each waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    config = uvicorn.Config(
        application,
        http=patient_protocol(patience),
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    server = Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="http server")
    thread.start()
    try:
        if not started.wait(60):
            raise TimeoutError("the server did not start")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(60)
        listener.close()
