"""Zip packages of Office files, below every room: the safety gate, XML of strangers, equal bytes. Knows no format."""
