from app.services.numbering import next_number


async def test_each_series_counts_for_itself(session, club):
    assert await next_number(session, organisation=club, series="a") == 1
    assert await next_number(session, organisation=club, series="a") == 2
    assert await next_number(session, organisation=club, series="b") == 1


async def test_each_organisation_counts_for_itself(session, make, club, owner):
    other = await make.organisation(owner=owner)
    await next_number(session, organisation=club, series="a")
    assert await next_number(session, organisation=other, series="a") == 1


async def test_number_of_a_failed_transaction_is_used_again(session, club):
    await session.commit()
    await next_number(session, organisation=club, series="a")
    await session.rollback()
    await session.refresh(club)
    assert await next_number(session, organisation=club, series="a") == 1
