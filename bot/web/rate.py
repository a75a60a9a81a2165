"""Whom an address stands for, where it is counted how much one client asks for."""

import ipaddress

IPV6_PREFIX = 64  # a household or a phone is given a whole /64


def client_of(host: str) -> str:
    """Whom an address stands for: itself, or for IPv6 its network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
