"""A link as a picture that a telephone reads: one path, dark on white in every theme, since readers need the light ground."""

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

#: The white frame that a reader needs around the code.
_QUIET = 4


def qr_picture(text: str) -> str:
    """An SVG of the QR code of this text."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * _QUIET
    dark = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    )
    return (
        f'<svg class="qr" viewBox="0 0 {size} {size}" width="240" height="240" role="img" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )
