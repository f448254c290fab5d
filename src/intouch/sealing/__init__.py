"""Sealing: a site whose every page is an envelope that only a passphrase opens."""
