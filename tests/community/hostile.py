"""What is repeated to make patterns slow, each as short as can be.

Measured one by one over 100,000 characters (27 November 2026): at most 35 ms for a reader, two by
two at most 160. The
tests allow 500, for machines that have other work; quadratic readers took seconds.
"""

REPEATS = (
    *("a", "Aa. ", "`", "``", "[", "](", "![", "<", "<!--", "<!-- x -->", "*", "_a", "\n", "\x00"),
    *("> ", "| a |\n", "- ", "1. ", "# ", "===\n", "::\n", " ::\n x\n", "```\n", ".. note::\n"),
    *("comment `/assign` ", "ask to be assigned ", "wait for ", "not ", "before ", "issue "),
    *("use of AI ", "AI-generated contributions ", "# LLM policy\n", "must disclose "),
    *("https://", "https://a.b ", "https://t.me/a", "https://x.slack.com/", "https://lists.a.b/c "),
)
