"""The sheet Cash flow and its workings."""
