"""Reads a QR code out of a PNG picture, as a phone does."""

import struct
import zlib
from typing import Any

import zxingcpp


def read(png: bytes) -> str:
    found = zxingcpp.read_barcodes(pixels(png))
    assert len(found) == 1
    return str(found[0].text)


def pixels(png: bytes) -> Any:
    """Of a picture in black and white, a byte each, in rows: what a PNG of one bit a pixel holds (RFC 2083)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", png[at + 8 : at + 18])
            assert (depth, colour) == (1, 0)
        if kind == b"IDAT":
            chunks += png[at + 8 : at + 8 + size]
        at += size + 12
    rows, length = zlib.decompress(chunks), (width + 7) // 8 + 1
    picture, row = bytearray(), bytes(length - 1)
    for start in range(0, height * length, length):
        filter_type, *raw = rows[start : start + length]
        assert filter_type in (0, 2)  # none, or added to the row above
        row = bytes((byte + above * (filter_type == 2)) & 255 for byte, above in zip(raw, row, strict=True))
        picture += bytes(255 * (row[x // 8] >> (7 - x % 8) & 1) for x in range(width))
    return memoryview(bytes(picture)).cast("B", shape=[height, width])
