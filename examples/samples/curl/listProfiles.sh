# For the next page, add &pageToken= with the value of meta.nextToken.
curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles?pageSize=100"
