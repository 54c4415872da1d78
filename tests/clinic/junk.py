"""Whatever JSON somebody may send."""

from hypothesis import strategies as st

#: Half characters too: a browser can send them.
letters = st.characters(exclude_categories=())
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(letters, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(letters, max_size=6), inner, max_size=3),
    max_leaves=6,
)
