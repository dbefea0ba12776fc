/** An example configuration. It is complete except for the files of its secrets, and contains the commands that create them. */
export const EXAMPLE_CONFIGURATION = `# Configuration of a memory-server.
# Paths are relative to this file. Environment variables and command-line options override this file.
#
# Create the files of the secrets, in the folder of this file:
#   mkdir -m 700 secrets
#   node -p 'crypto.randomBytes(32).toString("hex")' > secrets/api-key
#   node -p 'crypto.randomBytes(32).toString("hex")' > secrets/signing-key

host: 127.0.0.1 # 0.0.0.0 listens on all network interfaces
port: 4010

# Origin at which callers reach the server, if it differs from the Host header, and the proxies in front of the server.
# publicUrl: https://memory.example.com
# trustedProxies: [10.0.0.0/8]

# Base of more_info for the error codes that the vendor does not define, such as 20405. The server appends the code.
# errorDocsUrl: https://memory.example.com/errors/

# Folder of the embedded database. Several processes share a PostgreSQL database instead; the file contains its URL:
# postgres://user:password@host:5432/name
data: memory-data
# databaseUrlFile: secrets/database-url
# databaseConnections: 10 # maximum for each process

# Accounts and their credentials. Instead of a secretFile, a credential can have a secretSha256: the SHA-256 hash of the secret,
# as 64 hexadecimal digits in quotes, which memory-server hash prints.
accounts:
  - sid: AC00000000000000000000000000000000
    credentials:
      - username: SK00000000000000000000000000000000
        secretFile: secrets/api-key

# Keys that sign upload URLs and page tokens: the first key signs, and every key is accepted. To replace a key, follow "Rotate a
# signing key" in the README of @memory-api/server.
signingKeys:
  - id: first
    secretFile: secrets/signing-key

# Stores, with the traits that their profiles can have and the identifiers of a profile.
stores:
  - id: mem_store_00000000000000000000000000
    account: AC00000000000000000000000000000000
    identifierTypes:
      email: { normalization: email }
      phone: { normalization: phone }
      membership: { normalization: trim, limit: 1, limitPolicy: fifo }
    traitGroups:
      Contact:
        description: How to reach the customer
        traits:
          firstName: { dataType: STRING }
          lastName: { dataType: STRING }
          email: { dataType: STRING, idTypePromotion: email }
          phone: { dataType: STRING, idTypePromotion: phone }
      Loyalty:
        traits:
          number: { dataType: STRING, idTypePromotion: membership, validationRule: { pattern: "^[0-9]{8}$" } }
          points: { dataType: NUMBER, validationRule: { min: 0 } }
          interests: { dataType: ARRAY, validationRule: { maxItems: 20 } }

# Rate limits of each account in this process. This example limits creates, patches and deletes.
# rateLimits:
#   write: { perSecond: 500, burst: 1000 }

logLevel: info # debug, info, warn, error or silent

# At SIGHUP, the server reloads the accounts, signing keys, stores, limits and the log level. With this interval, it also does so when
# this file or a file of a secret changes.
# reloadSeconds: 30
`;
