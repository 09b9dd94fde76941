"""Files up and down, with sizes that are only declared."""

import json
import struct
import zlib

import pytest

from bot.phone.files import image_sides
from bot.phone.person import Person
from tests.phone.api import Api

MEGABYTE = 1024 * 1024


def png(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


async def test_a_document_reaches_anna_and_goes_again_by_its_id(api: Api, anna: Person) -> None:
    sent = await api("sendDocument", {"document": ("карта.pdf", b"%PDF")}, chat_id=anna.id, caption="ИОМ")
    assert sent["document"]["mime_type"] == "application/pdf"
    again = await api("sendDocument", chat_id=anna.id, document=sent["document"]["file_id"])
    assert again["document"]["file_unique_id"] == sent["document"]["file_unique_id"]
    first, second = anna.documents
    assert (first.name, first.data, first.caption) == ("карта.pdf", b"%PDF", "ИОМ")
    assert (second.name, second.caption) == ("карта.pdf", "")


async def test_what_anna_sends_can_be_downloaded(api: Api, anna: Person) -> None:
    await anna.sends_file("справка.pdf", b"%PDF-1.4")
    [update] = await api("getUpdates")
    document = update["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("справка.pdf", 8)
    path = (await api("getFile", file_id=document["file_id"]))["file_path"]
    link = f"{api.telegram.url}/file/bot{api.telegram.token}/{path}"
    async with api.session.get(link) as response:
        assert await response.read() == b"%PDF-1.4"
    async with api.session.get(link + "x") as response:
        assert response.status == 404


@pytest.mark.parametrize(("size", "fits"), [(20 * MEGABYTE, True), (20 * MEGABYTE + 1, False)])
async def test_over_20_megabytes_is_not_downloaded(api: Api, anna: Person, size: int, fits: bool) -> None:
    await anna.sends_file("видео.mp4", b"", kind="video", size=size)
    [update] = await api("getUpdates")
    envelope = await api.raw("getFile", file_id=update["message"]["video"]["file_id"])
    assert envelope["ok"] is fits
    assert fits or envelope["description"] == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("method", "upload", "params", "words"),
    [
        ("getFile", {}, {}, "Bad Request: file_id not specified"),
        ("getFile", {}, {"file_id": "x"}, "Bad Request: invalid file_id"),
        ("sendDocument", {}, {}, "Bad Request: there is no document in the request"),
        ("sendDocument", {}, {"document": "x"}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": ("a", b"")}, {}, "Bad Request: file must be non-empty"),
        ("sendPhoto", {"photo": ("a.png", b"text")}, {}, "Bad Request: IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": ("a.png", png(9000, 1001))}, {}, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {"photo": ("a.png", png(2100, 100))}, {}, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (
            "sendPhoto",
            {"photo": ("a.png", b"x" * (10 * MEGABYTE + 1))},
            {},
            "Bad Request: file of size 10485761 bytes is too big for a photo; "
            "the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_a_file_is_refused(
    api: Api,
    anna: Person,
    method: str,
    upload: dict[str, tuple[str, bytes]],
    params: dict[str, str],
    words: str,
) -> None:
    assert await api.refusal(method, upload, chat_id=anna.id, **params) == words


async def test_over_50_megabytes_is_413(api: Api, anna: Person) -> None:
    huge = b"x" * (50 * MEGABYTE + 1)
    words = await api.refusal("sendDocument", {"document": ("a", huge)}, chat_id=anna.id)
    assert words == "Request Entity Too Large"


async def test_a_photo_and_an_album(api: Api, anna: Person) -> None:
    sent = await api("sendPhoto", {"photo": ("a.png", png(90, 60))}, chat_id=anna.id)
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (90, 60)
    media = [{"type": "document", "media": f"attach://{key}", "caption": key} for key in ("a", "b")]
    files = {"a": ("a.pdf", b"1"), "b": ("b.pdf", b"2")}
    assert len(await api("sendMediaGroup", files, chat_id=anna.id, media=media)) == 2
    assert [file.caption for file in anna.documents] == ["a", "b"]


async def test_the_file_of_a_message_is_replaced(api: Api, anna: Person) -> None:
    sent = await api("sendDocument", {"document": ("a.pdf", b"1")}, chat_id=anna.id)
    media = {"type": "document", "media": "attach://new", "caption": "новая"}
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    await api("editMessageMedia", {"new": ("b.pdf", b"2")}, media=json.dumps(media), **where)
    [document] = anna.documents
    assert (document.name, document.data, document.caption) == ("b.pdf", b"2", "новая")


def test_sides_are_read_from_the_headers_of_three_formats() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x3c\x00\x5a\x01"
    assert image_sides(png(90, 60)) == (90, 60)
    assert image_sides(b"GIF89a\x5a\x00\x3c\x00") == (90, 60)
    assert image_sides(jpeg) == (90, 60)
    assert image_sides(b"\xff\xd8") is None
    assert image_sides(b"BM") is None
