"""Long lists in pages: which one is asked for, and the addresses of the others."""

import msgspec
from fastapi import Request
from starlette.datastructures import QueryParams

PAGE, DONE = "trang", "xong"  # of the address; what was just done is told once
LONGEST_NUMBER = 4  # digits


class Pages(msgspec.Struct, frozen=True):
    """One page of a list, from 1 on; `others` is what else the address asks for."""

    number: int
    last: int
    size: int
    others: str = ""

    @property
    def skip(self) -> int:
        return (self.number - 1) * self.size

    def address(self, number: int) -> str:
        return f"?{self.others}&{PAGE}={number}" if self.others else f"?{PAGE}={number}"


def pages_of(request: Request, total: int, size: int) -> Pages:
    """The page that an address asks for; the nearest one that there is, the first for anything else."""
    typed = request.query_params.get(PAGE, "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else 1
    last = max(1, -(-total // size))
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in {PAGE, DONE}]
    return Pages(min(last, max(1, wanted)), last, size, str(QueryParams(kept)))
