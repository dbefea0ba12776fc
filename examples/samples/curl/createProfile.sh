curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  --header 'Content-Type: application/json' \
  --data '{
    "traits": {
      "Contact": {
        "email": "ada.reyes@example.com",
        "phone": "+14155550123",
        "firstName": "Ada"
      }
    }
  }' \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles"
