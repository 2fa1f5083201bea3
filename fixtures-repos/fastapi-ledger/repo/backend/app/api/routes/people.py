from fastapi import APIRouter

from app.api.deps import SessionDep, UserDep
from app.schemas.people import PersonOut, TokenIn, TokenOut
from app.services.sign_in import sign_in

router = APIRouter(tags=["people"])


@router.post("/tokens", status_code=201)
async def create_token(payload: TokenIn, session: SessionDep) -> TokenOut:
    token = await sign_in(session, email=payload.email, password=payload.password)
    return TokenOut(token=token)


@router.get("/me")
async def read_me(user: UserDep) -> PersonOut:
    return PersonOut.model_validate(user)
