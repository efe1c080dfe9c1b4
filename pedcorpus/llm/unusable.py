"""Ends the run where a response says that no question can be answered, with what to do about it."""

from __future__ import annotations

from pedcorpus.errors import EndpointError
from pedcorpus.llm.ask import Endpoint
from pedcorpus.llm.responses import Response, meaning_of

__all__ = ["check_usable", "endpoint_error"]

_REMEDIES = {
    401: "does not accept the key; set {0.key_variable} to a valid one",
    402: "there is no credit left; top it up, then run the same command again",
    403: "the key may not use this model; set {0.key_variable} to one that may",
    404: "knows no such model or path; correct model or base_url (it often ends in /v1)",
    429: "there is no quota left; top it up, then run the same command again",
}


def check_usable(endpoint: Endpoint, response: Response, *, has_answered: bool) -> None:
    """Return if the endpoint can be used after this response, or has been able to answer other requests.

    Raises:
        EndpointError: wrong key or model, no quota, or a first request that it does not understand.
    """
    meaning = meaning_of(response)
    if meaning == "unusable":
        raise endpoint_error(endpoint, f"{_REMEDIES[response.status].format(endpoint)}; it says: {response.error}")
    if meaning in ("invalid", "no_format", "no_max_tokens") and not has_answered:
        raise endpoint_error(endpoint, f"takes no such request (status {response.status}): {response.error}")


def endpoint_error(endpoint: Endpoint, told: str) -> EndpointError:
    """The error that names the endpoint."""
    return EndpointError(f"{endpoint.base_url} ({endpoint.model}): {told}")
