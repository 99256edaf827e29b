"""What a log says of an error: where, never who."""


def what_failed(error: BaseException) -> dict[str, object]:
    """Its type, and the function and line that raised it. What it says itself may name somebody."""
    return {"error": type(error).__name__, "at": raised_at(error)}


def raised_at(error: BaseException) -> str:
    """ "function:line", of the innermost call; "" for an error that nobody has raised."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    return f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else ""
