"""Pictures as numbers: what a picture looks like in 256 bits, made in a process that may crash. Nothing shows one."""
