"""The page at `/`, for people who open the address in a browser. It uses nothing but the public API."""
