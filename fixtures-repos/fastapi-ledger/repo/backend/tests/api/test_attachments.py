import base64


async def test_bookkeeper_attaches_a_receipt(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    response = await api(await make.bookkeeper(club)).post(
        f"/entries/{entry.public_id}/attachments",
        json={
            "filename": "receipt.txt",
            "media_type": "text/plain",
            "content": base64.b64encode(b"two oars").decode(),
        },
    )
    assert response.status_code == 201
    assert response.json()["size"] == 8


async def test_content_is_downloaded_as_it_was_sent(api, make, club, owner):
    attachment = await make.attachment(
        await make.entry(club, actor=owner), actor=owner, content=b"two oars"
    )
    response = await api(await make.viewer(club)).get(
        f"/attachments/{attachment.public_id}/content"
    )
    assert response.content == b"two oars"
    assert response.headers["content-type"].startswith("text/plain")


async def test_member_reads_an_attachment(api, make, club, owner):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    response = await api(await make.viewer(club)).get(f"/attachments/{attachment.public_id}")
    assert response.json()["uploaded_by"]["id"] == owner.public_id


async def test_viewer_does_not_remove_an_attachment(api, make, club, owner):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    response = await api(await make.viewer(club)).delete(f"/attachments/{attachment.public_id}")
    assert response.status_code == 403


async def test_removed_attachment_is_gone(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    attachment = await make.attachment(entry, actor=owner)
    client = api(owner)
    assert (await client.delete(f"/attachments/{attachment.public_id}")).status_code == 204
    listed = await client.get(f"/entries/{entry.public_id}/attachments")
    assert listed.json()["data"] == []
