"""Notifications: words sent to a phone, and the phones that let us ring them."""
