"""One round: from what lies in the inbox to what leaves in the outbox."""
