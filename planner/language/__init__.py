"""The languages of the workbook: one message catalogue for each, as data, and how a text is looked up in it.

The program speaks in messages: an English template such as ``order through {offer}``, and what stands for each of its
placeholders. A catalogue maps templates to templates with the same placeholders. Parts that are words of the program
are messages and looked up in their turn; names, titles and sources of the user are plain texts and never looked up.
"""

from planner.defaults import LANGUAGES
from planner.language.catalogue import catalogue_of, plain_caption
from planner.language.reader import (
    caption,
    choice_words,
    english_caption,
    english_choice,
    english_title,
    language_of,
    sheet_title,
)
from planner.language.speaker import Speaker

__all__ = [
    "LANGUAGES",
    "Speaker",
    "caption",
    "catalogue_of",
    "choice_words",
    "english_caption",
    "english_choice",
    "english_title",
    "language_of",
    "plain_caption",
    "sheet_title",
]
