"""A post that takes every message, for examples in the documentation: nothing is sent because somebody reads them."""

from app.messages.mailboxes.post import Post, Trial


class PretendedPost(Post):
    """Sends nothing."""

    def try_out(self, trial: Trial) -> str | None:  # noqa: ARG002 - it is not looked at
        """As if it were sent."""
        return None
