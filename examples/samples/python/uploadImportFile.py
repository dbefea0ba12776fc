import os
from pathlib import Path

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

file = Path("contacts.csv").read_bytes()
response = client.post(
    "/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports",
    json={
        "filename": "contacts.csv",
        "fileSize": len(file),
        "columnMappings": [
            {"columnName": "email", "traitGroup": "Contact", "traitName": "email"},
            {"columnName": "phone", "traitGroup": "Contact", "traitName": "phone"},
        ],
    },
)
response.raise_for_status()
created = response.json()

# The URL grants access on its own: send no credentials.
upload = httpx.put(created["url"], content=file, headers={"Content-Type": "text/csv"})
upload.raise_for_status()
print("Uploaded the file of", created["importId"])
