"""The statements of conversations, as text: also the live door's, unchanged."""

from __future__ import annotations

# One round trip: takes the conversation's next sequence and keeps the message. Answers
# (id, sequence, fresh); for a key that was used before, those of the message it named then, and
# fresh is false. No row: no such conversation can be seen, or it is closed.
# Values: id, contract, conversation, author kind, author's person, ciphertext, key, occurred_at_ms.
POST_MESSAGE = """
SELECT message_id, message_sequence, fresh
FROM pactdesk.post_message(%s, %s, %s, %s, %s, %s, %s, %s)
"""
