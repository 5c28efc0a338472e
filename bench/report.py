"""What is printed: a figure, the budget it has (PERFORMANCE.md, Budgets), and whether it is over."""


class Report:
    def __init__(self) -> None:
        self.over = 0

    def head(self, text: str) -> None:
        print(f"\n{text}", flush=True)

    def line(self, name: str, text: str) -> None:
        print(f"  {name:28} {text}", flush=True)

    def ratio(self, name: str, value: float, most: float, told: str) -> None:
        self.line(name, f"{value:6.2f}  <= {most:g}{self._mark(value > most)}  {told}")

    def rate(self, name: str, value: float, least: float, told: str = "") -> None:
        self.line(name, f"{value:6.0f}/s  >= {least:g}/s{self._mark(value < least)}  {told}")

    def count(self, name: str, one: int, many: int | None, most: int = 14) -> None:
        worst = max(one, many or 0)
        self.line(name, f"{one:3} {'' if many is None else many:>3}  <= {most}{self._mark(worst > most)}")

    def _mark(self, over: bool) -> str:
        self.over += over
        return " OVER" if over else ""
