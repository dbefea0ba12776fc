import base64
import json
import unittest
import urllib.request

with open("ready.json") as file:
    ready = json.load(file)
PROFILES = f"/v1/Stores/{ready['storeId']}/Profiles"
LOGIN = base64.b64encode(f"{ready['apiKey']}:{ready['apiSecret']}".encode()).decode()


def call(method, path, body=None):
    headers = {"Authorization": f"Basic {LOGIN}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ready["url"] + path, data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


class SignUp(unittest.TestCase):
    def setUp(self):
        call("POST", "/__sandbox/reset")

    def test_finds_a_customer_who_signs_up_again(self):
        ada = {"traits": {"Contact": {"email": "ada.reyes@example.com"}}}
        first = call("POST", PROFILES, ada)
        self.assertEqual(call("POST", PROFILES, ada)["id"], first["id"])
