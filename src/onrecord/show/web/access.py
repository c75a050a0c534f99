"""Who may look: the password as a scrypt hash, sessions, and how often somebody may try."""

import hashlib
import hmac
import secrets
import time
from collections import deque
from pathlib import Path

from onrecord.errors import UsageError

SHORTEST, LONGEST = 8, 1024  # characters of a password
COST, BLOCK = 2**14, 8  # scrypt's N and r: 16 MB and about 50 ms a try
LASTS = 12 * 3600  # seconds of a session
TRIES, WITHIN = 10, 300  # tries from one address in so many seconds
MOST = 2000  # sessions and addresses remembered
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Access:
    """What guards the pages. `hosts` are the names a request may ask for (None: any); no password: anybody may look."""

    def __init__(self, hosts: frozenset[str] | None = LOCAL, password: str | None = None) -> None:
        self.hosts = hosts
        self._salt = secrets.token_bytes(16)
        self._hash = None if password is None else self._hashed(password)
        self._sessions: dict[str, float] = {}
        self._tries: dict[str, deque[float]] = {}

    @property
    def locked(self) -> bool:
        """Whether a password is asked for."""
        return self._hash is not None

    def welcome(self, host: str) -> bool:
        """Whether this value of the Host header names us; a foreign name that leads here (DNS rebinding) doesn't."""
        if self.hosts is None:
            return True
        name, colon, port = host.lower().rpartition(":")
        return (name if colon and port.isdigit() else host.lower()) in self.hosts

    def may_try(self, address: str) -> bool:
        """Count one try from this address; False when there were too many of late."""
        now = time.monotonic()
        tries = self._tries.pop(address, deque(maxlen=TRIES))
        while tries and tries[0] < now - WITHIN:
            tries.popleft()
        self._tries[address] = tries
        if len(self._tries) > MOST:
            del self._tries[next(iter(self._tries))]
        if len(tries) == TRIES:
            return False
        tries.append(now)
        return True

    def enter(self, password: str) -> str | None:
        """Return a new session for the right password, None for a wrong one. Takes scrypt's time: not on the loop."""
        if self._hash is None or len(password) > LONGEST or not hmac.compare_digest(self._hashed(password), self._hash):
            return None
        if len(self._sessions) >= MOST:
            del self._sessions[next(iter(self._sessions))]
        session = secrets.token_urlsafe(32)
        self._sessions[session] = time.monotonic() + LASTS
        return session

    def known(self, session: str | None) -> bool:
        """Whether this session was opened here and still lasts."""
        return session is not None and self._sessions.get(session, 0.0) > time.monotonic()

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode("utf-8", "replace"), salt=self._salt, n=COST, r=BLOCK, p=1)


def password_in(path: Path) -> str:
    """Return the first line of a file as the password; UsageError when it can't be read, is too short or too long."""
    try:
        with path.open(encoding="utf-8") as file:
            found = file.readline(LONGEST + 2).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"can't read the password in {path} ({error})"
        raise UsageError(message) from error
    if not SHORTEST <= len(found) <= LONGEST:
        message = f"the first line of {path} must be a password of {SHORTEST} to {LONGEST} characters"
        raise UsageError(message)
    return found
