import base64
import hashlib

import pytest

FILE = bytes(range(256)) * 3
PLUSES = b"\xfb\xef\xbe"
SLASHES = b"\xff\xff\xff"


def encoded(content):
    return base64.b64encode(content).decode()


def wrapped(content, *, width=76, line_break="\r\n"):
    text = encoded(content)
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return line_break.join(lines) + line_break


MALFORMED = {
    "words": "not base64 at all",
    "exclamation mark": "QUJD!REVG",
    "two signs of padding missing": "QQ",
    "one sign of padding missing": "QUI",
    "one sign too many": "QUJDR",
    "padding in the middle": "QUI=QUJD",
    "padding between": "Q=Q=",
    "padding in front": "=QUI",
    "blank": "QUJD REVG",
    "tab": "QUJD\tREVG",
    "blank in front": " QUJD",
    "blank behind": "QUJD ",
    "nothing but other signs": "- - -",
    "alphabet of addresses": "-_-_",
    "accent": "QUJDé",
    "accent and padding": "QUJDREVGé===",
    "wide letters": "ＱＵＪＤ",
    "nought": "QUJD\u0000",
    "separator": "QUJD\u2028REVG",
    "blank among line breaks": "QUJD\r\nRE VG\r\n",
    "data address": "data:image/png;base64,QUJD",
    "cut short": encoded(FILE)[:-1],
    "star within": encoded(FILE)[:40] + "*" + encoded(FILE)[40:],
    "pluses as blanks": encoded(FILE).replace("+", " "),
    "slashes as underscores": encoded(FILE).replace("/", "_"),
    "written line breaks": wrapped(FILE).replace("\r\n", "\\r\\n"),
}
WELL_FORMED = {
    "two signs of padding": (b"A", "QQ=="),
    "one sign of padding": (b"AB", "QUI="),
    "no padding": (b"ABC", "QUJD"),
    "every byte": (FILE, encoded(FILE)),
    "pluses": (PLUSES * 4, encoded(PLUSES * 4)),
    "slashes": (SLASHES * 4, encoded(SLASHES * 4)),
    "lines of mime": (FILE, wrapped(FILE)),
    "lines of unix": (FILE, wrapped(FILE, line_break="\n")),
    "lines of pem": (FILE, wrapped(FILE, width=64)),
    "short lines": (FILE, wrapped(FILE, width=7)),
    "line break at the end": (b"AB", "QUI=\r\n"),
    "line break in the padding": (b"A", "Q\nQ=\n="),
}


OTHER = {
    "empty": ({"content": ""}, "empty_file", "/content"),
    "large": ({"content": encoded(b"x" * (2 * 1024 * 1024 + 1))}, "too_large", "/content"),
    "kind": ({"media_type": "text/html"}, "bad_media_type", "/media_type"),
    "number": ({"content": 7}, "invalid", "/content"),
    "null": ({"content": None}, "invalid", "/content"),
    "long text": ({"content": "QUJD" * 1_000_001}, "invalid", "/content"),
    "blank name": ({"filename": " "}, "invalid", "/filename"),
}


async def upload(client, entry, content, **fields):
    return await client.post(
        f"/entries/{entry.public_id}/attachments",
        json={"filename": "scan.png", "media_type": "image/png", "content": content, **fields},
    )


async def attachments(client, entry):
    return (await client.get(f"/entries/{entry.public_id}/attachments")).json()["data"]


async def added(client, club):
    path = f"/organisations/{club.public_id}/activity"
    listed = (await client.get(path, params={"action": "attachment.added"})).json()["data"]
    return [event["subject_id"] for event in listed]


@pytest.mark.parametrize("content", MALFORMED.values(), ids=MALFORMED.keys())
async def test_content_that_is_not_base64_is_422(api, make, club, owner, content):
    entry = await make.entry(club, actor=owner)
    client = api(await make.bookkeeper(club))
    response = await upload(client, entry, content)
    assert response.status_code == 422
    problem = response.json()["problem"]
    assert set(problem) == {"code", "title", "pointer", "context"}
    assert (problem["code"], problem["pointer"]) == ("not_base64", "/content")
    assert problem["title"]
    assert await attachments(client, entry) == []
    assert await added(client, club) == []


async def test_refused_upload_can_be_sent_again(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    client = api(owner)
    assert (await upload(client, entry, encoded(FILE)[:-1])).status_code == 422
    response = await upload(client, entry, encoded(FILE))
    assert response.status_code == 201
    assert response.json()["size"] == len(FILE)
    assert await added(client, club) == [response.json()["id"]]


@pytest.mark.parametrize(("content", "sent"), WELL_FORMED.values(), ids=WELL_FORMED.keys())
async def test_base64_is_stored_as_it_was_meant(api, make, club, owner, content, sent):
    entry = await make.entry(club, actor=owner)
    client = api(await make.bookkeeper(club))
    response = await upload(client, entry, sent)
    assert response.status_code == 201
    attachment = response.json()
    assert attachment["size"] == len(content)
    assert attachment["checksum"] == hashlib.sha256(content).hexdigest()
    found = await client.get(f"/attachments/{attachment['id']}/content")
    assert found.content == content


async def test_line_breaks_make_no_other_file(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    client = api(owner)
    first = await upload(client, entry, encoded(FILE))
    again = await upload(client, entry, wrapped(FILE))
    assert again.status_code == 409
    problem = again.json()["problem"]
    assert problem["code"] == "already_attached"
    assert problem["context"] == {"attachment": first.json()["id"]}


@pytest.mark.parametrize(("fields", "code", "pointer"), OTHER.values(), ids=OTHER.keys())
async def test_other_refusals_stay(api, make, club, owner, fields, code, pointer):
    entry = await make.entry(club, actor=owner)
    client = api(owner)
    response = await upload(client, entry, **{"content": "QUJD", **fields})
    assert response.status_code == 422
    problem = response.json()["problem"]
    assert (problem["code"], problem["pointer"]) == (code, pointer)
    assert await attachments(client, entry) == []


async def test_viewer_uploads_nothing(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    response = await upload(api(await make.viewer(club)), entry, "QUJD")
    assert response.status_code == 403


async def test_stranger_uploads_nothing(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    response = await upload(api(await make.user()), entry, "QUJD")
    assert response.status_code == 404


async def test_stranger_does_not_see_an_attachment(api, make, club, owner):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    stranger = api(await make.user())
    response = await stranger.get(f"/attachments/{attachment.public_id}")
    assert response.status_code == 404
    unknown = await stranger.get("/attachments/att_0000000000000000")
    assert unknown.status_code == 404
    assert response.json() == unknown.json()


@pytest.mark.parametrize("role", ["owner", "bookkeeper", "viewer"])
async def test_member_of_another_organisation_does_not_see_it(api, make, club, owner, role):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    other = await make.user()
    elsewhere = await make.organisation(owner=other)
    person = other if role == "owner" else await make.member(elsewhere, role)
    response = await api(person).get(f"/attachments/{attachment.public_id}")
    assert response.status_code == 404
    assert response.json()["problem"]["code"] == "not_found"


@pytest.mark.parametrize("role", ["owner", "bookkeeper", "viewer"])
async def test_members_see_an_attachment(api, make, club, owner, frozen_clock, role):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    response = await api(await make.member(club, role)).get(f"/attachments/{attachment.public_id}")
    assert response.status_code == 200
    assert response.json() == {
        "id": attachment.public_id,
        "filename": "receipt.txt",
        "media_type": "text/plain",
        "size": 7,
        "checksum": hashlib.sha256(b"receipt").hexdigest(),
        "uploaded_by": {"id": owner.public_id, "name": owner.name},
        "created_at": "2026-03-09T08:30:15Z",
    }


async def test_who_uploaded_it_and_left_does_not_see_it(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    bookkeeper = await make.bookkeeper(club)
    attachment = (await upload(api(bookkeeper), entry, "QUJD")).json()
    client = api(owner)
    members = f"/organisations/{club.public_id}/members"
    listed = (await client.get(members)).json()["data"]
    member = next(item for item in listed if item["user"]["id"] == bookkeeper.public_id)
    assert (await client.delete(f"{members}/{member['id']}")).status_code == 204
    response = await api(bookkeeper).get(f"/attachments/{attachment['id']}")
    assert response.status_code == 404


async def test_siblings_of_the_attachment_stay_closed(api, make, club, owner):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    path = f"/attachments/{attachment.public_id}"
    stranger = api(await make.user())
    assert (await stranger.get(f"{path}/content")).status_code == 404
    assert (await stranger.delete(path)).status_code == 404
    viewer = api(await make.viewer(club))
    assert (await viewer.get(f"{path}/content")).content == b"receipt"
    assert (await viewer.delete(path)).status_code == 403
    assert (await api().get(path)).status_code == 401
