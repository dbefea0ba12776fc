import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

response = client.delete(
    "/v1/Stores/mem_store_00000000000000000000000000/Profiles/mem_profile_01kkhqytkhfm3ssd012pnn7m4p"
)
if response.is_redirect:
    print("Merged into", response.headers["Canonical-Profile-Id"])
else:
    response.raise_for_status()
    print(response.json()["message"])
