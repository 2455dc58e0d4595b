"""clientvoice inside other people's tools; each module needs its tool and nothing else imports it."""
