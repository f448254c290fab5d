"""How long a client is waited for: uvicorn's protocol, with an end to every kind of slowness."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST = 10.0
"""Seconds in which a request must have arrived whole, from the connection or the last answer on."""
READING = 30.0
"""Seconds in which a client must have taken what waits for it."""
CONNECTIONS = 200
"""Connections at once; a browser has six, a calendar program one."""


class PatientProtocol(H11Protocol):
    """Cuts off who sends too slowly, reads too slowly, or comes with too many.

    uvicorn ends only connections that are silent after an answer; half a request, or half an answer that
    nobody reads, would stay for ever.
    """

    _sending: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, unless there are too many already."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
            return
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Stop the clock when a request is whole."""
        super().data_received(data)
        self._stop_while_answering()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request; the one after it may have come already."""
        self._await_request()
        super().on_response_complete()
        self._stop_while_answering()

    def pause_writing(self) -> None:
        """Begin to wait for the client to read."""
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        """It has read."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _await_request(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
        self._sending = self.loop.call_later(REQUEST, self._no_request)

    def _stop_while_answering(self) -> None:
        answering = not getattr(
            self.cycle, "response_complete", True
        )  # there is none before the first request
        if self._sending is not None and answering:
            self._sending.cancel()
            self._sending = None

    def _no_request(self) -> None:
        if self.transport.get_write_buffer_size():
            # It is still taking the last answer, for which there is another clock.
            self._await_reader()
            self._await_request()
        else:
            self.transport.abort()

    def _await_reader(self) -> None:
        if self._taking is None:
            self._taking = self.loop.call_later(READING, self._not_read)

    def _not_read(self) -> None:
        self._taking = None
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    def _cancel(self) -> None:
        for timer in (self._sending, self._taking):
            if timer is not None:
                timer.cancel()
        self._sending = self._taking = None
