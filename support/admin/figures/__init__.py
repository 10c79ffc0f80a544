"""Ortens siffror: what is counted, put into words, as tables with a chart beside each."""
