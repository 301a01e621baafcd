"""Benchmarks, run by hand: a generator of archives, this program beside its peers, and where its time goes."""
