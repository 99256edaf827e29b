"""What the log says of an error: its type and its place, never its text, which may name somebody."""


def where(error: BaseException) -> dict[str, object]:
    """{"error": "KeyError", "at": "order_context:41"}: the innermost function and its line."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return {"error": type(error).__name__, "at": place}
