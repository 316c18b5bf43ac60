"""Programmes: a kind of group care, with its sessions planned ahead."""
