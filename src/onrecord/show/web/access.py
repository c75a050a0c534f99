"""Who may look and who may write: password and token as scrypt hashes, sessions, and how often somebody may try."""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict, deque
from pathlib import Path

from onrecord.errors import UsageError

SHORTEST, LONGEST = 8, 1024  # characters of a password or token
COST, BLOCK = 2**14, 8  # scrypt's N and r: 16 MB and about 50 ms a try
LASTS = 12 * 3600  # seconds of a session
TRIES, WITHIN = 10, 300  # tries from one address in so many seconds
MOST = 2000  # sessions and addresses remembered
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Access:
    """What guards the pages.

    `hosts` are the names a request may ask for (None: any). Without password and token anybody may look. A token is
    for programs: it opens the pages and the API as a bearer, and only with it the API writes.
    """

    def __init__(
        self, hosts: frozenset[str] | None = LOCAL, password: str | None = None, token: str | None = None
    ) -> None:
        self.hosts = hosts
        self._salt = secrets.token_bytes(16)
        self._secret = secrets.token_bytes(32)
        self._password = None if password is None else self._hashed(password)
        # A token is long and random, and asked with every request: a quick hash is enough.
        self._token = None if token is None else self._quick(token)
        self._sessions: OrderedDict[str, float] = OrderedDict()
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def locked(self) -> bool:
        """Whether a password or token is asked for."""
        return self._password is not None or self._token is not None

    @property
    def has_token(self) -> bool:
        """Whether there is a token, so that programs may write."""
        return self._token is not None

    def welcome(self, host: str) -> bool:
        """Whether this value of the Host header names us; a foreign name that leads here (DNS rebinding) doesn't."""
        if self.hosts is None:
            return True
        name, colon, port = host.lower().rpartition(":")
        return (name if colon and port.isdigit() else host.lower()) in self.hosts

    def may_try(self, address: str) -> bool:
        """Count one try from this address; False when there were too many of late."""
        now = time.monotonic()
        with self._lock:
            tries = self._tries.pop(address, deque(maxlen=TRIES))
            while tries and tries[0] < now - WITHIN:
                tries.popleft()
            self._tries[address] = tries
            if len(self._tries) > MOST:
                self._tries.popitem(last=False)
            if len(tries) == TRIES:
                return False
            tries.append(now)
            return True

    def enter(self, password: str) -> str | None:
        """Return a new session for the right password, None for a wrong one. Takes scrypt's time: not on the loop."""
        if len(password) > LONGEST:
            return None
        right = self._password is not None and hmac.compare_digest(self._hashed(password), self._password)
        if not right and not self.bears(password):
            return None
        session = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._sessions) >= MOST:
                self._sessions.popitem(last=False)
            self._sessions[session] = time.monotonic() + LASTS
        return session

    def leave(self, session: str | None) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(session or "", None)

    def known(self, session: str | None) -> bool:
        """Whether this session was opened here and still lasts."""
        return session is not None and self._sessions.get(session, 0.0) > time.monotonic()

    def bears(self, token: str) -> bool:
        """Whether this is the token."""
        return self._token is not None and hmac.compare_digest(self._quick(token), self._token)

    def form_token(self, kept: str) -> str:
        """Return what a form must send back beside the cookie `kept`: only a page of ours can know both."""
        return hmac.new(self._secret, kept.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def is_ours(self, kept: str, sent: str) -> bool:
        """Whether a form was drawn by us for whoever holds this cookie."""
        return bool(kept) and hmac.compare_digest(self.form_token(kept), sent.encode("ascii", "replace").decode())

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode("utf-8", "replace"), salt=self._salt, n=COST, r=BLOCK, p=1)

    def _quick(self, token: str) -> bytes:
        return hashlib.blake2b(token.encode("utf-8", "replace"), key=self._salt).digest()


def password_in(path: Path, what: str = "password") -> str:
    """Return the first line of a file as the password; UsageError when it can't be read, is too short or too long."""
    try:
        with path.open(encoding="utf-8") as file:
            found = file.readline(LONGEST + 2).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"can't read the {what} in {path} ({error})"
        raise UsageError(message) from error
    shortest = SHORTEST if what == "password" else 2 * SHORTEST
    if not shortest <= len(found) <= LONGEST:
        message = f"the first line of {path} must be a {what} of {shortest} to {LONGEST} characters"
        raise UsageError(message)
    return found
