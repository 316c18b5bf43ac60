"""Requests, as they go over the line (RFC 9112)."""

GET, POST = "GET", "POST"


def request(method: str, path: str, headers: tuple[str, ...], body: str = "") -> bytes:
    content = body.encode()
    length = (f"Content-Length: {len(content)}",) if method == POST else ()
    head = (f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, *length)
    return "\r\n".join((*head, "", "")).encode() + content
