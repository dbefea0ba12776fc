import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

response = client.post(
    "/v1/Stores/mem_store_00000000000000000000000000/Profiles",
    json={
        "traits": {
            "Contact": {
                "email": "ada.reyes@example.com",
                "phone": "+14155550123",
                "firstName": "Ada",
            }
        }
    },
)
response.raise_for_status()
print("Ada has the profile", response.json()["id"])
