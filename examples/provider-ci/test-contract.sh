# Starts the implementation, tests it against the contract, and stops it. The arguments are options of memory-conformance.

# Your implementation goes here. It needs an empty store, because the tests write many profiles.
rm -rf data ready.json
node_modules/.bin/memory-server --sandbox --port 0 --data data --ready-file ready.json --log-level error > server.log &
server=$!
trap 'kill $server; wait $server' EXIT
until [ -e ready.json ]; do
  kill -0 $server || exit 2 # it failed to start and printed the reason
  sleep 0.1
done

property() { node -p "require('./ready.json').$1"; }
export MEMORY_USER=$(property apiKey) MEMORY_PASSWORD=$(property apiSecret)
node_modules/.bin/memory-conformance "$(property url)" --store "$(property storeId)" "$@"
