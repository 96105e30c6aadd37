"""Why a figure is what it is: prose from the trace and nothing else, in Chinese and English."""
