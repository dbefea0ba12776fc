import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

response = client.post(
    "/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports",
    json={
        "filename": "contacts.csv",
        "fileSize": 204_800,
        "columnMappings": [
            {"columnName": "email", "traitGroup": "Contact", "traitName": "email"},
            {"columnName": "phone", "traitGroup": "Contact", "traitName": "phone"},
        ],
    },
)
response.raise_for_status()
created = response.json()
print("Upload the file of", created["importId"], "to", created["url"])
