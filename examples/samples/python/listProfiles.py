import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

params = {"pageSize": 100}
while True:
    response = client.get(
        "/v1/Stores/mem_store_00000000000000000000000000/Profiles", params=params
    )
    response.raise_for_status()
    page = response.json()
    for profile_id in page["profiles"]:
        print(profile_id)
    if "nextToken" not in page["meta"]:
        break
    params["pageToken"] = page["meta"]["nextToken"]
