"""The program under kills, faults and limits: short in every test run, long by the commands in CONTRIBUTING.md."""
