// A floor: what a start of Node costs.
