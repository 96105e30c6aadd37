"""The statement of pictures that the live door asks, too."""

from __future__ import annotations

# What messages show: (message, picture, width, height, media type). Values: messages, contracts.
PICTURES_OF = """
SELECT message_id, id, width, height, media_type
FROM conversations_picture
WHERE message_id = ANY (%s::uuid[]) AND contract_id = ANY (%s::uuid[])
"""
