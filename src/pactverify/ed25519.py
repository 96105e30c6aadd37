"""Ed25519 verification (RFC 8032, section 5.1), in plain integers.

The check is the *cofactorless* one: the encoding of [S]B - [k]A must be the very bytes R. S not
below L is refused, and so are public keys that do not decode (y not below p, no x, or x = 0 with
its sign bit set).
"""

from hashlib import sha512

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")

Point = tuple[int, int, int, int]
"""X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z (extended twisted Edwards coordinates)."""


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` was made with the key `public` (32 bytes)."""
    s = int.from_bytes(signature[32:], "little")
    base, a = decode(BASE), decode(public)
    if not base or not a or len(public) != 32 or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    minus_a = (P - a[0], a[1], 1, P - a[3])
    return encode(two_multiples(s, base, k, minus_a)) == signature[:32]


def add(one: Point, other: Point) -> Point:
    """The sum of two points (RFC 8032, 5.1.4); complete, so it doubles as well."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def encode(point: Point) -> bytes:
    """32 bytes: y, with the lowest bit of x on top."""
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data: bytes) -> Point | None:
    """The point that 32 bytes stand for (RFC 8032, 5.1.3); None when there is none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or v * x * x % P != u or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)


def two_multiples(s: int, one: Point, k: int, other: Point) -> Point:
    """`s` times the one point plus `k` times the other, bit by bit, doubling for both at once."""
    both, total = add(one, other), (0, 1, 1, 0)
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        total = add(total, total)
        match s >> bit & 1, k >> bit & 1:
            case 1, 1:
                total = add(total, both)
            case 1, 0:
                total = add(total, one)
            case 0, 1:
                total = add(total, other)
    return total
