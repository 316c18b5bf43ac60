"""What became of requests."""

BUSY = 503


class Outcomes:
    """Answers that were not what was asked for: to be told to come back later is allowed to happen
    under a load, anything else is not."""

    def __init__(self) -> None:
        self.turned_away = 0
        self.problems: list[str] = []

    def is_good(self, status: int) -> bool:
        if status == BUSY:
            self.turned_away += 1
        elif not 200 <= status < 300:
            self.problems.append(f"a request was answered with {status}")
        return 200 <= status < 300
