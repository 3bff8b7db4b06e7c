"""Foothold: finds students the open-source issues where a first contribution is welcome."""
