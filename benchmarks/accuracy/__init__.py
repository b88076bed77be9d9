"""How often bplint is right: real mistakes put into valid files by a seed, and who tells them."""
