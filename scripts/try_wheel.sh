#!/bin/sh
# Install dist/*.whl into an empty environment and use it without a network (where `unshare` may be used).
set -eu
cd "$(dirname "$0")/.."
home=$(pwd)
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
"$(.ci/find-python)" -m venv "$trial/env"
"$trial/env/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
alone=""
if unshare -rn true 2>/dev/null; then alone="unshare -rn"; fi
$alone "$trial/env/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$home"/dist/*.whl
mkdir "$trial/desk"
cd "$trial/desk"
onrecord="$alone $trial/env/bin/onrecord"
$onrecord --version
$onrecord doctor
$onrecord read "$home/examples/dispatches/05-truce-agreed/article.txt" --store desk.db >/dev/null
$onrecord show deals --store desk.db --format csv
$onrecord export --store desk.db --format gdelt >events.tsv
_ONRECORD_COMPLETE=complete_bash COMP_WORDS="onrecord sh" COMP_CWORD=1 $onrecord | grep -qx show
$alone "$trial/env/bin/python" -c "
import onrecord, spacy
with onrecord.open('desk.db') as record:
    assert len(record.deals()) > 0
spacy.blank('en').add_pipe('onrecord', config={'reader': 'rules'})
"
echo "the wheel works in an empty environment${alone:+ without a network}"
