"""Keyed hashes in place of codes and of the second factor. The keys never lie in the database."""

import hashlib
import hmac
import re

DIGITS = 4  # of the phone or the identity number on the receipt
_LENGTH = 32  # hex digits kept: 128 bits


class Keys:
    """Keys derived from the installation's secret: one for second factors, one a year for codes in logs."""

    def __init__(self, secret: str) -> None:
        self._secret = hashlib.sha256(b"motcua.dossiers" + secret.encode()).digest()

    def factor(self, code: str, digits: str) -> str:
        """Four digits alone are guessed in 10,000 tries, so the code is bound in."""
        return self._hash(f"factor:{code}:{digits}")

    def code(self, code: str, year: int) -> str:
        """What stands for a code in logs and statistics; a code cannot be followed from one year to the next."""
        return self._hash(f"code:{year}:{code}")

    def page(self, chat: str) -> str:
        """The address under which a chat's notices stand: nobody guesses it, and it opens nothing else."""
        return self._hash(f"page:{chat}")

    def factors_of(self, code: str, *numbers: str) -> tuple[str, ...]:
        """The hashes of the last four digits of each number that has as many."""
        ends = dict.fromkeys(end for number in numbers if (end := last_digits(number)))
        return tuple(self.factor(code, end) for end in ends)

    def proves(self, digits: str, code_factors: dict[str, tuple[str, ...]]) -> bool:
        """Whether the digits are a factor of one of the codes; compared in constant time."""
        found = False
        for code, factors in code_factors.items():
            tried = self.factor(code, digits)
            for factor in factors:
                found |= hmac.compare_digest(tried, factor)
        return found

    def _hash(self, value: str) -> str:
        return hmac.new(self._secret, value.encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def last_digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits[-DIGITS:] if len(digits) > DIGITS else ""
