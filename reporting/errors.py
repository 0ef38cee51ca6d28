"""Our error tree, split by what the caller can do.

* LiaisonBotError
  x UserMistake              the person can mend it: the message says how, in Chinese
    + PlanRefused            a decomposition table that cannot be imported as it stands
    + AnswerRefused          a chat command that cannot be carried out
  x CallbackRejected         an HTTP callback we do not accept; carries the status to answer
    + CallbackForged           the signature is wrong (403)
      - CallbackMisdirected      it is meant for another receiver (403)
    + CallbackStale            outside the time window (403)
    + CallbackMalformed        cannot be read (400)
      - CallbackUnsealed         rightly signed, but not to be decrypted with our key (400)
    + CallbackOversized        larger than we read (413)
  x DeliveryFailed           nothing was sent; try again, after `retry_after` seconds where known
  x DeliveryRefused          the platform will not take it as it is; an operator must act
  x DeliveryUnknown          it may or may not have arrived
  x NotReady                 database, cache or embedded server cannot be reached
"""


class LiaisonBotError(Exception):
    """The root: catching it catches everything of ours and nothing else."""


class UserMistake(LiaisonBotError):
    """Something a person can mend; the text is Chinese, names what was wrong and how to mend it."""


class PlanRefused(UserMistake):
    """A decomposition table that cannot be imported as it stands; one line for each fault."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class AnswerRefused(UserMistake):
    """A chat command or answer that cannot be carried out."""


class CallbackRejected(LiaisonBotError):
    """An HTTP callback we do not accept; `status` is answered, `reason` labels a counter."""

    status = 400
    reason = "rejected"


class CallbackForged(CallbackRejected):
    """The signature is wrong."""

    status = 403
    reason = "forged"


class CallbackMisdirected(CallbackForged):
    """Rightly signed and sealed, but for another receiver."""

    reason = "misdirected"


class CallbackStale(CallbackRejected):
    """The callback's time is outside the accepted window."""

    status = 403
    reason = "stale"


class CallbackMalformed(CallbackRejected):
    """The callback cannot be read."""

    status = 400
    reason = "malformed"


class CallbackUnsealed(CallbackMalformed):
    """Rightly signed, but not to be decrypted with our key."""

    reason = "unsealed"


class CallbackOversized(CallbackRejected):
    """The body is larger than is read."""

    status = 413
    reason = "oversized"


class DeliveryFailed(LiaisonBotError):
    """Nothing was sent; trying again later may help."""

    def __init__(self, message: str, *, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after


class DeliveryRefused(LiaisonBotError):
    """The platform will not take it as it is; an operator must act before it is sent again."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class DeliveryUnknown(LiaisonBotError):
    """The request went out and no answer came: it may or may not have arrived."""


class NotReady(LiaisonBotError):
    """A server we stand on cannot be reached or started."""
