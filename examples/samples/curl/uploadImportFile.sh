# The response of the new import contains the URL for its file.
url=$(
  curl --silent --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \
    --header 'Content-Type: application/json' \
    --data '{
      "filename": "contacts.csv",
      "fileSize": '"$(wc -c < contacts.csv)"',
      "columnMappings": [
        { "columnName": "email", "traitGroup": "Contact", "traitName": "email" },
        { "columnName": "phone", "traitGroup": "Contact", "traitName": "phone" }
      ]
    }' \
    "$MEMORY_BASE_URL/v1/Stores/mem_store_00000000000000000000000000/Profiles/Imports" |
    sed 's/.*"url":"\([^"]*\)".*/\1/'
)
# The URL grants access on its own: send no credentials.
curl --header 'Content-Type: text/csv' --upload-file contacts.csv "$url"
