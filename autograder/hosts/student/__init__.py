"""The zip that students get, and the script in it."""
