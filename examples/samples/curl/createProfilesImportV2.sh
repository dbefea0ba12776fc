curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  --header 'Content-Type: application/json' \
  --data '{
    "filename": "contacts.csv",
    "fileSize": 204800,
    "columnMappings": [
      { "columnName": "email", "traitGroup": "Contact", "traitName": "email" },
      { "columnName": "phone", "traitGroup": "Contact", "traitName": "phone" }
    ]
  }' \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports"
