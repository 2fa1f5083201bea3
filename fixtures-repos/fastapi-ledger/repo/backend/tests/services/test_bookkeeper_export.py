from app.services import bookkeeper_export


async def test_lines_are_numbered_and_signed(make, club, owner):
    entry = await make.entry(club, actor=owner, amount=5, memo="Oars; two")
    assert bookkeeper_export.build(club, [entry]).split("\r\n") == [
        "H;Riverside Rowing Club;EUR;1",
        "B;1;1;02032026;6000;S;0,05;Oars  two",
        "B;1;2;02032026;1000;H;0,05;Oars  two",
        "T;2",
        "",
    ]


async def test_only_entries_of_one_source(make, club, owner):
    entry = await make.entry(club, actor=owner)
    assert bookkeeper_export.build(club, [entry], only="invoice").endswith("T;0\r\n")
