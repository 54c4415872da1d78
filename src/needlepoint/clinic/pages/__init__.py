"""The pages: a view gathers, asks one function, and shows ready words."""
