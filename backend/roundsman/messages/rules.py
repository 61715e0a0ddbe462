"""Pure rules of messages: the kinds there are, and when a person wants to be left alone. Only the server asks them."""

from __future__ import annotations

import ipaddress
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

KINDS: Final = (
    "approval_wanted",
    "order_moved",
    "customer_assigned",
    "comment",
    "target_reached",
    "command_refused",
)
MINUTES_OF_A_DAY: Final = 24 * 60


def is_quiet(minute: int, quiet_from: int | None, quiet_until: int | None) -> bool:
    """Whether a minute of the day (0 to 1439) lies in the quiet hours, from the one minute up to but not including the
    other; they may go over midnight. Without hours, or with none between them, never.
    """
    if quiet_from is None or quiet_until is None:
        return False
    if quiet_from <= quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


def minutes_of_quiet_left(minute: int, quiet_from: int | None, quiet_until: int | None) -> int:
    """Minutes until the quiet hours a minute lies in are over; 0 when it lies in none."""
    if quiet_until is None or not is_quiet(minute, quiet_from, quiet_until):
        return 0
    return (quiet_until - minute) % MINUTES_OF_A_DAY


PUSH_SERVICES: Final = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""The hosts of the browsers' own push services; what a browser names beyond them is not asked to take anything."""

ENDPOINT_MAX: Final = 1000


def push_host(endpoint: str) -> str | None:
    """The host of a subscription's address when it is one of a known push service, https and without anything odd in
    it; None otherwise.
    """
    if len(endpoint) > ENDPOINT_MAX or not endpoint.isascii() or any(one <= " " for one in endpoint):
        return None
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc or "\\" in endpoint:
        return None
    return host if any(_is_of(host, service) for service in PUSH_SERVICES) else None


def _is_of(host: str, service: str) -> bool:
    return host.endswith(service[1:]) if service.startswith("*") else host == service


_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64: Final = ipaddress.IPv6Network("64:ff9b:1::/48")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not of this machine, its network, or anything reserved."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _LOCAL_NAT64:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def retry_after_ms(header: str, now: int) -> int:
    """Milliseconds a Retry-After header asks to wait: seconds or a date; 0 for none or nonsense, a day at most."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        wait = int(text[:9]) * 1000
    else:
        try:
            wait = int(parsedate_to_datetime(text).timestamp() * 1000) - now
        except (TypeError, ValueError):
            return 0
    return max(0, min(wait, 24 * 3_600_000))
