"""With this file here, tests in any folder can import `made_up` and `goldfile`."""
