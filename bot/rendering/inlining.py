"""Puts the styles of a mail into its tags, where every reader of mail looks for them.

Comes in: HTML with a style element. Goes out: the same with its rules inlined; those for dark
screens stay where they are.
"""


def inline_styles(html: str) -> str:
    """The HTML with its styles inlined; nothing is fetched."""
    from css_inline import CSSInliner

    inliner = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
    return inliner.inline(html)
