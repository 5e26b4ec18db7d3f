"""What really happened: a workbook that is filled in beside a plan, read back and made the past of a new one."""
