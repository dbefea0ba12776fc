/** A configuration to begin with. All that it lacks is the files of its secrets, and it says how to make those. */
export const EXAMPLE_CONFIGURATION = `# Configuration of a memory-server.
# Paths are relative to this file. Environment variables and options of the command go before what stands here.
#
# Make the files of the secrets, in the folder of this file:
#   mkdir -m 700 secrets
#   node -p 'crypto.randomBytes(32).toString("hex")' > secrets/api-key
#   node -p 'crypto.randomBytes(32).toString("hex")' > secrets/signing-key

host: 127.0.0.1 # 0.0.0.0 is reached from everywhere
port: 4010

# Where callers reach the server under another name than it sees, and the proxies before it that say so.
# publicUrl: https://memory.example.com
# trustedProxies: [10.0.0.0/8]

# Base of more_info for the error codes that the vendor does not define, such as 20405. The server appends the code.
# errorDocsUrl: https://memory.example.com/errors/

# The embedded database lies in this folder. Several processes share a PostgreSQL instead; the file holds its URL:
# postgres://user:password@host:5432/name
data: memory-data
# databaseUrlFile: secrets/database-url
# databaseConnections: 10 # of each process, at most

# Who may call. Instead of a secretFile, secretSha256 takes the SHA-256 of the secret, as 64 hexadecimal digits in quotes.
accounts:
  - sid: AC00000000000000000000000000000000
    credentials:
      - username: SK00000000000000000000000000000000
        secretFile: secrets/api-key

# Keys of upload URLs and page tokens. The first signs, each is accepted. To change keys: add the new one as the second in every
# process; then make it the first in every process; drop the old one 30 minutes later.
signingKeys:
  - id: first
    secretFile: secrets/signing-key

# What the profiles of a store may hold, and what identifies them.
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

# Requests that each account may make of this process, here for creates, patches and deletes.
# rateLimits:
#   write: { perSecond: 500, burst: 1000 }

logLevel: info # debug, info, warn, error or silent
`;
