"""The languages of the workbook: one message catalogue for each, as data, and how a text is looked up in it.

The program writes English. A catalogue maps each English text, or a pattern with placeholders such as
``order through {offer}``, to the other language. What a placeholder stands for is looked up in its turn, so that words
of the program are translated wherever they stand, and names, titles and sources of the user nowhere.
"""

from planner.language.catalogue import LANGUAGES, Catalogue, catalogue_of
from planner.language.reader import english_title, language_of, sheet_title
from planner.language.speaker import Own, Speaker

__all__ = ["LANGUAGES", "Catalogue", "Own", "Speaker", "catalogue_of", "english_title", "language_of", "sheet_title"]
