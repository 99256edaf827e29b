"""The local stack: the deployed handlers, wired from template.yaml, moto as AWS, one movable clock."""
