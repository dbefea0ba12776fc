import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

response = client.get("/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports")
response.raise_for_status()
for import_id in response.json()["imports"][:10]:
    print(import_id)
