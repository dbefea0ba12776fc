curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports/mem_import_01kkbk0tfteqn89st3b7v4f5y8"
