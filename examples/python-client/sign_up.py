"""Signs up a customer, and prints the profile."""

import os

import httpx

from memory_api import Client
from memory_api.api.profiles import create_profile, fetch_profile
from memory_api.models import ErrorBody, Profile, ProfileToResolve, ResolvedProfile

STORE_ID = "mem_store_00000000000000000000000000"

# The generator knows only bearer tokens as credentials. httpx adds those of HTTP Basic authentication.
client = Client(
    base_url=os.environ.get("MEMORY_BASE_URL", "https://memory.twilio.com"),
    httpx_args={"auth": httpx.BasicAuth(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"])},
)


def sign_up(email: str, first_name: str) -> str:
    """Returns the ID of the customer's profile. Raises ValueError if the service rejects the address."""
    traits = {"Contact": {"email": email, "firstName": first_name}}
    body = ProfileToResolve.from_dict({"traits": traits})
    match create_profile.sync(STORE_ID, client=client, body=body):
        case ResolvedProfile(id=profile_id):
            return profile_id
        case ErrorBody(message=message):
            raise ValueError(message)
        case unexpected:
            raise RuntimeError(f"The service returned {unexpected!r}.")


if __name__ == "__main__":
    try:
        sign_up("", "Ada")
    except ValueError as error:
        print(error)

    profile = fetch_profile.sync(STORE_ID, sign_up("ada.reyes@example.com", "Ada"), client=client)
    if isinstance(profile, Profile):
        print(profile.id, profile.traits.to_dict()["Contact"])
