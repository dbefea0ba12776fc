curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  --request PUT \
  --header 'Content-Type: application/json' \
  --data '{
    "profiles": [
      { "traits": { "Contact": { "email": "ada@example.com", "city": "Oakland" } } },
      { "traits": { "Contact": { "phone": "+442079460018", "firstName": "Jonas" } } }
    ]
  }' \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/Bulk"
