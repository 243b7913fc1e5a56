"""The closed lists of words of this feature."""

from typing import Literal

Relationship = Literal["manager", "colleague", "report", "client", "teacher", "mentor", "other"]
"""What the reference was to the user when they worked together; `report` is somebody whom the user led."""
