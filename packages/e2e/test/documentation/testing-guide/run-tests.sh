# By its path: npx would keep the signal that ends it to itself.
node_modules/.bin/memory-server --sandbox --port 0 --ready-file ready.json &
until [ -e ready.json ]; do
  kill -0 $! || exit 1 # it ended before it listened, and said why
  sleep 0.1
done
python3 -m unittest --verbose sign_up_test.py
status=$?
kill $!
exit $status
