# Add --location to follow the redirect of a merged profile.
curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
  "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/mem_profile_01kkhqytkhfm3ssd012pnn7m4p?traitGroups=Contact"
