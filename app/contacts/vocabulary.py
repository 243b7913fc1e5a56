"""The closed lists of words about contacts."""

from typing import Literal

NameOrder = Literal["given_first", "family_first"]

DetailSource = Literal["business_card", "email_signature", "said", "website", "profile", "import", "other"]

DetailUse = Literal["work", "home"]

ProfileKind = Literal["professional_network", "chat_app", "social_media", "code", "website", "other"]

KeyKind = Literal["name", "email", "phone", "language", "tag"]
"""What a key of a contact is made of; see `app.contacts.keys`."""
