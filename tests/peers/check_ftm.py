"""Run by the Python of .venv-peers: FollowTheMoney entities on stdin, what is wrong with them on stdout."""

import json
import sys

from followthemoney import model

entities = [json.loads(line) for line in sys.stdin]
known = {entity["id"] for entity in entities}
for entity in entities:
    schema = model.get(entity["schema"])
    schema.validate(entity)
    proxy = model.get_proxy(entity, cleaned=False)
    for name, values in entity["properties"].items():
        if {value.strip() for value in values} - set(proxy.get(name)):
            sys.stdout.write(f"{entity['id']} {entity['schema']}.{name}: {values} became {proxy.get(name)}\n")
        if schema.get(name).type.name == "entity":
            sys.stdout.write("".join(f"{entity['id']}.{name}: nobody is {each}\n" for each in set(values) - known))
sys.stdout.write(f"{len(entities)} entities\n")
