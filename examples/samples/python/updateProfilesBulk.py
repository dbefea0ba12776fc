import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

# A request contains up to 1000 profiles. The service accepts all or none.
response = client.put(
    "/v1/Stores/mem_store_00000000000000000000000000/Profiles/Bulk",
    json={
        "profiles": [
            {"traits": {"Contact": {"email": "ada@example.com", "city": "Oakland"}}},
            {"traits": {"Contact": {"phone": "+442079460018", "firstName": "Jonas"}}},
        ]
    },
)
response.raise_for_status()
print(response.json()["message"])
