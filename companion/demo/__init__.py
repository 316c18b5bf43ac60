"""The demo: an invented group, so that everything can be tried before anybody joins."""
