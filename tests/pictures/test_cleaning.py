"""Pictures without what a camera wrote into them: nothing is left, and they look the same, bit by bit."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, ImageSequence

from intouch.pictures.cleaning import cleaned
from intouch.pictures.orientation import exif_of, orientation
from intouch.pictures.parts import BadPictureError
from photographs import CANARY, XMP, claiming, drawn, exif, gif, jpeg, png, saved, webp

PICTURES = {
    "jpeg": jpeg(),
    "jpeg, in steps": jpeg(progressive=True),
    "jpeg, from a scanner": saved(drawn(mode="L"), "JPEG", comment=CANARY, exif=exif()),
    "jpeg, of four inks": saved(drawn(mode="CMYK"), "JPEG", comment=CANARY),
    "jpeg, with marks to start again": jpeg(restart_marker_blocks=1),
    "png": png(),
    "png, transparent": png(mode="RGBA"),
    "png, of few colours": png(mode="P", transparency=0),
    "png, large": saved(drawn(900, 700), "PNG", exif=exif(), compress_level=0),
    "png, moving": saved(
        drawn(), "PNG", save_all=True, append_images=[drawn().rotate(90)], duration=80, exif=exif()
    ),
    "gif": gif(),
    "gif, still": gif(frames=1),
    "webp": webp(),
    "webp, lossless": webp(lossless=True),
    "webp, moving": webp(frames=3),
    "webp, plain": saved(drawn(), "WEBP"),
    "webp, plain and lossless": saved(drawn(), "WEBP", lossless=True),
}
MAGIC = {"jpg": b"\xff\xd8", "png": b"\x89PNG", "gif": b"GIF8", "webp": b"RIFF"}


def frames(content: bytes) -> list[tuple[bytes, object]]:
    """What is to be seen, frame by frame, as Pillow unpacks it."""
    with Image.open(io.BytesIO(content)) as image:
        return [(f.convert("RGBA").tobytes(), f.info.get("duration")) for f in ImageSequence.Iterator(image)]


def size(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as image:
        return image.size


def told(content: bytes) -> dict[object, object]:
    """What a file tells beside its picture, as Pillow reads it."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        harmless = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"}
        harmless |= {"adobe", "adobe_transform", "transparency", "background", "version", "extension"}
        harmless |= {"duration", "loop", "timestamp", "blend", "disposal", "bbox", "default_image"}
        of_file: dict[object, object] = {k: v for k, v in image.info.items() if k not in harmless}
        return {**of_file, **dict(image.getexif().items())}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_looks_the_same_and_tells_nothing(name: str) -> None:
    content = PICTURES[name]
    picture = cleaned(content)
    assert CANARY[:11].encode() not in picture.content
    assert XMP[:10] not in picture.content
    assert told(picture.content) == {}
    assert frames(picture.content) == frames(content)
    assert (picture.width, picture.height) == size(content)
    assert picture.content.startswith(MAGIC[picture.ending])
    assert len(picture.content) <= len(content)
    assert cleaned(picture.content) == picture


def test_the_pictures_tell_secrets_before() -> None:
    without = {"webp, plain", "webp, plain and lossless"}
    assert {n for n, c in PICTURES.items() if not told(c) and CANARY.encode() not in c} == without
    assert Image.open(io.BytesIO(PICTURES["jpeg"])).getexif().get_ifd(0x8825)[2] == (33.0, 51.0, 31.0)


@pytest.mark.parametrize("make", [jpeg, png, webp])
@pytest.mark.parametrize("turned", range(1, 9))
def test_which_way_up_it_is_is_kept_and_nothing_else(make: object, turned: int) -> None:
    content = {jpeg: jpeg, png: png, webp: webp}[make](turned)  # type: ignore[index] # one of the three
    picture = cleaned(content)
    with Image.open(io.BytesIO(picture.content)) as image:
        assert dict(image.getexif().items()) == ({0x0112: turned} if turned > 1 else {})
        upright = ImageOps.exif_transpose(image)
    with Image.open(io.BytesIO(content)) as image:
        assert upright.tobytes() == ImageOps.exif_transpose(image).tobytes()
    assert (picture.width, picture.height) == upright.size
    assert CANARY.encode() not in picture.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_its_colours_are_kept(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = cleaned(saved(drawn(), kind, icc_profile=profile, exif=exif()))
    with Image.open(io.BytesIO(picture.content)) as image:
        assert image.info["icc_profile"] == profile
        assert dict(image.getexif().items()) == {}


def test_how_often_a_picture_moves_is_kept() -> None:
    for content in (gif(), webp(frames=3, loop=4)):
        with Image.open(io.BytesIO(content)) as before:
            expected = before.info["loop"]
        with Image.open(io.BytesIO(cleaned(content).content)) as image:
            assert image.info["loop"] == expected


def test_exif_of_both_orders_is_understood() -> None:
    little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    assert (orientation(little), orientation(exif_of(6))) == (6, 6)
    assert [orientation(b) for b in (b"", b"MM", little[:12], little.replace(b"\x06", b"\x63"))] == [1] * 4


BAD = {
    "nothing": (b"", "no JPEG"),
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", "no JPEG"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "no JPEG"),
    "a document": (b"%PDF-1.7", "no JPEG"),
    "a page that begins as a bitmap": (b"BM<script>", "no JPEG"),
    "a PNG that is only its first bytes": (b"\x89PNG\r\n\x1a\n", "ends too early"),
    "a PNG without its head": (b"\x89PNG\r\n\x1a\n" + png()[33:], "head is missing"),
    "a PNG without a picture": (saved(drawn(), "PNG")[:33] + b"\0\0\0\0IEND\xaeB`\x82", "no picture"),
    "a PNG with a wrong sum": (png().replace(b"tIME", b"tIMF"), "its sum"),
    "a PNG that claims too much": (claiming(60_000, 60_000), "60,000 × 60,000 pixels"),
    "a JPEG that is only its first bytes": (b"\xff\xd8\xff", "ends too early"),
    "a JPEG without a picture": (b"\xff\xd8\xff\xd9", "no picture"),
    "a JPEG with something between": (b"\xff\xd8\xff\xdb\x00\x03\x00<script>", "between its parts"),
    "a GIF that is a script": (b"GIF89a/*" + b"*/=1;alert(1)//" * 20, ""),
    "a GIF without a picture": (b"GIF89a\x01\0\x01\0\0\0\0\x3b", "no picture"),
    "a WebP of nothing": (b"RIFF\x04\0\0\0WEBP", "no picture"),
    "a WebP that lies of its length": (b"RIFF\xff\xff\xff\x7fWEBPVP8 ", "ends too early"),
    "a WebP with a short head": (b"RIFF\x0e\0\0\0WEBPVP8X\x02\0\0\0\0\0", "cut short"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_is_refused(name: str) -> None:
    content, expected = BAD[name]
    with pytest.raises(BadPictureError) as refused:
        cleaned(content)
    assert expected in str(refused.value)
    assert refused.value.remedy


def test_a_picture_of_many_pixels_is_refused_and_one_of_enough_is_not() -> None:
    assert cleaned(claiming(10_000, 10_000)).width == 10_000
    with pytest.raises(BadPictureError, match=r"10,001 × 10,000 pixels; the most is 100,000,000"):
        cleaned(claiming(10_001, 10_000))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_cut_short_anywhere_is_refused(name: str) -> None:
    whole = cleaned(PICTURES[name]).content
    for length in {*random.Random(1).sample(range(len(whole)), min(60, len(whole))), len(whole) - 1}:
        with pytest.raises(BadPictureError):
            cleaned(whole[:length])


@settings(max_examples=400)
@given(st.sampled_from(sorted(PICTURES)), st.data())
def test_whatever_is_in_a_file_it_is_cleaned_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(PICTURES[name][:4000])
    for _ in range(data.draw(st.integers(0, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = cleaned(bytes(content))
    except BadPictureError:
        return
    assert cleaned(picture.content) == picture
