"""A pilot that waits until the app has done what it was given, and no longer."""

import asyncio
from unittest.mock import patch

import textual.app
from textual.pilot import Pilot


class KeyPilot(Pilot[object]):
    """Textual's own waits at least 40 ms a key, until little CPU is used; this one looks at what is to be done."""

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
        # Private: asyncio does not tell what it has to do; Textual paints, and takes a new size, at its next tick only.
        ready = vars(asyncio.get_running_loop())["_ready"]
        while True:
            await asyncio.sleep(0)
            if not ready:
                self.app._check_resize()
                self.app.screen._on_timer_update()
                if not ready:
                    return
