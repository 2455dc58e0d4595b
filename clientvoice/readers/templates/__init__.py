"""How templates write what is filled in and what steers them."""
