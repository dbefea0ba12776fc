# A merged profile returns 308 and is not deleted. With --location, curl would delete the canonical profile.
curl --include --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  --request DELETE \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/mem_profile_01kkhqytkhfm3ssd012pnn7m4p"
