"""What cannot be done with tasks."""

from app.errors import AppError


class TaskRetired(
    AppError,
    code="task_retired",
    status=409,
    title="The task has no sense any more",
    explanation="What you have written down does not call for this task any more, so nothing can be done with it.",
    remedy="See its changes to learn why. Add a task of your own if there is still something to do.",
):
    """A retired task was to be done, skipped, snoozed or opened."""


class DoneByFacts(
    AppError,
    code="task_done_by_facts",
    status=409,
    title="What is written down says that the task is done",
    explanation="The task is done as long as the fact behind it is written down, so it cannot be opened by itself.",
    remedy="Take the fact back (the day of the note, the consent, the status …); then the task opens again by itself.",
):
    """A task that is done because of a fact was to be opened."""


class NotYourOwnTask(
    AppError,
    code="not_your_own_task",
    status=409,
    title="The task follows from what is written down",
    explanation="Only tasks that you have added can be changed or deleted; the others follow from facts.",
    remedy="Skip or snooze it, or change what it follows from.",
):
    """A task that was derived was to be changed or deleted."""
