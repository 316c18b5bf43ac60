"""Words are sent as fast as the worker sends them; and then while it is killed on the way."""

import time
from statistics import median

from companion.bench.figures import Figures, number
from companion.bench.options import PushOptions
from companion.bench.phones import Phones, Rung
from companion.bench.ringing_house import RingingHouse
from companion.bench.working import Working
from companion.notifications.outbox import CLAIM

WARM = 200
DEATHS = 2
PATIENCE = 15.0
"""After so many seconds in which nothing happens, nothing happens any more."""


class Rings:
    """A house, its phones and its worker. In each round there is a word for everybody."""

    def __init__(self, house: RingingHouse, phones: Phones, options: PushOptions) -> None:
        self._house, self._phones, self._options = house, phones, options
        self._written = 0
        self.problems: list[str] = []

    def measure(self) -> Figures:
        return self._fast() | self._killed()

    def _fast(self) -> Figures:
        with self._worker() as worker:
            self._send("warm", WARM)
            rounds = [self._round(worker, f"round-{nth}") for nth in range(self._options.rounds)]
        rates, costs = zip(*rounds, strict=True)
        return {
            "sent per second": number(median(rates)),
            "core's time for each, µs": number(median(costs) * 1e6),
        }

    def _round(self, worker: Working, slot: str) -> tuple[float, float]:
        """How many were sent in a second, and the seconds of a core that each of them took."""
        before = worker.worked
        rung = self._send(slot, self._options.words)
        if rung.repeated:
            self.problems.append(f"{rung.repeated} words were sent twice")
        return rung.per_second, (worker.worked - before) / self._options.words

    def _killed(self) -> Figures:
        """The worker dies when a part has come, and the next part, and is started again at once."""
        words = self._write("killed", self._options.words)
        start = time.monotonic()
        with self._worker() as worker:
            for nth in range(DEATHS):
                self._phones.wait_for(words * (nth + 1) // (DEATHS + 1), PATIENCE)
                worker.kill()
                if not self._options.is_patient:
                    self._house.let_claims_run_out()
                worker.start()
            rung = self._settled(words, PATIENCE + CLAIM.total_seconds())
        if rung.most > 1:
            self.problems.append(f"a phone shows {rung.most} words that are one")
        figures = {
            "words written, lost": f"{number(words)}, {number(words - rung.words)}",
            "sent, those more than once": f"{number(rung.requests)}, {number(rung.repeated)}",
            "at most on one phone": number(rung.most),
            "seconds until all were settled": number(round(time.monotonic() - start)),
        }
        return {f"killed {DEATHS} times: {what}": figure for what, figure in figures.items()}

    def _send(self, slot: str, most: int) -> Rung:
        return self._settled(self._write(slot, most), PATIENCE)

    def _write(self, slot: str, most: int) -> int:
        self._phones.forget()
        words = self._house.write(slot, most)
        self._written += words
        return words

    def _settled(self, words: int, patience: float) -> Rung:
        """What came to the phones, once all is written down as sent."""
        self._phones.wait_for(words, patience)
        found = self._house.wait_until_settled(patience)
        rung = self._phones.rung()
        if rung.words != words or found.sent != self._written:
            self.problems.append(
                f"of {words} words, {rung.words} came; {found.sent} are noted as sent of all "
                f"{self._written}, {found.waiting} wait, {found.failed} {found.cancelled}"
            )
        return rung

    def _worker(self) -> Working:
        return Working(self._house.folder, self._phones.origin)
