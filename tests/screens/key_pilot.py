"""A pilot that waits until the app has done what it was given, and no longer."""

import asyncio
from unittest.mock import patch

import textual.app
from textual.pilot import Pilot


class KeyPilot(Pilot[object]):
    """Textual's own waits at least 40 ms a key, until the process uses little CPU; this one looks at what is to be done."""

    async def press(self, *keys: str) -> None:
        with patch.object(textual.app, "wait_for_idle", self._idle):
            await super().press(*keys)

    async def pause(self, delay: float | None = None) -> None:
        if delay is not None:
            await super().pause(delay)
        else:
            await self._wait_for_screen()
            await self._idle()

    async def _idle(self, _least: float = 0) -> None:
        """Until nothing is left to the event loop but timers, threads and files, and the screen is painted."""
        # Private: neither asyncio nor Textual tells what it still has to do, or paints, or takes a new size, before its next tick.
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        while True:
            await asyncio.sleep(0)
            if not ready:
                self.app._check_resize()
                self.app.screen._on_timer_update()
                if not ready:
                    return
