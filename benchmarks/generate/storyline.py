"""Made-up articles to multiply: a storyline of four, and what an archive is full of beside. Every person is invented.

Placeholders: `Norway` and `Jordan` are the two sides, `Anton Velmar` is held by the second, `Milos Tarnok` by the
first.
`benchmarks/generate` reads each once with the program and puts other names of the same length in their place.
"""

DAY = "2031-05-05"  # a Monday; every copy's day is a Monday too
STORYLINE: tuple[tuple[int, str], ...] = (
    (
        0,
        "Norway proposes exchange\n"
        "Norway on Monday proposed a prisoner exchange to Jordan, the Norwegian foreign ministry said.\n"
        "Anton Velmar, a journalist, has been held in Jordan since March. "
        "“We want him home,” foreign minister Karin Holste said.\n",
    ),
    (
        7,
        "Talks on exchange\n"
        "Norway and Jordan held talks on a prisoner exchange on Monday.\n"
        "A spokesman for Jordan said that the talks on the exchange were useful.\n",
    ),
    (
        14,
        "Norway and Jordan agree\n"
        "Norway and Jordan agreed on Monday to exchange prisoners, one for one.\n"
        "Anton Velmar would be exchanged for Milos Tarnok, said the foreign minister of Norway, Karin Holste.\n",
    ),
    (
        21,
        "Prisoners are home\n"
        "Norway and Jordan carried out the prisoner exchange on Monday.\n"
        "Jordan released Anton Velmar, and Norway released Milos Tarnok. Velmar was exchanged for Tarnok.\n",
    ),
)
OTHERS: tuple[str, ...] = (
    "Shelling in the north\n"
    "Norway shelled positions in Jordan on Monday, killing at least 12 people, officials said.\n"
    "“It was the worst night of the year,” said Anton Velmar, the mayor.\n",
    "Ministers meet\n"
    "The foreign minister of Norway, Anton Velmar, met his counterpart from Jordan on Monday to discuss trade.\n"
    "Velmar said that the talks had been open. He warned that time was short.\n",
    "Sanctions\n"
    "Norway imposed sanctions on Jordan on Monday. Milos Tarnok, a lawmaker, called the step a mistake.\n"
    "The government of Jordan rejected the sanctions and promised an answer.\n",
    "Held at the border\n"
    "Police in Jordan detained Anton Velmar, a citizen of Norway, at the border on Monday, his lawyer said.\n"
    "Milos Tarnok, a spokesman for the ministry, declined to comment.\n",
    "Markets\n"
    "Shares in Norway rose on Monday. Analysts said that the quarter had begun well, and Anton Velmar, who runs a "
    "fund, said he expected more.\n",
)
