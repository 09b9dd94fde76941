"""Files on the emulator's shelf: uploads of both sides, ids, declared sizes, what a photo must be."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

from bot.phone.errors import ApiError, bad
from bot.phone.params import Params, Upload

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "video": "videos", "audio": "music"}


@dataclass(frozen=True)
class StoredFile:
    """One file; `size` is declared and may exceed the bytes held, so that a 21 MB refusal needs no 21 MB."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    size: int
    path: str
    width: int = 0
    height: int = 0

    def media(self) -> dict[str, Any]:
        """The part of a Message that describes this file."""
        common = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind == "photo":
            return {"photo": [common | {"width": self.width, "height": self.height}]}
        extra: dict[str, Any] = {"mime_type": self.mime}
        if self.kind in ("document", "audio", "video", "animation"):
            extra["file_name"] = self.name
        if self.kind in ("voice", "audio", "video", "video_note", "animation"):
            extra["duration"] = 1
        if self.kind in ("video", "animation", "sticker"):
            extra |= {"width": 512, "height": 512}
        if self.kind == "video_note":
            extra["length"] = 240
        if self.kind == "sticker":
            extra |= {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
        return {self.kind: common | extra}


class Shelf:
    """All files by file_id; the oldest give way when more than `limit` bytes are held."""

    def __init__(self, limit: int = 256 * 1024 * 1024) -> None:
        self.files: dict[str, StoredFile] = {}
        self.limit = limit
        self.held = 0
        self.count = 0

    def put(self, upload: Upload, kind: str, size: int | None = None, checked: bool = True) -> StoredFile:
        """Store; raises for an empty file and an impossible photo unless `checked` is off."""
        width = height = 90
        if checked:
            if not upload.data:
                raise bad("file must be non-empty")
            if upload.size > MAX_UPLOAD:
                raise ApiError(413, "Request Entity Too Large")
            if kind == "photo":
                width, height = _photo_sides(upload)
        self.count += 1
        unique = hashlib.sha256(upload.data + upload.name.encode()).hexdigest()[:16]
        suffix = "." + upload.name.rsplit(".", 1)[-1] if "." in upload.name else ""
        stored = StoredFile(
            file_id=f"BQACAg{kind[:2]}{unique}{self.count:08d}",
            unique_id=f"Ag{unique}",
            kind=kind,
            name=upload.name,
            mime=mimetypes.guess_type(upload.name)[0] or upload.mime,
            data=upload.data,
            size=upload.size if size is None else size,
            path=f"{FOLDERS.get(kind, 'documents')}/file_{self.count}{suffix}",
            width=width,
            height=height,
        )
        self.files[stored.file_id] = stored
        self.held += len(stored.data)
        while self.held > self.limit:
            self.held -= len(self.files.pop(next(iter(self.files))).data)
        return stored

    def resolve(self, value: str | None, field: str, kind: str, params: Params) -> StoredFile:
        """The file a parameter means: an upload under its own name, `attach://key`, or a known file_id."""
        key = value.removeprefix("attach://") if value and value.startswith("attach://") else None
        if key is None and value is None:
            key = field
        if key is not None:
            upload = params.files.get(key)
            if upload is None:
                raise bad(f"there is no {kind} in the request")
            return self.put(upload, kind)
        found = self.files.get(value or "")
        if found is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if "photo" in {found.kind, kind} and found.kind != kind:
            raise bad("type of file mismatch")
        return found

    def download(self, file_id: str | None) -> StoredFile:
        """What getFile answers about; raises its three refusals."""
        if not file_id:
            raise bad("file_id not specified")
        found = self.files.get(file_id)
        if found is None:
            raise bad("invalid file_id")
        if found.size > MAX_DOWNLOAD:
            raise bad("file is too big")
        return found

    def by_path(self, path: str) -> StoredFile | None:
        """The file behind a download link."""
        return next((file for file in self.files.values() if file.path == path), None)


def image_sides(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG, None when it cannot be read."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    return _jpeg_sides(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_sides(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return int(width), int(height)
        position += 2 + length
    return None


def _photo_sides(upload: Upload) -> tuple[int, int]:
    if upload.size > MAX_PHOTO:
        raise bad(
            f"file of size {upload.size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    sides = image_sides(upload.data)
    if sides is None or not all(sides):
        raise bad("IMAGE_PROCESS_FAILED")
    if sum(sides) > MAX_SIDES or max(sides) / min(sides) > MAX_RATIO:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return sides
