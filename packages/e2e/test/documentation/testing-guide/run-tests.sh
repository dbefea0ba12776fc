# Do not start the server with npx, which does not forward the signal that stops it.
node_modules/.bin/memory-server --sandbox --port 0 --ready-file ready.json &
until [ -e ready.json ]; do
  kill -0 $! || exit 1 # the server failed to start and printed the reason
  sleep 0.1
done
python3 -m unittest --verbose sign_up_test.py
status=$?
kill $!
exit $status
