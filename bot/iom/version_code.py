"""The short code in the footer of every paper: «П-7K2M · 14 · 3f9a».

Whose route it is (the code by which a coordinator finds it), which version of it, and a check of route,
version and regulation together: two papers with the same code hold the same facts in the same form.
"""

from hashlib import sha256

from bot.iom.facts import Facts

CHECK = 4  # hexadecimal digits


def version_code(code: str, facts: Facts, regulation_hash: str = "") -> str:
    """`code` is the teacher's. `regulation_hash` "" is that of the route, else the form it is printed by."""
    printed_by = regulation_hash or facts.regulation_hash
    whole = f"{facts.route_id}/{facts.version}/{printed_by}"
    return f"{code} · {facts.version} · {sha256(whole.encode()).hexdigest()[:CHECK]}"
