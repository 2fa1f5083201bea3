from app.core.security import hash_password, new_token, token_digest, verify_password


def test_password_is_verified_against_its_hash():
    stored = hash_password("secret oars")
    assert verify_password("secret oars", stored)
    assert not verify_password("secret oar", stored)


def test_equal_passwords_have_different_hashes():
    assert hash_password("same") != hash_password("same")


def test_tokens_are_stored_as_digests():
    token = new_token()
    assert token not in token_digest(token)
    assert token_digest(token) == token_digest(token)
