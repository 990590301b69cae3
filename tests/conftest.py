"""With this file here, tests in any folder can import `made_up` and `goldfile`.

Property tests draw the same examples in every run, so that a failure is a change's own.
`pytest --hypothesis-profile=random` draws new ones, to look for faults.
"""

from hypothesis import settings

settings.register_profile("random", deadline=None, database=None)
settings.register_profile("same", settings.get_profile("random"), derandomize=True)
settings.load_profile("same")
