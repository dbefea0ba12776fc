# A merged profile returns 308 and is not patched. Do not add --location: take the ID from Canonical-Profile-Id.
curl --include --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  --request PATCH \
  --header 'Content-Type: application/json' \
  --data '{ "traits": { "Contact": { "city": "Oakland", "phone": null } } }' \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/mem_profile_01kkhqytkhfm3ssd012pnn7m4p"
