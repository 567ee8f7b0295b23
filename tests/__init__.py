"""The tests. Their names are sentences of the rule they hold."""
