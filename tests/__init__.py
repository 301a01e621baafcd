"""The tests: unit tests mirror `generator/`; site tests build whole sites; real tests read real cables."""
