import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

response = client.get(
    "/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports/mem_import_01kkbk0tfteqn89st3b7v4f5y8"
)
response.raise_for_status()
print("The import is", response.json()["status"])
